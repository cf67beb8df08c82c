"""What can be found, and who finds it?"""
