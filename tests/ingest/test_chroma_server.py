"""Vectors on a real Chroma server: the same passages as in the archive's own folder, to the last id."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import Archive
from ingest.chroma_server import ChromaServer, chroma_server
from ingest.doctor import examine
from ingest.errors import StorageError
from ingest.index import open_index
from ingest.sync import reindex, remove, sync_with
from tests.ingest.builders import HashEmbedder, script, write_scripts

TOKEN = "open sesame"
A_WHILE_S = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of its own."""
    command = Path(sys.executable).with_name("chroma")
    if not command.exists():
        pytest.skip("the command chroma is not installed")
    port, folder = free_port(), tmp_path_factory.mktemp("server")
    process = subprocess.Popen(
        [command, "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address, until = f"http://127.0.0.1:{port}", time.monotonic() + A_WHILE_S
    while not answers(f"{address}/api/v2/heartbeat"):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.1)
    yield address
    process.kill()
    process.wait()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return write_scripts(tmp_path / "in", 40, 12)


def found(folder: Path) -> list[list[str]]:
    """What fifty questions find, in order."""
    drawn = np.random.default_rng(5).normal(size=(50, 8)).astype(np.float32)
    with Archive.open(folder, embedder=None) as store:
        index = open_index(store)
        nearest = [[*index.vectors.search(each / np.linalg.norm(each), 10)] for each in drawn]
        index.close()
        return nearest


def test_it_finds_what_the_folder_finds_to_the_last_id(
    files: list[Path], tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "archive"
    sync_with(files, folder, HashEmbedder())
    embedded = found(folder)
    monkeypatch.setenv("ONRECORD_CHROMA", server)
    assert found(folder) == embedded, "it moves there by itself"
    assert not [*(folder / "chroma-b").glob("chroma.sqlite3"), *(folder / "chroma").glob("chroma.sqlite3")]
    files[0].write_text(script(300, 12))
    assert sync_with(files, folder, HashEmbedder()).summary == "1 updated, 39 unchanged"
    with Archive.open(folder, embedder=None) as store:
        remove(store.entries()[-1].id, folder)
    assert examine(folder).ok
    reindex(folder)
    assert examine(folder).ok
    there = found(folder)
    monkeypatch.delenv("ONRECORD_CHROMA")
    assert found(folder) == there, "and back"
    assert examine(folder).ok


def test_two_archives_and_a_copy_share_a_server_and_not_their_vectors(
    files: list[Path], tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CHROMA", server)
    sync_with(files[:20], tmp_path / "a", HashEmbedder())
    sync_with(files[20:], tmp_path / "b", HashEmbedder())
    shutil.copytree(tmp_path / "a", tmp_path / "copy")
    assert found(tmp_path / "copy") == found(tmp_path / "a") != found(tmp_path / "b")
    with Archive.open(tmp_path / "copy", embedder=None) as store:
        remove(store.entries()[0].id, tmp_path / "copy")
    assert all(examine(tmp_path / name).ok for name in ("a", "b", "copy"))


def test_a_server_that_lost_its_vectors_gets_them_again(
    files: list[Path], tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CHROMA", server)
    sync_with(files[:5], tmp_path / "archive", HashEmbedder())
    before = found(tmp_path / "archive")
    with Archive.open(tmp_path / "archive", embedder=None) as store:
        open_index(store).vectors.discard()
    assert found(tmp_path / "archive") == before


class Gate(BaseHTTPRequestHandler):
    """Lets through to the server behind it whoever has the token."""

    behind = 0
    asked: int
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if self.headers.get("Authorization") != f"Bearer {TOKEN}" or self.headers.get("X-Chroma-Token") != TOKEN:
            status, data = 401, b'{"error": "Unauthorized", "message": "no such token"}'
        else:
            connection = HTTPConnection("127.0.0.1", self.behind)
            connection.request(self.command, self.path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            status, data = answer.status, answer.read()
            connection.close()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET  # noqa: N815
    do_PUT = do_GET  # noqa: N815
    do_DELETE = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def gate(server: str) -> Iterator[str]:
    """A server in front of the other, which wants a token."""
    handler = type("Gate", (Gate,), {"behind": int(server.rsplit(":", 1)[1])})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as front:
        thread = threading.Thread(target=front.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{front.server_address[1]}"
        front.shutdown()
        thread.join()


def test_the_token_is_sent_and_one_that_is_wrong_is_said(
    files: list[Path], tmp_path: Path, gate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CHROMA", gate)
    monkeypatch.setenv("ONRECORD_CHROMA_TOKEN", TOKEN)
    sync_with(files[:3], tmp_path / "archive", HashEmbedder())
    assert found(tmp_path / "archive")[0]
    monkeypatch.setenv("ONRECORD_CHROMA_TOKEN", "wrong")
    with pytest.raises(StorageError, match="ONRECORD_CHROMA_TOKEN") as refused:
        found(tmp_path / "archive")
    assert "wrong" not in str(refused.value).replace("wrong token", "")


def test_a_server_that_is_not_there_is_said(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("ONRECORD_CHROMA", address)
    with pytest.raises(StorageError, match=address):
        sync_with(files[:1], tmp_path / "archive", HashEmbedder())


@pytest.mark.parametrize("wrong", ["127.0.0.1:8000", "ftp://host", "http://", "http://host:port", "http://host/path"])
def test_an_address_that_is_none_is_said(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CHROMA", wrong)
    with pytest.raises(StorageError, match="Write it like"):
        chroma_server("id")


def test_options_of_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chroma_server("id") is None
    monkeypatch.setenv("ONRECORD_CHROMA", "https://vectors.example.org")
    monkeypatch.setenv("ONRECORD_CHROMA_CA", "/etc/ssl/own.pem")
    server = chroma_server("id")
    assert server == ChromaServer(
        "https://vectors.example.org", "vectors.example.org", 443, True, "id", "", "/etc/ssl/own.pem"
    )
    assert server.headers == {}
