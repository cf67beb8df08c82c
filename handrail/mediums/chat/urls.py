"""Where are the pages of chats? `chat:…` for members, `chat-desk:…` for agents."""

from django.urls import URLPattern, path

from handrail.mediums.chat import uploads
from handrail.mediums.chat.console.urls import patterns
from handrail.mediums.chat.exports import pages as exports
from handrail.mediums.chat.views import acts, assistant, chats, here, proposals, talk

_files = [
    path("files/", uploads.upload, name="upload"),
    path("files/<id:public_id>/", uploads.download, name="download"),
    path("files/<id:public_id>/preview", uploads.preview, name="preview"),
    path("files/<id:public_id>/discard", uploads.discard, name="discard"),
]

_talk = [
    path("<id:public_id>/lines", talk.lines, name="lines"),
    path("<id:public_id>/lines/<id:line_id>/", talk.line, name="line"),
    path("<id:public_id>/lines/<id:line_id>/before", talk.before, name="before"),
    path("<id:public_id>/lines/<id:line_id>/edit", talk.edit, name="edit"),
    path("<id:public_id>/lines/<id:line_id>/remove", talk.remove, name="remove"),
    path("<id:public_id>/say", talk.say, name="say"),
]
"""What both sides say and read, each at its own addresses: one write path, one drawing."""

help_urls: list[URLPattern] = [
    path("", chats.index, name="index"),
    path("past", chats.past, name="past"),
    path("begin", chats.begin, name="begin"),
    path("assistant", assistant.assistant, name="assistant"),
    *_files,
    path("<id:public_id>/", chats.detail, name="detail"),
    path("<id:public_id>/state", chats.state, name="state"),
    path("<id:public_id>/seen", chats.seen, name="seen"),
    path("<id:public_id>/here", here.here, name="here"),
    path("<id:public_id>/left", here.left, name="left"),
    path("<id:public_id>/person", acts.ask_for_person, name="ask-for-person"),
    path("<id:public_id>/end", acts.end, name="end"),
    path("<id:public_id>/ticket", acts.make_ticket, name="make-ticket"),
    path("<id:public_id>/rating", acts.rate, name="rate"),
    path("<id:public_id>/chat.txt", exports.of_member, name="transcript"),
    path("<id:public_id>/mail", acts.mail, name="mail"),
    path("<id:public_id>/notice", acts.accept_notice, name="accept-notice"),
    path("<id:public_id>/lines/<id:line_id>/stop", talk.stop, name="stop"),
    path("<id:public_id>/tools/<str:name>", proposals.tool, name="tool"),
    path("<id:public_id>/proposals/<id:proposal_id>", proposals.proposal, name="proposal"),
    *_talk,
]

desk_urls: list[URLPattern] = [*_files, *_talk, *patterns]
