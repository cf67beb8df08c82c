"""What does an editor see of the help centre?"""
