"""WHERE members are: the Help button's frame, its sessions and its home."""
