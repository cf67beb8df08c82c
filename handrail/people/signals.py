"""What must others hear at once? That sessions ended: sockets listen, and close."""

from django.dispatch import Signal

sessions_ended = Signal()
"""Sent after commit, in the process that ended them.

Argument: `session_ids: list[str]`, as in `Viewer.session_id`. Members' sessions have one each; the
sessions of an agent share one, so an agent's other pages close and connect again.
"""
