"""What does somebody find at an address? Pages as a viewer, for people and for programs."""
