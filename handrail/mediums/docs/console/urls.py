"""Where are the editors' pages? `docs-desk:…`, below /console/docs/."""

from django.urls import path

from handrail.mediums.docs.console import (
    editor,
    evaluation,
    files,
    index,
    languages,
    life,
    moving,
    page_settings,
    preview,
    questions,
    revisions,
    sections,
    sources,
    verdicts,
    words,
)

_sections = [
    path("sections/<id:public_id>/branch", index.branch, name="branch"),
    path("sections/new", sections.new, name="new-section"),
    path("sections/<id:public_id>/", sections.edit, name="section"),
    path("sections/<id:public_id>/move", sections.move, name="move-section"),
    path("sections/<id:public_id>/delete", sections.delete, name="delete-section"),
]

_sources = [
    path("sources/", sources.index, name="sources"),
    path("sources/new", sources.new, name="new-source"),
    path("sources/<id:public_id>/", sources.detail, name="source"),
    path("sources/<id:public_id>/pull", sources.pull, name="pull-source"),
    path("sources/<id:public_id>/switch", sources.switch, name="switch-source"),
    path("sources/<id:public_id>/hook", sources.make_hook, name="make-hook"),
    path("sources/<id:public_id>/remove", sources.remove, name="remove-source"),
]

_words = [
    path("search/", words.index, name="words"),
    path("search/synonyms/<int:pk>/remove", words.remove, name="remove-synonym"),
    path("search/misses/<int:pk>/forget", words.forget, name="forget-miss"),
]

_questions = [
    path("questions/", questions.index, name="questions"),
    path("questions/rated-badly/", questions.rated_badly, name="rated-badly"),
    path("questions/one/<id:public_id>/settle", questions.settle_one, name="settle-question"),
    path("questions/evaluation/", evaluation.index, name="evaluation"),
    path("questions/evaluation/run", evaluation.run, name="run-evaluation"),
    path("questions/evaluation/<id:public_id>/", evaluation.question, name="evaluation-question"),
    path("questions/evaluation/<id:public_id>/drop", evaluation.drop, name="drop-question"),
    path("questions/<id:public_id>/", questions.detail, name="question"),
    path("questions/<id:public_id>/settle", questions.settle, name="settle"),
    path("questions/<id:public_id>/page", questions.begin_page, name="begin-page"),
    path("questions/<id:public_id>/keep", questions.keep, name="keep-question"),
]

_page = [
    path("new", life.new, name="new-page"),
    path("<id:public_id>/", editor.edit, name="page"),
    path("<id:public_id>/draft", editor.save, name="draft"),
    path("<id:public_id>/preview", preview.preview, name="preview"),
    path("<id:public_id>/files", files.upload, name="upload"),
    path("<id:public_id>/publish", editor.publish, name="publish"),
    path("<id:public_id>/overtaken", editor.overtaken, name="overtaken"),
    path("<id:public_id>/go-on", editor.go_on, name="go-on"),
    path("<id:public_id>/discard", editor.discard, name="discard"),
    path("<id:public_id>/withdraw", life.withdraw, name="withdraw"),
    path("<id:public_id>/delete", life.delete, name="delete"),
    path("<id:public_id>/move", moving.move, name="move"),
    path("<id:public_id>/settings", page_settings.edit, name="page-settings"),
    path("<id:public_id>/place", page_settings.place, name="place"),
    path("<id:public_id>/join", page_settings.join, name="join-versions"),
    path("<id:public_id>/part", page_settings.part, name="part-versions"),
    path("<id:public_id>/translate", languages.translate, name="translate"),
    path("<id:public_id>/feedback", verdicts.index, name="feedback"),
    path("<id:public_id>/revisions", revisions.index, name="revisions"),
    path("<id:public_id>/revisions/<int:number>", revisions.detail, name="revision"),
    path("<id:public_id>/revisions/<int:number>/restore", revisions.restore, name="restore"),
]

desk_urls = [
    path("", index.index, name="index"),
    *_sections,
    *_sources,
    *_words,
    *_questions,
    path("-/files/<id:public_id>/<str:name>", files.file, name="file"),
    *_page,
]
