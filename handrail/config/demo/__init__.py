"""What does the demo show? People, plans and tickets of a fictional platform, by real actions.

The content is plain data in `handrail/demo/content`; this package is the one place that reads it
for the hub. Loading twice changes nothing.
"""

from handrail.config.demo.load import load, load_crowd

__all__ = ["load", "load_crowd"]
