"""Chat: the assistant first where it is on, a person when asked for."""
