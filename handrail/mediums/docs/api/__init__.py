"""What does a program see? The same pages as Markdown, and lists of all that is public."""
