"""Does the code keep its shape? Who leaves it hears here what to do instead."""
