"""Messages between a member and us, attachments, the agents' queue."""
