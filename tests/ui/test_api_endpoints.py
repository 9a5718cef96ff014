"""The API as a program calls it, by gradio_client over loopback: named, typed, with everything a citation has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from rag import Engine
from tests.ui.served import PASSWORD, users_file
from ui.app import running
from ui.sent import TAKEN
from ui.serving import Serving

WHY = "Why is Huawei pivoting to Europe?"
NEWS = "WEBVTT\n\n00:00.000 --> 00:04.000\n<v Ada Quill>The ferry Meridian resumes its crossings on Thursday.\n"


@pytest.fixture(scope="module")
def address(own_archive: Path) -> Iterator[str]:
    with Engine(own_archive) as engine, running(engine, port=0, archive=own_archive, serving=Serving(files=2)) as at:
        yield at


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False, analytics_enabled=False)


def test_the_example_of_the_readme(address: str) -> None:
    client = Client(address, verbose=False, analytics_enabled=False)
    answer = client.predict("Why is Huawei turning to Europe?", api_name="/ask")
    for each in answer["citations"]:
        print(each["marker"], each["quote"], each["speaker"], each["start_ms"], each["title"])
    assert answer["status"] == "grounded"


def test_four_endpoints_have_names_and_types(client: Client) -> None:
    endpoints = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert {*endpoints} == {"/ask", "/search", "/transcripts", "/ingest"}
    asked = {each["parameter_name"]: each for each in endpoints["/ask"]["parameters"]}
    assert [*asked] == ["question", "history", "speakers", "since", "until", "sources"]
    assert asked["question"]["type"] == {"type": "string"}
    assert not asked["question"]["parameter_has_default"]
    assert asked["since"]["parameter_default"] == ""


def test_an_answer_has_all_of_its_citations(client: Client, own_archive: Path) -> None:
    answer = client.predict(WHY, api_name="/ask")
    assert answer["status"] == "grounded"
    with Engine(own_archive) as engine:
        for each in answer["citations"]:
            text = engine.transcript(each["transcript_id"]).text
            assert text[each["char_start"] : each["char_end"]] == each["quote"]
    assert {"speaker", "start_ms", "title", "source", "published", "url", "interpolated"} <= {*answer["citations"][0]}
    assert json.loads(json.dumps(answer)) == answer


def test_a_search_is_narrowed_and_limited(client: Client) -> None:
    found = client.predict("Europe", limit=2, api_name="/search")
    assert len(found["hits"]) == 2
    narrowed = client.predict("Europe", since="1900-01-01", until="1900-12-31", api_name="/search")
    assert narrowed["dropped"] or not narrowed["hits"]


def test_the_transcripts_are_listed_without_the_servers_folders(client: Client, samples: tuple[Path, ...]) -> None:
    listed = client.predict(api_name="/transcripts")
    assert {each["place"] for each in listed} <= {path.name for path in samples}
    assert str(samples[0].parent) not in json.dumps(listed)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"question": "  "}, "empty"),
        ({"question": "Why? " * 5_000}, "2,000"),
        ({"question": WHY, "since": "tomorrow"}, "no day"),
        ({"question": WHY, "since": "2024-01-02", "until": "2024-01-01"}, "Swap them"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(client: Client, given: dict[str, str], told: str) -> None:
    with pytest.raises(AppError, match=told):
        client.predict(**given, api_name="/ask")


def test_a_file_is_put_in_and_can_be_asked_about(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "ferry.vtt"
    path.write_text(NEWS)
    assert [each["outcome"] for each in client.predict([handle_file(str(path))], api_name="/ingest")] == ["Added"]
    answer = client.predict("When does the ferry Meridian resume its crossings?", api_name="/ask")
    assert "Thursday" in answer["text"]


@pytest.mark.parametrize(
    "file",
    [
        {"path": "/etc/passwd"},
        {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}},
        {"path": "../../../../etc/passwd", "orig_name": "a.txt"},
        {"path": None},
        {},
    ],
)
def test_no_file_of_the_server_is_put_in(address: str, file: dict[str, object]) -> None:
    begun = httpx.post(f"{address}/gradio_api/call/ingest", json={"data": [[file]]})
    told = httpx.get(f"{address}/gradio_api/call/ingest/{begun.json()['event_id']}", timeout=60).text
    assert "event: error" in told
    assert "root:" not in told


def test_type_and_number_of_files_are_limited(client: Client, tmp_path: Path) -> None:
    program, words = tmp_path / "a.exe", tmp_path / "a.txt"
    program.write_bytes(b"MZ")
    words.write_text("words")
    with pytest.raises(AppError, match=r"a\.exe: no type of transcript that is read here"):
        client.predict([handle_file(str(program))], api_name="/ingest")
    with pytest.raises(AppError, match="Send 1 to 2 files at once, not 3"):
        client.predict([handle_file(str(words))] * 3, api_name="/ingest")
    with pytest.raises(AppError, match="Send 1 to 2 files at once, not 0"):
        client.predict([], api_name="/ingest")
    assert {".txt", ".vtt", ".srt", ".zip"} <= TAKEN


def test_readers_put_nothing_in(own_archive: Path, tmp_path: Path) -> None:
    serving = Serving(users=users_file(tmp_path))
    with Engine(own_archive) as engine, running(engine, port=0, archive=own_archive, serving=serving) as address:
        client = Client(address, auth=("ben", PASSWORD), verbose=False, analytics_enabled=False)
        with pytest.raises(AppError, match="Only editors"):
            client.predict([{"path": "/tmp/gradio/x/a.txt"}], api_name="/ingest")
        assert client.predict(api_name="/transcripts")
