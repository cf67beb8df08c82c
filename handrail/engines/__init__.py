"""HOW: what every medium may use."""
