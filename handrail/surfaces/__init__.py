"""WHERE: the places in which people meet the mediums."""
