"""THE CONTRACT: what a medium is, and the registry of those installed."""
