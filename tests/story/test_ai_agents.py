"""An AI agent comes to a running hub with the official client, as it would to anybody's."""

import asyncio
import re
from typing import Any

import httpx
import pytest
from mcp import Client
from mcp.types import CallToolResult

from tests.stack import Stack

QUESTION = "How do I create a ticket?"


def said(result: CallToolResult) -> str:
    return "\n".join(str(getattr(one, "text", "")) for one in result.content)


@pytest.mark.parametrize("era", ["auto", "legacy"])
def test_it_searches_reads_asks_and_reports(stack: Stack, era: Any) -> None:
    async def work() -> list[str]:
        async with Client(f"{stack.hub.url}/mcp", mode=era) as agent:
            assert len((await agent.list_tools()).tools) == 6
            found = await agent.call_tool("searchDocumentation", {"query": QUESTION})
            first = said(found).splitlines()
            address = first[1].removeprefix("Link: ")
            page = await agent.call_tool("getPage", {"url": address})
            answer = await agent.call_tool("askQuestion", {"question": QUESTION})
            told = await agent.call_tool(
                "sendFeedback", {"content": f"Step 2 is unclear ({era}).", "pageUrl": address}
            )
            assert not any(one.is_error for one in (found, page, answer, told))
            return [first[0], said(page), said(answer)]

    first, page, answer = asyncio.run(work())
    assert first.startswith("Title: ")
    assert "ticket" in page.lower()
    assert answer.startswith(f"# {QUESTION}\n")
    assert f"({stack.hub.url}/docs/" in answer
    kept = f"Feedback.objects.filter(is_from_program=True, comment__contains='({era})').count()"
    code = f"from handrail.mediums.docs.models import Feedback; print({kept})"
    assert stack.run(code) == "1"


def test_many_at_once_are_answered_beside_people(stack: Stack) -> None:
    async def work() -> list[CallToolResult]:
        async with Client(f"{stack.hub.url}/mcp") as agent:
            asked = (
                agent.call_tool("askQuestion", {"question": f"{QUESTION} {number}"})
                for number in range(20)
            )
            return list(await asyncio.gather(*asked))

    results = asyncio.run(work())
    assert not any(result.is_error for result in results)
    assert httpx.get(f"{stack.hub.url}/docs/").status_code == 200


def test_a_program_asks_by_address(stack: Stack) -> None:
    answer = httpx.get(f"{stack.hub.url}/docs/index.md", params={"ask": QUESTION})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    pages = set(re.findall(r"\((http[^)#]+\.md)", answer.text))
    assert pages
    for page in pages:
        assert httpx.get(page).headers["Content-Type"] == "text/markdown; charset=utf-8"
