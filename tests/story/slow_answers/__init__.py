"""Who writes an answer slowly? A package that only `with_slow_answers` installs."""
