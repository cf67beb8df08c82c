"""Where is what, below /help/?"""

from django.urls import path

from handrail.surfaces.help import loader, search, session_views, views

app_name = "help"

urlpatterns = [
    path("", views.home, name="home"),
    path("v1.js", loader.v1, name="loader"),
    path("frame", views.frame, name="frame"),
    path("search", search.search, name="search"),
    path("unread", views.unread, name="unread"),
    path("notices/read", views.read_notices, name="read-notices"),
    path("session", session_views.session, name="session"),
    path("session/end", session_views.end, name="end"),
    path("backchannel-logout", session_views.backchannel_logout, name="backchannel-logout"),
    path("code", session_views.code, name="code"),
    path("enter", session_views.enter, name="enter"),
    path("link/<str:secret>", session_views.link, name="link"),
    path("account-menu", views.account_menu, name="account-menu"),
    path("switch", session_views.switch, name="switch"),
    path("sign-in", session_views.sign_in, name="sign-in"),
    path("signed-out", views.signed_out, name="signed-out"),
]
