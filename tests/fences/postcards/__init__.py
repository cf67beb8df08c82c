"""A medium that nobody needs: it shows how little makes one, and that one folder is enough."""
