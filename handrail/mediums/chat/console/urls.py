"""Where are the agents' pages of chats?"""

from django.urls import path

from handrail.mediums.chat.console import (
    acts,
    availability,
    desk,
    helping,
    past,
    settings,
    story,
    supervising,
)
from handrail.mediums.chat.exports import pages as exports

patterns = [
    path("", desk.index, name="index"),
    path("rows", desk.rows, name="rows"),
    path("here", availability.here, name="here"),
    path("availability", availability.change, name="availability"),
    path("overview/", supervising.overview, name="overview"),
    path("past/", past.index, name="past"),
    path("settings/rules/", settings.policy, name="policy"),
    path("settings/assistant/", settings.assistant, name="assistant"),
    path("<id:public_id>/", desk.detail, name="detail"),
    path("<id:public_id>/head", desk.head, name="head"),
    path("<id:public_id>/composer", desk.composer, name="composer"),
    path("<id:public_id>/story", story.story, name="story"),
    path("<id:public_id>/chat.txt", exports.of_agent, name="transcript"),
    path("<id:public_id>/canned", helping.pick, name="pick-canned"),
    path("<id:public_id>/suggest", helping.suggest, name="suggest"),
    path("<id:public_id>/accept", acts.accept, name="accept"),
    path("<id:public_id>/transfer", acts.transfer, name="transfer"),
    path("<id:public_id>/give-back", acts.give_back, name="give-back"),
    path("<id:public_id>/end", acts.end, name="end"),
    path("<id:public_id>/ticket", acts.make_ticket, name="make-ticket"),
]
