"""What does the owner of an installation set up? Its agents and its host platforms."""
