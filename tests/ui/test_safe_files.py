"""No route gives a file of the machine, whatever path is asked for; of Gradio's routes only those needed are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

import gradio as gr
import pytest
from starlette.routing import Mount, Route

from rag import Engine
from tests.ui.served import raw
from ui.app import application, running
from ui.guard import is_open

SECRETS = (b"root:", b"SQLite format 3", b"[project]")
STREAMS = ("/gradio_api/heartbeat", "/gradio_api/call")
_HOLES = re.compile(r"\{[^}]+\}")


@pytest.fixture(scope="module")
def routes(own_archive: Path) -> list[Route]:
    with Engine(own_archive) as engine:
        outer = application(engine, archive=own_archive).routes
    inner = next(each.app for each in outer if isinstance(each, Mount) and isinstance(each.app, gr.routes.App))
    assert isinstance(inner, gr.routes.App)
    routers = [router for each in inner.routes if (router := getattr(each, "original_router", None))]
    within = [route for router in routers for route in router.routes]
    return [each for each in (*outer, *inner.routes, *within) if isinstance(each, Route)]


@pytest.fixture(scope="module")
def address(own_archive: Path) -> Iterator[str]:
    with Engine(own_archive) as engine, running(engine, port=0, archive=own_archive) as at:
        yield at


def wanted(own_archive: Path) -> list[str]:
    """Files of the machine, written in the ways that get past careless checks."""
    database = next(path for path in own_archive.iterdir() if path.is_file() and path.read_bytes()[:6] == b"SQLite")
    plain = ["/etc/passwd", str(database), str(Path("pyproject.toml").resolve())]
    up = ["../" * 12 + each.lstrip("/") for each in plain]
    return [
        *plain,
        *up,
        *(quote(each, safe="") for each in (*plain, *up)),
        *(quote(quote(each, safe=""), safe="") for each in up),
        *(each.replace("../", "..\\") for each in up),
        *(f"file://{each}" for each in plain),
        "..%2f..%2f..%2fetc%2fpasswd%00.png",
    ]


def test_no_route_gives_a_file_of_the_machine(address: str, own_archive: Path, routes: list[Route]) -> None:
    with_holes = [route.path for route in routes if _HOLES.search(route.path)]
    assert {"/gradio_api/file={path_or_url:path}", "/static/{path:path}", "/assets/{path:path}"} <= {*with_holes}
    for path, file in product(with_holes, wanted(own_archive)):
        status, body = raw(address, file.join(_HOLES.split(path)).replace("//", "/").replace(" ", "%20"))
        assert not any(secret in body for secret in SECRETS), (path, file, status)
        if not path.startswith(STREAMS):
            assert status in {400, 401, 403, 404, 405, 422}, (path, file, status)


def test_every_route_is_either_needed_or_not_there(address: str, routes: list[Route]) -> None:
    shut = {
        (method, route.path)
        for route in routes
        for method in route.methods or ()
        if not is_open(method, _HOLES.sub("x", route.path))
    }
    for name in ("file=", "proxy=", "custom_component", "vibe-edit", "dev/reload", "deep_link", "process_recording"):
        assert any(name in path for _, path in shut), name
    for method, path in shut:
        assert raw(address, _HOLES.sub("x", path), method)[0] == 404, (method, path)


def test_no_file_is_fetched_from_elsewhere_on_our_behalf(address: str) -> None:
    for path in ("/gradio_api/file=http://192.0.2.1/x", "/gradio_api/proxy=http://192.0.2.1/x"):
        assert raw(address, path)[0] == 404
