"""What does it cost to serve, and to keep what was written? Measured on this machine, now.

Servers are real ones on loopback, with databases of their own in a temporary folder: nothing here
touches the installation. On a busy machine the figures grow; read them as ratios to each other.
"""
