"""How does a ticket leave as a file? One as PDF or text, many as a table (CSV)."""
