"""What does an agent see of chats?"""
