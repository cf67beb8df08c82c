"""Which slips can a program see? Each rule takes a source or a text, and returns what it found.

They are coarse: they catch a slip, not somebody who wants to get round them.
"""

import ast
import re
from collections.abc import Iterator

from django.apps import apps

from tests.fences.code import Source, parent

MANAGERS = {"objects", "_default_manager", "_base_manager"}

AS_A_VIEWER = {"visible_to", "unsent_by", "of_thread", "none"}
"""How a read of something that has a `visible_to` may begin. `unsent_by` and `of_thread` take the
viewer as well, and `none` reads nothing."""

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "asave",
    "acreate",
    "aupdate",
    "adelete",
}

COUNTING = {"assertNumQueries", "django_assert_num_queries", "CaptureQueriesContext"}

BANNED_NAMES = {"utils", "helpers", "common", "misc", "services", "managers"}

MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_FILE = 400


def guarded_models() -> set[str]:
    """The names of all models that say who may see them."""
    return {
        model.__name__
        for model in apps.get_models()
        if hasattr(model._default_manager, "visible_to")
    }


def reads_past_the_rule(source: Source, guarded: set[str]) -> Iterator[str]:
    """Reads of guarded models that do not begin with the viewer."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            following = parent(node)
            is_asked = isinstance(following, ast.Attribute) and following.attr in AS_A_VIEWER
            if _last_name(node.value) in guarded and not is_asked:
                yield _at(source, node, f"{ast.unparse(node)} without visible_to(viewer)")
        if isinstance(node, ast.Call) and _last_name(node.func).startswith(
            ("get_object_or", "get_list_or")
        ):
            if node.args and _last_name(node.args[0]) in guarded:
                yield _at(source, node, f"{ast.unparse(node.args[0])} without visible_to(viewer)")


def writes(source: Source) -> Iterator[str]:
    """Calls that write rows. `update`, `save` and `delete` of other things take an argument."""
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        is_of_a_row = node.func.attr in WRITES and (
            not node.args or node.func.attr.startswith(("bulk", "abulk"))
        )
        if is_of_a_row and not _is_super(node.func.value):
            yield _at(source, node, f".{node.func.attr}( outside of an action")


def counts_that_check_nothing(source: Source) -> Iterator[str]:
    """`assertNumQueries(1)` as a statement of its own counts nothing at all."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in COUNTING:
            if not isinstance(parent(node), ast.withitem):
                yield _at(source, node, f"{_last_name(node.func)}( outside of `with`")


def prints(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in {"print", "pprint"}:
            yield _at(source, node, "print( in the product: log it, or write to self.stdout")


def trusted_markup(source: Source) -> Iterator[str]:
    """Text that is called safe by hand; `format_html` escapes what it puts in."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in {
            "mark_safe",
            "SafeString",
            "SafeText",
            "Markup",
        }:
            yield _at(source, node, f"{_last_name(node.func)}(: let format_html escape it")


def long_functions(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield _at(source, node, f"{node.name} has {lines} lines")


def silent_modules(source: Source) -> Iterator[str]:
    """A module opens with the question that it answers."""
    if source.tree.body and not ast.get_docstring(source.tree):
        yield f"{source.path}: say first which question it answers"


def banned_names(path: str) -> Iterator[str]:
    for part in path.split("/"):
        if part.partition(".")[0] in BANNED_NAMES:
            yield f"{path}: “{part}” says nothing; name it by what it does"


def inline_code(path: str, text: str) -> Iterator[str]:
    """What our Content-Security-Policy would stop, and what would need a hole in it."""
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    patterns = {
        r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=\"application/(?:ld\+)?json\")": "inline script",
        r"<style\b": "inline style",
        r"\sstyle\s*=\s*[\"']": "style attribute",
        r"<[^>]*\son[a-z]+\s*=\s*[\"']": "inline handler",
        r"\bhx-on\b|\bhx-(?:vals|headers)\s*=\s*[\"']\s*(?:js|javascript):": "code for htmx",
        r"\bjavascript:": "address that runs code",
    }
    for pattern, what in patterns.items():
        if re.search(pattern, text, re.IGNORECASE):
            yield f"{path}: {what}"


def unescaped(path: str, text: str) -> Iterator[str]:
    """Text that goes into a page as it is."""
    if re.search(r"\|\s*(?:safe|safeseq)\b|\{%-?\s*autoescape\s+(?:off|false)", text):
        yield f"{path}: not escaped"


def _last_name(node: ast.AST) -> str:
    """`Ticket` of `Ticket`, `models.Ticket` and `x.y.Ticket`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _last_name(node.func) == "super"


def _at(source: Source, node: ast.AST, words: str) -> str:
    return f"{source.path}:{getattr(node, 'lineno', 0)}: {words}"
