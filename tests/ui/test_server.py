"""An address that cannot be listened on is explained; one that can is served, by one page at a time."""

from __future__ import annotations

import errno
import logging
import socket
import urllib.error
import urllib.request
from asyncio import CancelledError
from contextlib import ExitStack, closing

import pytest

from tests.ui.fakes import FakeEngine
from ui.app import running, serve, tell_address
from ui.errors import AddressError
from ui.server import LOOPBACK, listen, reason, url


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        text: str = answer.read().decode()
    return text


def test_a_port_in_use_is_named_with_the_option_to_change() -> None:
    with closing(listen(LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=rf"Port {port} is already in use .* --port {port + 1}"):
            serve(FakeEngine(), port=port)


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_port_that_is_none_is_explained(port: int) -> None:
    with pytest.raises(AddressError, match=f"{port} is no port. .* --port 7860"):
        listen(LOOPBACK, port)


@pytest.mark.parametrize(
    ("error", "port", "told"),
    [
        (
            OSError(errno.EADDRINUSE, "x"),
            7860,
            "Port 7860 is already in use on news. Choose another, for example: --port 7861",
        ),
        (
            OSError(errno.EADDRINUSE, "x"),
            65_535,
            "Port 65535 is already in use on news. Choose another, for example: --port 7860",
        ),
        (
            OSError(errno.EACCES, "x"),
            80,
            "Port 80 needs administrator rights. Choose another, for example: --port 7860",
        ),
        (
            OSError(errno.EADDRNOTAVAIL, "x"),
            80,
            "news is not an address of this machine, so nothing can be served there.",
        ),
        (
            socket.gaierror(-2, "Name not known"),
            80,
            "Nothing can be served on news:80: [Errno -2] Name not known.",
        ),
    ],
)
def test_every_refusal_of_the_system_has_its_sentence(error: OSError, port: int, told: str) -> None:
    assert reason(error, "news", port) == told


def test_the_port_is_free_again_after_serving() -> None:
    with running(FakeEngine(), port=0) as address:
        port = int(address.rpartition(":")[2])
        assert "On the Record" in get(address)
    listen(LOOPBACK, port).close()
    with pytest.raises(urllib.error.URLError):
        get(address)


def test_the_address_is_told_once_the_page_answers() -> None:
    pages: list[str] = []

    def announce(address: str) -> None:
        pages.append(get(address))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        serve(FakeEngine(), port=0, announce=announce)
    assert "<gradio-app" in pages[0]


def test_the_address_is_printed_where_a_person_sees_it(capsys: pytest.CaptureFixture[str]) -> None:
    tell_address("http://127.0.0.1:7860")
    assert "On the Record is ready: http://127.0.0.1:7860\n  Press Ctrl-C to stop." in capsys.readouterr().out


def test_a_page_that_is_open_at_the_end_makes_no_noise(capfd: pytest.CaptureFixture[str]) -> None:
    with ExitStack() as stack:
        address = stack.enter_context(running(FakeEngine(), port=0))
        with urllib.request.urlopen(f"{address}/gradio_api/heartbeat/tab", timeout=30) as stream:
            assert b"ALIVE" in stream.readline()
            stack.close()
            assert b"ALIVE" not in stream.read()
    assert capfd.readouterr() == ("", "")


def test_a_stream_that_is_cut_off_is_not_told_but_other_failures_are() -> None:
    log = logging.getLogger("uvicorn.error")
    cut = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "x", (), (CancelledError, CancelledError(), None))
    other = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "x", (), (OSError, OSError(), None))
    with running(FakeEngine(), port=0):
        assert not log.filter(cut)
        assert log.filter(other)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("::1", "http://[::1]:80"), ("news", "http://news:80")],
)
def test_addresses_are_written_as_a_browser_takes_them(host: str, address: str) -> None:
    assert url(host, 80) == address


def test_two_pages_can_be_served_side_by_side() -> None:
    with running(FakeEngine(), port=0) as one, running(FakeEngine(), port=0) as other:
        assert one != other
        assert get(one)
        assert get(other)


def test_ipv6_loopback_is_served_where_there_is_one() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 loopback here")
    with running(FakeEngine(), host="::1", port=0) as address:
        assert address.startswith("http://[::1]:")
        assert get(address)
