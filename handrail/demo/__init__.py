"""What does a host of Handrail look like? Larkspan, a fictional partnership platform, is one.

It knows the hub by its public contract only and imports nothing of Handrail.
"""
