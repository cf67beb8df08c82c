"""What do the pages say to a question? An answer that rests on quoted passages, or an honest no.

    answer(question, passages, certainty=…)     by quoting, with no model at all

Nothing here reads a table of a medium: passages come from the search as the viewer who asks, and
the hub says which of them may be shown (`hub.asking`).
"""
