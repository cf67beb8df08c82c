"""Handrail: the help hub behind one [Help] button."""

__version__ = "0.1.0"
