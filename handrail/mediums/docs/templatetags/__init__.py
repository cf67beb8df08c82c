"""What do templates of Help Docs need?"""
