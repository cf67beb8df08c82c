"""Does every language have all the words, and do its catalogs keep what the code relies on?

What the code says is found here by Python's own parser, so that no test needs gettext.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from tools import translate
from tools.progress import ROOT

pytestmark = pytest.mark.once

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
for_each_language = pytest.mark.parametrize("language", LANGUAGES)

Key = tuple[str | None, str]
"""Context and English words: what gettext looks a message up by."""

CALL = re.compile(r"""\b(?:n?p?gettext|_)\((?:'(?:\\.|[^'])*'|"(?:\\.|[^"])*"|[^'"()])*\)""")
"""A call in what `templatize` makes of a template, where all else is crossed out."""

IS_IN_CODE = re.compile(r"%\(\w+\)[sd]|%[sd%]|</?\w+[^>]*>")
"""What a translation must leave as it is: placeholders and tags."""


@for_each_language
def test_the_catalog_has_every_message_of_the_code(language: str) -> None:
    known = {_key(entry) for entry in _catalog(language)}
    missing = sorted(words for context, words in _code() - known)
    assert not missing, _what_to_do(language, missing)


@for_each_language
def test_every_message_is_translated_for_certain(language: str) -> None:
    waiting = [e.msgid for e in _catalog(language) if e.fuzzy or not e.translated()]
    assert not waiting, _what_to_do(language, waiting)


@for_each_language
def test_a_translation_keeps_placeholders_and_tags(language: str) -> None:
    changed = [e.msgid for e in _catalog(language) if not _keeps_what_code_needs(e)]
    assert not changed, _what_to_do(language, changed)


@for_each_language
def test_there_is_a_form_for_every_number(language: str) -> None:
    catalog = _catalog(language)
    found = re.match(r"nplurals=(\d+);", catalog.metadata["Plural-Forms"])
    assert found
    for entry in catalog:
        if entry.msgid_plural:
            assert sorted(entry.msgstr_plural) == list(range(int(found[1]))), entry.msgid


@for_each_language
def test_what_is_served_is_what_is_written(language: str) -> None:
    written = {_key(e): e.msgstr_plural or e.msgstr for e in _catalog(language)}
    served = polib.mofile(str(_path(language).with_suffix(".mo")))
    compiled = {_key(e): e.msgstr_plural or e.msgstr for e in served}
    assert compiled == written, "Run ./dev translate and commit the .mo files as well."


@for_each_language
def test_a_catalog_differs_only_where_words_do(language: str) -> None:
    assert "POT-Creation-Date" not in _catalog(language).metadata
    assert not re.search(r"^#: .*:\d", _path(language).read_text(), re.MULTILINE)


def _path(language: str) -> Path:
    return translate.LOCALE / language / "LC_MESSAGES" / "django.po"


def _catalog(language: str) -> polib.POFile:
    return polib.pofile(str(_path(language)))


def _key(entry: polib.POEntry | polib.MOEntry) -> Key:
    return entry.msgctxt, entry.msgid


def _what_to_do(language: str, messages: list[str]) -> str:
    path = _path(language).relative_to(ROOT)
    return "\n".join([f"Run ./dev translate, then translate these in {path}:", *messages])


def _keeps_what_code_needs(entry: polib.POEntry) -> bool:
    """Forms of few things may say the number in a word: "one code left"."""
    if not entry.msgid_plural:
        return _needed(entry.msgstr) == _needed(entry.msgid)
    *few, many = (_needed(form) for _, form in sorted(entry.msgstr_plural.items()))
    wanted = _needed(entry.msgid_plural)
    return many == wanted and all(set(form) <= set(wanted) for form in few)


def _needed(words: str) -> list[str]:
    return sorted(IS_IN_CODE.findall(words))


def _code() -> set[Key]:
    """All that templates and modules say, as far as the catalogs are meant to know it."""
    keys: set[Key] = set()
    for path in translate.PACKAGE.rglob("*"):
        if set(path.parts) & set(translate.CODE_OF_OTHER_WORDS):
            continue
        if path.suffix == ".py":
            keys.update(_messages(path.read_text()))
        elif path.suffix in {".html", ".txt"}:
            calls = CALL.findall(templatize(path.read_text()))
            keys.update(_messages("\n".join(calls)))
    return keys


def _messages(source: str) -> Iterator[Key]:
    """What the calls of gettext's functions in some Python code look up."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", "")).removesuffix("_lazy")
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        if name in {"pgettext", "npgettext"}:
            yield str(words[0]), str(words[1])
        elif name in {"_", "gettext", "ngettext"} and words:
            yield None, str(words[0])
