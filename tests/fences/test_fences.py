"""Does the code keep what a program can check? Where a rule is bent, the reason stands here."""

from collections.abc import Callable, Iterator

import pytest

from tests.fences import rules
from tests.fences.code import Source, files, parsed, product, sources, templates

pytestmark = pytest.mark.once

READS_WITHOUT_VIEWER = {
    "handrail/config/demo/": "the demo is nobody's page: it plays everybody",
}
"""Where reads of guarded models need no viewer, beside access, actions and tasks."""

WRITES_ELSEWHERE = {
    "handrail/engines/tasks/worker.py": "which task runs where is the worker's own memory",
    "handrail/config/demo/": "the demo moves what the actions wrote back in time",
}
"""Where rows are written, beside actions and tasks."""

STYLED = {
    "handrail/engines/notify/templates/notify/letter.html": "mail programs load no stylesheet",
}
"""Where a template holds its style."""


def may_read(source: Source) -> bool:
    own_rule = source.name in {"access.py", "tasks.py"} or is_action(source)
    return own_rule or source.path.startswith(tuple(READS_WITHOUT_VIEWER))


def may_write(source: Source) -> bool:
    is_own = source.name == "tasks.py" or is_action(source)
    return is_own or source.path.startswith(tuple(WRITES_ELSEWHERE))


def is_action(source: Source) -> bool:
    return source.name == "actions.py" or "/actions/" in source.path


def found(rule: Callable[[Source], Iterator[str]], among: list[Source]) -> list[str]:
    return [slip for source in among for slip in rule(source)]


# --- The rules ----------------------------------------------------------------------------------


def test_whoever_reads_begins_with_the_viewer() -> None:
    guarded = rules.guarded_models()
    assert {"Conversation", "Message", "Attachment", "Ticket", "Notice", "Activity"} <= guarded
    readers = [source for source in product() if not may_read(source)]
    assert not [slip for one in readers for slip in rules.reads_past_the_rule(one, guarded)]


def test_only_actions_write() -> None:
    assert not found(rules.writes, [source for source in product() if not may_write(source)])


def test_the_product_prints_nothing() -> None:
    assert not found(rules.prints, product())


def test_no_markup_is_trusted_by_hand() -> None:
    """Except where a page of Markdown comes into a template, in the line that cleans it."""
    cleaned = "handrail/base/templatetags/prose.py"
    assert not found(rules.trusted_markup, [one for one in product() if one.path != cleaned])
    assert len(found(rules.trusted_markup, [one for one in product() if one.path == cleaned])) == 1


def test_every_module_opens_with_the_question_that_it_answers() -> None:
    """Except migrations, which Django writes."""
    assert not found(rules.silent_modules, [one for one in sources() if not one.is_migration])


def test_functions_fit_on_a_screen() -> None:
    assert not found(rules.long_functions, sources())


def test_files_that_outgrow_their_name_become_packages() -> None:
    long = [one.path for one in product() if one.lines > rules.MOST_LINES_OF_A_FILE]
    assert not long


def test_queries_are_counted_only_where_it_checks_something() -> None:
    assert not found(rules.counts_that_check_nothing, sources())


def test_no_file_is_named_after_nothing() -> None:
    assert not [slip for path in files() for slip in rules.banned_names(path)]


def test_templates_hold_neither_script_nor_style() -> None:
    pages = {path: text for path, text in templates().items() if path not in STYLED}
    assert not [slip for path, text in pages.items() for slip in rules.inline_code(path, text)]


def test_templates_escape_everything_but_plain_text() -> None:
    pages = {path: text for path, text in templates().items() if path.endswith(".html")}
    assert not [slip for path, text in pages.items() for slip in rules.unescaped(path, text)]


def test_every_exception_is_still_needed() -> None:
    """A reason for something that is gone would excuse what comes next."""
    guarded = rules.guarded_models()
    for folder in READS_WITHOUT_VIEWER:
        within = [one for one in product() if one.path.startswith(folder)]
        assert [slip for one in within for slip in rules.reads_past_the_rule(one, guarded)], folder
    for folder in WRITES_ELSEWHERE:
        within = [one for one in product() if one.path.startswith(folder)]
        assert found(rules.writes, within), folder
    for path in STYLED:
        assert list(rules.inline_code(path, templates()[path])), path


# --- Do the rules see what they are for? --------------------------------------------------------


def source(text: str) -> Source:
    return parsed("handrail/mediums/tickets/views.py", text)


@pytest.mark.parametrize(
    "text",
    [
        "Ticket.objects.get(pk=1)",
        "Ticket.objects.filter(pk=1).visible_to(viewer)",
        "models.Ticket.objects.all()",
        "rows = Ticket.objects",
        "Ticket._default_manager.count()",
        "get_object_or_404(Ticket, pk=1)",
        "shortcuts.get_list_or_404(models.Ticket)",
    ],
)
def test_a_read_past_the_rule_is_seen(text: str) -> None:
    assert list(rules.reads_past_the_rule(source(text), {"Ticket"}))


@pytest.mark.parametrize(
    "text",
    [
        "Ticket.objects.visible_to(viewer).filter(pk=1)",
        "(\n    Ticket.objects\n    .visible_to(viewer)\n)",
        "Attachment.objects.unsent_by(viewer)",
        "Ticket.objects.none()",
        "Plan.objects.get(key='free')",
    ],
)
def test_a_read_as_the_viewer_is_left_alone(text: str) -> None:
    assert not list(rules.reads_past_the_rule(source(text), {"Ticket", "Attachment"}))


@pytest.mark.parametrize(
    "text",
    [
        "ticket.save()",
        "ticket.save(update_fields=['status'])",
        "Ticket.objects.create(subject='x')",
        "tickets.filter(pk=1).update(status='open')",
        "ticket.delete()",
        "Ticket.objects.bulk_create([ticket])",
        "Ticket.objects.get_or_create(pk=1)",
        "await ticket.asave()",
    ],
)
def test_a_write_is_seen(text: str) -> None:
    assert list(rules.writes(source(text)))


@pytest.mark.parametrize(
    "text", ["super().save(*args)", "digest.update(chunk)", "form.save(request)", "words.update(x)"]
)
def test_what_only_looks_like_a_write_is_left_alone(text: str) -> None:
    assert not list(rules.writes(source(text)))


@pytest.mark.parametrize("name", sorted(rules.COUNTING))
def test_a_count_that_checks_nothing_is_seen(name: str) -> None:
    assert list(rules.counts_that_check_nothing(source(f"self.{name}(1)\nask()")))
    assert not list(rules.counts_that_check_nothing(source(f"with self.{name}(1):\n    ask()")))


def test_other_slips_in_code_are_seen() -> None:
    assert list(rules.prints(source("print('here')")))
    assert list(rules.trusted_markup(source("safestring.mark_safe(body)")))
    assert not list(rules.trusted_markup(source("format_html('<b>{}</b>', body)")))
    assert list(rules.silent_modules(source("import re")))
    long = "def long():\n" + "    x = 1\n" * rules.MOST_LINES_OF_A_FUNCTION
    assert list(rules.long_functions(source(long)))
    assert not list(rules.long_functions(source(long.removesuffix("    x = 1\n"))))


@pytest.mark.parametrize("path", ["handrail/hub/utils.py", "tests/helpers/x.py", "a/common.css"])
def test_a_name_that_says_nothing_is_seen(path: str) -> None:
    assert list(rules.banned_names(path))


@pytest.mark.parametrize(
    "text",
    [
        "<script>go()</script>",
        '<script nonce="{{ nonce }}">go()</script>',
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<button class="x"\n  onclick="go()">',
        '<div hx-on:click="go()">',
        """<div hx-vals='js:{a: b}'>""",
        '<a href="javascript:go()">',
    ],
)
def test_inline_code_is_seen(text: str) -> None:
    assert list(rules.inline_code("x.html", text))


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="x.js"></script>',
        '<script type="application/json">{}</script>',
        '<p data-style="calm" class="style">one="two"</p>',
        "{# <script> would be stopped #}",
        '{% include "x.html" with tone="warning" icon="on" only %}',
    ],
)
def test_what_only_looks_like_inline_code_is_left_alone(text: str) -> None:
    assert not list(rules.inline_code("x.html", text))


@pytest.mark.parametrize("text", ["{{ body|safe }}", "{{ body | safe }}", "{% autoescape off %}"])
def test_unescaped_text_is_seen(text: str) -> None:
    assert list(rules.unescaped("x.html", text))
    assert not list(rules.unescaped("x.html", "{{ body|safely }} is safe"))
