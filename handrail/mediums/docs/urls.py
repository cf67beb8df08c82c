"""Where are the pages of Help Docs? `docs-desk:…` for editors."""

from handrail.mediums.docs.console.urls import desk_urls

__all__ = ["desk_urls"]
