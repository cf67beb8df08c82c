"""Where are the pages of chats? `chat:…` for members, `chat-desk:…` for agents."""

from django.urls import URLPattern, path

from handrail.mediums.chat import uploads
from handrail.mediums.chat.console.urls import patterns
from handrail.mediums.chat.views import assistant, talk

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
    path("<id:public_id>/say", talk.say, name="say"),
]
"""What both sides say and read, each at its own addresses: one write path, one drawing."""

help_urls: list[URLPattern] = [
    path("assistant", assistant.assistant, name="assistant"),
    *_files,
    *_talk,
]

desk_urls: list[URLPattern] = [*_files, *_talk, *patterns]
