"""What happened: one audit row per action."""
