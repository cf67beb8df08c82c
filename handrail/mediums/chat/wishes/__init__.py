"""What does somebody want who writes this: a person, do they lose patience, or neither?

By rules that can be read, one file a language in `languages/`, without a model, a database or a
network. How well it works is measured by `./dev wishes` and decided in docs/adr/0019.
"""

from handrail.mediums.chat.wishes.recognising import Kind, Wish, wish_in

__all__ = ["Kind", "Wish", "wish_in"]
