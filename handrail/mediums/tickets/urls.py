"""Where are the pages of tickets?

`tickets:…` for members, `tickets-desk:…` for agents, `tickets-public:…` for whom we do not know.
"""

from django.urls import path

from handrail.mediums.tickets import drafts, suggestions, uploads, views
from handrail.mediums.tickets.console import (
    answers,
    around,
    bulk,
    canned,
    issue_types,
    joining,
    own_fields,
    presence,
    queue,
    rules,
    saved,
    sign_in_answers,
    spared,
    teams,
    ticket,
)
from handrail.mediums.tickets.exports import pages
from handrail.mediums.tickets.public import pages as public

_files = [
    path("files/", uploads.upload, name="upload"),
    path("files/<id:public_id>/", uploads.download, name="download"),
    path("files/<id:public_id>/preview", uploads.preview, name="preview"),
    path("files/<id:public_id>/discard", uploads.discard, name="discard"),
]

help_urls = [
    path("", views.index, name="index"),
    path("rows", views.rows, name="rows"),
    path("new", views.create, name="create"),
    path("new/fields", views.own_fields, name="own-fields"),
    path("new/suggestions", suggestions.suggested, name="suggestions"),
    path("new/suggestions/shown", suggestions.shown, name="suggestions-shown"),
    path("new/suggestions/open", suggestions.opened, name="open-suggestion"),
    path("draft", drafts.save_new, name="draft-new"),
    *_files,
    path("<id:public_id>/", views.detail, name="detail"),
    path("<id:public_id>/messages", views.messages, name="messages"),
    path("<id:public_id>/reply", views.reply, name="reply"),
    path("<id:public_id>/move", views.move, name="move"),
    path("<id:public_id>/share", views.share, name="share"),
    path("<id:public_id>/draft", drafts.save, name="draft"),
    path("<id:public_id>/follow", views.follow, name="follow"),
    path("<id:public_id>/rating", views.rate, name="rate"),
    path("<id:public_id>/seen", views.seen, name="seen"),
    path("<id:public_id>/ticket.pdf", pages.of_member, {"format": "pdf"}, name="export-pdf"),
    path("<id:public_id>/ticket.txt", pages.of_member, {"format": "txt"}, name="export-text"),
]

_field = "settings/issue-types/<id:public_id>/fields/<id:field_id>/"
_own_fields = [
    path("settings/issue-types/<id:public_id>/fields/new", own_fields.new, name="new-field"),
    path(_field, own_fields.edit, name="field"),
    path(f"{_field}move", own_fields.move, name="move-field"),
    path(f"{_field}retire", own_fields.retire, name="retire-field"),
]

desk_urls = [
    path("", queue.index, name="index"),
    path("rows", queue.rows, name="rows"),
    path("settings/policy/", rules.policy, name="policy"),
    path("settings/hours/", rules.hours, name="hours"),
    path("settings/targets/", rules.targets, name="targets"),
    path("settings/sign-in-help/", sign_in_answers.edit, name="sign-in-answers"),
    path("settings/suggested-pages/", spared.index, name="suggested"),
    path("bulk", bulk.change, name="bulk"),
    path("bulk/<id:public_id>/undo", bulk.undo, name="undo"),
    path("views/", saved.save, name="save-view"),
    path("views/<id:public_id>/rename", saved.rename, name="rename-view"),
    path("views/<id:public_id>/delete", saved.delete, name="delete-view"),
    path("settings/teams/", teams.index, name="teams"),
    path("settings/teams/new", teams.new, name="new-team"),
    path("settings/teams/<id:public_id>/", teams.edit, name="team"),
    path("settings/teams/<id:public_id>/retire", teams.retire, name="retire-team"),
    path("settings/canned/", canned.index, name="canned"),
    path("settings/canned/new", canned.new, name="new-canned"),
    path("settings/canned/preview", canned.preview, name="preview-canned"),
    path("settings/canned/<id:public_id>/", canned.edit, name="canned-reply"),
    path("settings/canned/<id:public_id>/retire", canned.retire, name="retire-canned"),
    path("settings/canned/<id:public_id>/used", canned.count, name="count-canned"),
    path("settings/issue-types/", issue_types.index, name="issue-types"),
    path("settings/issue-types/new", issue_types.new, name="new-issue-type"),
    path("settings/issue-types/<id:public_id>/", issue_types.edit, name="issue-type"),
    path("settings/issue-types/<id:public_id>/move", issue_types.move, name="move-issue-type"),
    path(
        "settings/issue-types/<id:public_id>/retire", issue_types.retire, name="retire-issue-type"
    ),
    *_own_fields,
    *_files,
    path("<id:public_id>/", ticket.detail, name="detail"),
    path("<id:public_id>/messages", ticket.messages, name="messages"),
    path("<id:public_id>/answers", answers.answers, name="answers"),
    path("<id:public_id>/reply", ticket.reply, name="reply"),
    path("<id:public_id>/draft", drafts.save, name="draft"),
    path("<id:public_id>/canned", canned.pick, name="pick-canned"),
    path("<id:public_id>/move", ticket.move, name="move"),
    path("<id:public_id>/assign", ticket.assign, name="assign"),
    path("<id:public_id>/priority", ticket.prioritise, name="priority"),
    path("<id:public_id>/follow", ticket.follow, name="follow"),
    path("<id:public_id>/proof-link", ticket.send_proof_link, name="send-proof-link"),
    path("<id:public_id>/team", ticket.give_to_team, name="set-team"),
    path("<id:public_id>/tag", ticket.tag, name="tag"),
    path("<id:public_id>/around", around.around, name="around"),
    path("<id:public_id>/here", presence.here, name="here"),
    path("<id:public_id>/left", presence.left, name="left"),
    path("<id:public_id>/merge", joining.merge, name="merge"),
    path("<id:public_id>/split", joining.split, name="split"),
    path("<id:public_id>/link", joining.link, name="link"),
    path("<id:public_id>/unlink", joining.unlink, name="unlink"),
    path("<id:public_id>/seen", ticket.seen, name="seen"),
    path("tickets.csv", pages.of_queue, name="export-table"),
    path("<id:public_id>/ticket.pdf", pages.of_agent, {"format": "pdf"}, name="export-pdf"),
    path("<id:public_id>/ticket.txt", pages.of_agent, {"format": "txt"}, name="export-text"),
]

public_urls = [
    path("sign-in-help", public.sign_in_help, name="sign-in-help"),
    path("sign-in-help/challenge", public.challenge, name="challenge"),
    path("sign-in-help/sent", public.sent, name="sent"),
    path("sign-in-help/proof/<str:secret>", public.proof, name="proof"),
    path("sign-in-help/<id:public_id>/<str:key>", public.more, name="more"),
]
