"""What does somebody see whom we do not know? Help with signing in, and nothing of anybody's."""
