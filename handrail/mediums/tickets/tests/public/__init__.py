"""Tests of what people see whom we do not know."""
