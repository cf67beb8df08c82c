"""What does a member see of chats?"""
