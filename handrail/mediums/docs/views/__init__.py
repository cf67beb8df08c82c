"""What does a reader see of the help centre? The same pages in the panel and on the public site."""

from handrail.mediums.docs.views.feedback import feedback
from handrail.mediums.docs.views.files import file
from handrail.mediums.docs.views.home import bare, home
from handrail.mediums.docs.views.pages import page
from handrail.mediums.docs.views.results import missed, results
from handrail.mediums.docs.views.stuck import stuck

__all__ = ["bare", "feedback", "file", "home", "missed", "page", "results", "stuck"]
