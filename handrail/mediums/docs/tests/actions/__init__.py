"""Do the acts of Help Docs do what they say?"""
