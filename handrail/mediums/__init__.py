"""WHAT: the six ways to get help, one folder each, one shape."""
