"""What does an editor see of Help Docs?"""
