"""Who is told: mail and in-app notices."""
