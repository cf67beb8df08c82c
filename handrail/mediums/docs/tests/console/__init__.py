"""Are the editors' pages what they say they are?"""
