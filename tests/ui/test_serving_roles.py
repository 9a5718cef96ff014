"""On the page itself, readers change nothing: what the panels' buttons call is refused for them on the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag import Engine, Settings
from tests.ui.served import PASSWORD, users_file
from ui.app import running
from ui.serving import Serving


@pytest.fixture(scope="module")
def address(own_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    serving = Serving(users=users_file(tmp_path_factory.mktemp("users")))
    with Engine(own_archive) as engine, running(engine, port=0, archive=own_archive, serving=serving) as at:
        yield at


def called(address: str, name: str, function: str, told: object) -> Any:
    """What a component's function on the server answers to that user."""
    auth = (name, PASSWORD)
    config = httpx.get(f"{address}/config", auth=auth, timeout=60).json()
    component = next(each for each in config["components"] if function in str(each["props"].get("server_fns")))
    body = {"session_hash": "s", "component_id": component["id"], "fn_name": function, "data": told}
    return httpx.post(f"{address}/gradio_api/component_server", json=body, auth=auth, timeout=60).json()


def event(address: str, name: str, targets: str, data: list[object], *, sends: bool = False) -> str:
    """The stream of an event that a component with this id triggers, or fills it if it `sends`, as for that user."""
    auth, session = (name, PASSWORD), f"of-{name}"
    config = httpx.get(f"{address}/config", auth=auth, timeout=60).json()
    component = next(each["id"] for each in config["components"] if each["props"].get("elem_id") == targets)
    ends = [
        {*each["outputs"]} if sends else {target[0] for target in each["targets"]} for each in config["dependencies"]
    ]
    bound = [each for each, end in zip(config["dependencies"], ends, strict=True) if component in end]
    number = bound[0]["id"]
    body = {"session_hash": session, "fn_index": number, "data": data}
    assert httpx.post(f"{address}/gradio_api/queue/join", json=body, auth=auth, timeout=60).status_code == 200
    url = f"{address}/gradio_api/queue/data?session_hash={session}"
    return httpx.get(url, auth=auth, timeout=60).text


def test_only_editors_remove(address: str, own_archive: Path) -> None:
    with Engine(own_archive) as engine:
        first = engine.entries()[0]
    assert called(address, "ben", "removed", {"id": first.id}) == {"problem": "Only editors remove transcripts."}
    assert called(address, "ada", "removed", {"id": first.id}) == {"said": f"Removed “{first.title}”."}
    assert "html" in called(address, "ben", "listed", {})


@pytest.mark.parametrize(
    ("targets", "data", "told"),
    [
        ("files", [[]], "Only editors put transcripts in."),
        ("run", [None, None, None], "Only editors run an evaluation."),
        ("use", ["A language model, checked against the transcripts", 3, "ollama:x", "http://10.0.0.1/", "sk-x", None],
         "Only editors choose a language model"),
    ],
)  # fmt: skip
def test_readers_start_nothing_that_changes_or_calls_out(
    address: str, targets: str, data: list[object], told: str
) -> None:
    assert told in event(address, "ben", targets, data)


def test_the_settings_of_the_server_are_in_nobodys_page(own_archive: Path, tmp_path: Path) -> None:
    own = Settings(llm="openai:inside", llm_url="http://user:pass@10.0.0.7/v1")
    serving = Serving(users=users_file(tmp_path))
    with (
        Engine(own_archive, settings=own) as engine,
        running(engine, port=0, archive=own_archive, serving=serving) as at,
    ):
        for name in ("ada", "ben"):
            for path in ("/config", "/", "/gradio_api/info"):
                page = httpx.get(f"{at}{path}", auth=(name, PASSWORD), headers={"accept": "text/html"}, timeout=60).text
                assert "10.0.0.7" not in page
        assert "10.0.0.7" in loaded(at, "ada")
        assert "10.0.0.7" not in loaded(at, "ben")
        sent = ["A language model, checked against the transcripts", 3, "openai:x", "http://10.0.0.8/", "sk-x", None]
        assert "made by openai:inside" in event(at, "ben", "use", sent)


def loaded(address: str, name: str) -> str:
    """What the settings are filled with for that user."""
    return event(address, name, "address", [], sends=True)
