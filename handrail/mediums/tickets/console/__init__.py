"""What does an agent see of tickets?"""
