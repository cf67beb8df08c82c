"""Does a model say what the pages say, and nothing else?"""
