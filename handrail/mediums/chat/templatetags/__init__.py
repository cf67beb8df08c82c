"""Template tags of chats."""
