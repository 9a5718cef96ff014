"""Uploads through the page: too much is told before it is sent, by the server as well, and nothing stays behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import FilePayload, expect

from rag import Engine
from tests.ui.test_serving_roles import event
from tests.ui.visit import Visit
from ui.app import running
from ui.serving import Serving

pytestmark = pytest.mark.browser

WORDS = b"ANN LEE: The zebra named Marmalade escaped from Oslo Zoo on Tuesday morning.\n" * 3
DROP = """(target) => {
  const dropped = new DataTransfer();
  for (const name of ["a.txt", "b.txt", "c.txt"]) dropped.items.add(new File(["words"], name));
  target.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""
Opener = Callable[..., Visit]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gradio's folder for uploads."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def address(own_archive: Path, cache: Path) -> Iterator[str]:
    serving = Serving(files=2, upload_mb=1)
    with Engine(own_archive) as engine, running(engine, port=0, archive=own_archive, serving=serving) as at:
        yield at


def sent(name: str, words: bytes = WORDS) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": words}


def left_in(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


def test_too_much_is_told_and_not_sent_and_what_is_put_in_leaves_nothing_behind(
    visiting: Opener, address: str, cache: Path
) -> None:
    visit = visiting(address)
    visit.page.get_by_role("link", name="Library").click()
    files, told = visit.page.locator("#files input[type=file]"), visit.page.locator("#putting-in [role=status]")
    files.set_input_files([sent(f"{at}.txt") for at in range(3)])
    expect(told).to_have_text("These are 3 files; at most 2 are taken at once. Send fewer.")
    files.set_input_files([sent("long.txt", b"a " * 600_000)])
    expect(told).to_have_text("These files have 2 MB; at most 1 MB are taken at once. Send fewer, or cut them.")
    visit.page.locator("#files button").first.evaluate(DROP)
    expect(told).to_have_text("These are 3 files; at most 2 are taken at once. Send fewer.")
    assert not [each for each in visit.requests if "/upload" in each]
    files.set_input_files([sent("zebra.txt"), sent("broken.txt", b"\x00\x01\x02" * 100)])
    expect(told).to_contain_text("zebra.txt Added")
    expect(told).to_contain_text("broken.txt Not read")
    assert [each for each in visit.requests if "/upload" in each]
    assert left_in(cache) == []


def test_the_server_counts_for_itself_and_lets_go_of_what_it_does_not_take(address: str, cache: Path) -> None:
    files = [("files", (f"{at}.txt", WORDS + str(at).encode())) for at in range(3)]
    places = httpx.post(f"{address}/gradio_api/upload", files=files, timeout=60).json()
    assert len(left_in(cache)) == len(places) == 3
    data = [{"path": place, "meta": {"_type": "gradio.FileData"}} for place in places]
    assert "Send 1 to 2 files at once, not 3." in event(address, "ada", "files", [data])
    assert left_in(cache) == []


def test_an_upload_that_nobody_asked_for_goes_with_the_server(own_archive: Path, cache: Path) -> None:
    with Engine(own_archive) as engine, running(engine, port=0, archive=own_archive) as at:
        httpx.post(f"{at}/gradio_api/upload", files={"files": ("a.txt", WORDS)}, timeout=60)
        assert len(left_in(cache)) == 1
    assert left_in(cache) == []
