"""Does the way from a clone to a running hub work?"""
