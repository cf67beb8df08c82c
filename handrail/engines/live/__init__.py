"""Pushes to open pages."""
