"""Lets no Python process reach a host other than this machine, and keeps a list of every try.

Importing it is enough. With this folder on PYTHONPATH every Python process imports it when it starts. It is
an audit hook (PEP 578): it sees what any library does through `socket`, and nothing is replaced. Tries are
written to the file that ONRECORD_NETGUARD_LOG names, since a library may swallow the error it gets.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys

LOG = "ONRECORD_NETGUARD_LOG"
_HOST_EVENTS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyname_ex"})
_ADDRESS_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})


class OutsideNetworkError(ConnectionError):
    """A test, or something it started, tried to reach another host."""


def is_local(host: object) -> bool:
    """Whether the host is loopback: no name, "localhost", 127.0.0.0/8, ::1 or the wildcard."""
    text = host.decode() if isinstance(host, bytes) else host
    if text in {None, "", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(str(text).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event in _HOST_EVENTS:
        _check(arguments[0])
    elif event in _ADDRESS_EVENTS:
        connection, address = arguments[0], arguments[-1]
        if isinstance(address, tuple) and getattr(connection, "family", None) in _INTERNET:
            _check(address[0])


def _check(host: object) -> None:
    if is_local(host):
        return
    if log := os.environ.get(LOG):
        with open(log, "a", encoding="utf-8") as file:  # noqa: PTH123 - pathlib may not be loaded this early
            file.write(f"{host} from {' '.join(sys.orig_argv)[:200]}\n")
    raise OutsideNetworkError(f"{host} is not this machine, and tests reach no other")


sys.addaudithook(_hook)
