"""Where are the pages of Help Docs?

`docs-desk:…` for editors, `docs-public:…` for whom we do not know.
"""

from django.urls import path

from handrail.mediums.docs.console import sources
from handrail.mediums.docs.importing import hook

_sources = [
    path("sources/", sources.index, name="sources"),
    path("sources/new", sources.new, name="new-source"),
    path("sources/<id:public_id>/", sources.detail, name="source"),
    path("sources/<id:public_id>/pull", sources.pull, name="pull-source"),
    path("sources/<id:public_id>/switch", sources.switch, name="switch-source"),
    path("sources/<id:public_id>/hook", sources.make_hook, name="make-hook"),
    path("sources/<id:public_id>/remove", sources.remove, name="remove-source"),
]

desk_urls = [*_sources]

public_urls = [path("docs/-/hooks/<str:secret>", hook.called, name="hook")]
