"""What can go wrong when the page is put on the network.

UiError
├── AddressError      the host and port cannot be listened on: taken, forbidden, or not this machine's
├── OpenDoorError     others could reach the page, and it was not said whom to let in
├── UsersFileError    the users file is missing, does not read or cannot be written
└── McpMissing        --mcp was asked for and its library is not installed
"""

from __future__ import annotations


class UiError(Exception):
    """Root of everything `ui` raises on purpose."""


class AddressError(UiError):
    """The page cannot be served there; the message says why and which option to change."""


class OpenDoorError(UiError):
    """Others could reach the page and nobody has said who may; the message names the options."""


class UsersFileError(UiError):
    """A users file cannot be used; the message names file and line, and what to do."""


class McpMissing(UiError):
    """The Model Context Protocol's library is not installed; the message says how to get it."""
