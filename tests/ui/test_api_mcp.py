"""The two tools as a real client of the Model Context Protocol finds and calls them."""

from __future__ import annotations

import asyncio
import base64
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import TextContent

from rag import Engine
from tests.ui.fakes import FakeEngine
from tests.ui.served import PASSWORD, users_file
from ui.app import running
from ui.serving import Serving

Talk = Callable[[ClientSession], Awaitable[Any]]


def talked(address: str, talk: Talk, headers: dict[str, str] | None = None) -> Any:
    async def session() -> Any:
        async with (
            httpx.AsyncClient(headers=headers) as http,
            streamable_http_client(f"{address}/mcp", http_client=http) as (reading, writing, _),
            ClientSession(reading, writing) as client,
        ):
            await client.initialize()
            return await talk(client)

    with ThreadPoolExecutor(1) as own:  # another test's browser keeps a loop in this thread
        return own.submit(lambda: asyncio.run(session())).result()


def test_there_are_two_tools_that_only_read() -> None:
    with running(FakeEngine(), port=0, serving=Serving(mcp=True)) as address:
        listed = talked(address, lambda client: client.list_tools()).tools
    assert [each.name for each in listed] == ["ask", "search"]
    for each in listed:
        assert each.annotations.readOnlyHint
        assert each.inputSchema["required"] == ["question"]
        assert each.description


def test_a_tool_answers_with_its_citations(sample_archive: Path) -> None:
    asked = {"question": "Why is Huawei turning to Europe?"}
    with Engine(sample_archive) as engine, running(engine, port=0, serving=Serving(mcp=True)) as address:
        answer = talked(address, lambda client: client.call_tool("ask", asked))
        found = talked(address, lambda client: client.call_tool("search", {**asked, "limit": 1}))
    assert not answer.isError
    told = answer.structuredContent
    assert told["status"] == "grounded"
    assert all(each["quote"] and each["transcript_id"] for each in told["citations"])
    assert len(found.structuredContent["hits"]) == 1


@pytest.mark.parametrize(("tool", "given"), [("ask", {"question": " "}), ("ask", {}), ("ingest", {"files": []})])
def test_what_cannot_be_done_is_told(tool: str, given: dict[str, object]) -> None:
    with running(FakeEngine(), port=0, serving=Serving(mcp=True)) as address:
        answer = talked(address, lambda client: client.call_tool(tool, given))
    assert answer.isError
    assert isinstance(answer.content[0], TextContent)


def test_the_tools_are_behind_the_login(tmp_path: Path) -> None:
    serving = Serving(users=users_file(tmp_path), mcp=True)
    pair = base64.b64encode(f"ben:{PASSWORD}".encode()).decode()
    with running(FakeEngine(), port=0, serving=serving) as address:
        assert httpx.post(f"{address}/mcp", json={}).status_code == 401
        known = {"Authorization": f"Basic {pair}"}
        assert talked(address, lambda client: client.list_tools(), known).tools


def test_without_the_option_there_is_nothing() -> None:
    with running(FakeEngine(), port=0) as address:
        assert httpx.post(f"{address}/mcp", json={}).status_code in {404, 405}


def test_without_the_library_it_is_told_how_to_get_it() -> None:
    code = (
        "import sys; sys.modules['mcp.server.fastmcp'] = None\n"
        "from ui.mcp_tools import tools\nfrom ui.errors import McpMissing\n"
        "try: tools(None)\nexcept McpMissing as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "--mcp needs the package mcp. Install it with: pip install 'onrecord[mcp]'\n"
