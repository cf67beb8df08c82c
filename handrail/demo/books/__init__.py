"""What does the platform remember? The made-up books of its accounts, kept in memory."""
