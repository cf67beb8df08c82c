"""SQLite as Django has it, with a queue for the threads of one process that write: see `base`."""
