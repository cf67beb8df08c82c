"""Who hears what a member says, to answer by itself? The assistant connects to this signal."""

from django.dispatch import Signal

member_said = Signal()
"""Sent in the transaction of a member's message in a chat that the assistant answers, with
`conversation` (locked) and `message`: what listeners enqueue is kept or lost with it."""
