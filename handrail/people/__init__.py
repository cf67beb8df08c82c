"""WHO: accounts, members, agents, plans, audiences, and the one Viewer made of them."""
