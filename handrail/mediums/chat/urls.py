"""Where are the pages of chats? `chat:…` for members, `chat-desk:…` for agents."""

from django.urls import URLPattern

help_urls: list[URLPattern] = []
desk_urls: list[URLPattern] = []
