"""Support requests, from the first line to the accepted solution."""
