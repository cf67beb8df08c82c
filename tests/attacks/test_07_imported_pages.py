"""Stored XSS in HTML mail or rich text. FreeScout CVE-2026-32754.

Here: pages of a tree that a stranger wrote, in all that Markdown lets through. What is drawn of
them holds nothing that runs, whatever their titles and front matter say.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from handrail.mediums.docs.models import Page
from handrail.people.models import Agent, AgentRole, Member
from tests.attacks.test_07_stored_scripts import PAYLOADS, dangers
from tests.trees import take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

FACTS = re.compile(r'<script type="application/ld\+json">[^<]*</script>')
"""What search engines are told of a page: data that no browser runs, without a `<` in them."""

MORE = [
    "[x](javascript:window.pwned=1)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:window.pwned=1)",
    "<details ontoggle=window.pwned=1 open><summary>x</summary></details>",
    '{% embed url="javascript:window.pwned=1" %}',
    '{% file src="javascript:window.pwned=1" %}',
    '{% hint style="\\"><script>window.pwned=1</script>" %}x{% endhint %}',
    '{% tabs %}{% tab title="<img src=x onerror=window.pwned=1>" %}x{% endtab %}{% endtabs %}',
    "<a href='java\0script:window.pwned=1'>x</a>",
    "<style>@import '//a.example'</style><base href='//a.example'><meta http-equiv=refresh>",
    "<form action='//a.example'><button formaction='javascript:window.pwned=1'>x</button></form>",
]


@pytest.mark.parametrize("payload", PAYLOADS + MORE)
def test_nothing_of_an_imported_page_runs(
    tmp_path: Path, alice: Member, dora: Agent, browse: Callable[..., Client], payload: str
) -> None:
    quoted = payload.replace("\\", "\\\\").replace('"', '\\"').replace("\0", "")
    take_in(
        tmp_path,
        {
            "SUMMARY.md": f"* [{payload}](a.md)\n* [B](b.md)\n\n## {payload}\n\n* [C](c.md)\n",
            "a.md": f"# {payload}\n\n{payload}\n\n> {payload}\n\n| {payload} |\n|---|\n| x |\n",
            "b.md": f'---\ntitle: "{quoted}"\ndescription: "{quoted}"\n---\n\nx\n',
            "c.md": f"{payload}\n\n* item\n\n  {payload}\n",
        },
    )
    dora.role = AgentRole.EDITOR
    dora.save()
    for page in Page.objects.all():
        assert dangers(page.html) == []
        assert "<style" not in page.html
        assert "<form" not in page.html
    for person, place in ((alice, "/help/docs/brand/"), (None, "/docs/brand/")):
        for page in Page.objects.exclude(path=""):
            answer = browse(person).get(f"{place}{page.path}")
            assert answer.status_code == 200
            assert dangers(FACTS.sub("", answer.content.decode())) == []
    assert dangers(browse(dora).get("/console/docs/").content.decode()) == []
