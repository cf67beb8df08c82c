"""How is Handrail started as a module? `python -m handrail X` is `handrail X`."""

from handrail.config.cli import main

main()
