"""What does a reader see of the help centre? The same pages in the panel and on the public site."""
