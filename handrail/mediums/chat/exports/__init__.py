"""How does a chat leave as a file?"""
