"""What do pages say of conversations, whichever medium they belong to?"""
