"""What do AI agents find here? Tools to search, read and ask the public pages, at `/mcp`."""
