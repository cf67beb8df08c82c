"""How does the assistant answer? Behind the page, as the member who asked, once.

`working` has it done and done again where a process died, `deciding` says what an answer is made
of, `actions/answering.py` writes it. `showing` says what of it somebody may read later.
"""
