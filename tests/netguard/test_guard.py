"""The guard stops what would leave this machine, tells of it, and lets loopback through."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.netguard.sitecustomize import OutsideNetworkError, is_local

ELSEWHERE = "192.0.2.1"  # RFC 5737: an address that nobody has


@pytest.fixture
def told(outside_tries: Path) -> Iterator[Callable[[], str]]:
    """What the guard has written down; emptied afterwards, for these tests provoke it."""
    yield outside_tries.read_text
    outside_tries.write_text("")


def test_connecting_to_another_host_fails_and_is_told(told: Callable[[], str]) -> None:
    with closing(socket.socket()) as connection, pytest.raises(OutsideNetworkError, match=ELSEWHERE):
        connection.connect((ELSEWHERE, 80))
    assert ELSEWHERE in told()


def test_looking_up_another_host_fails_and_is_told(told: Callable[[], str]) -> None:
    with pytest.raises(OutsideNetworkError):
        socket.getaddrinfo("example.invalid", 443)
    assert "example.invalid" in told()


def test_a_started_process_is_guarded_too(told: Callable[[], str]) -> None:
    code = f"import socket; socket.create_connection(('{ELSEWHERE}', 80))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "OutsideNetworkError" in done.stderr
    assert ELSEWHERE in told()


def test_loopback_is_let_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        there = socket.create_connection(("localhost", server.getsockname()[1]))
        assert there.getpeername() == server.getsockname()
        there.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost", b"localhost", "", None])
def test_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", [ELSEWHERE, "10.0.0.1", "fe80::1%eth0", "localhost.invalid", b"a.invalid"])
def test_not_local(host: object) -> None:
    assert not is_local(host)
