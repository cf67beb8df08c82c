"""Tests of the Markdown engine."""
