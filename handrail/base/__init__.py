"""No domain: ids, tokens, components; what everything else stands on."""
