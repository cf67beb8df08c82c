"""What do developers need around Handrail? `./dev`, by the standard library alone."""
