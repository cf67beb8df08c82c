"""Where are the pages of postcards?"""

from django.urls import path

from tests.fences.postcards import views

help_urls = [path("", views.index, name="index")]
desk_urls = [path("", views.desk, name="index")]
