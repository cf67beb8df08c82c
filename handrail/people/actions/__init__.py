"""What can be done to people? Every write on accounts, members, agents, hosts and sessions."""

from handrail.people.actions.agents import (
    change_role,
    create_agent,
    deactivate_agent,
    reactivate_agent,
)
from handrail.people.actions.assertions import apply_assertion, apply_claims
from handrail.people.actions.exchange import exchange_token, log_out_person, sign_out_by
from handrail.people.actions.hosts import add_key, change_host, register_host, retire_key
from handrail.people.actions.installation import install_defaults
from handrail.people.actions.passes import (
    email_link,
    enter_by_code,
    enter_by_link,
    find_link,
    make_code,
    make_link,
)
from handrail.people.actions.sessions import (
    IssuedSession,
    deactivate_host,
    end_membership,
    end_sessions,
    sign_out,
    start_session,
    switch_account,
)

__all__ = [
    "IssuedSession",
    "add_key",
    "apply_assertion",
    "apply_claims",
    "change_host",
    "change_role",
    "create_agent",
    "deactivate_agent",
    "deactivate_host",
    "email_link",
    "end_membership",
    "end_sessions",
    "enter_by_code",
    "enter_by_link",
    "exchange_token",
    "find_link",
    "install_defaults",
    "log_out_person",
    "make_code",
    "make_link",
    "reactivate_agent",
    "register_host",
    "retire_key",
    "sign_out",
    "sign_out_by",
    "start_session",
    "switch_account",
]
