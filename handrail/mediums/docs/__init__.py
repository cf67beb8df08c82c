"""Help Docs: pages that answer before anybody asks, for people and for machines."""
