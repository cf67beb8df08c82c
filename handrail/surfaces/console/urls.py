"""Where are the console's own pages? The desk, and everything about an agent's sign-in."""

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from handrail.surfaces.console import palette, views
from handrail.surfaces.console.owner import views as owner

_sign_in = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # allauth asks for these addresses; agents neither sign up nor change their address here
    path("signup/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("email/", RedirectView.as_view(pattern_name="console:profile"), name="account_email"),
    path("two-factor/", include("allauth.mfa.urls")),
]

_desk = [
    path("", views.home, name="home"),
    path("profile/", views.profile, name="profile"),
    path("notices/", views.notices, name="notices"),
    path("notices/read", views.read_notices, name="read-notices"),
    path("here", views.here, name="here"),
    path("palette", palette.index, name="palette"),
    path("design/", views.design, name="design"),
    path("settings/", owner.home, name="settings"),
    path("settings/agents/", owner.agents, name="agents"),
    path("settings/agents/new", owner.new_agent, name="new-agent"),
    path("settings/agents/<id:public_id>/", owner.agent, name="agent"),
    path("settings/agents/<id:public_id>/active", owner.set_active, name="set-active"),
    path("settings/platforms/", owner.hosts, name="hosts"),
    path("settings/platforms/new", owner.new_host, name="new-host"),
    path("settings/platforms/<int:pk>/", owner.host, name="host"),
    path("settings/platforms/<int:pk>/change", owner.change_host, name="change-host"),
    path("settings/platforms/<int:pk>/off", owner.switch_host_off, name="switch-host-off"),
    path("settings/platforms/<int:pk>/key", owner.new_key, name="new-key"),
    path(
        "settings/platforms/<int:pk>/key/<int:key_pk>/retire", owner.retire_key, name="retire-key"
    ),
]

urlpatterns = [*_sign_in, path("", include((_desk, "console")))]
