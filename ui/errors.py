"""What can go wrong when the page is put on the network.

UiError
└── AddressError      the host and port cannot be listened on: taken, forbidden, or not this machine's
"""

from __future__ import annotations


class UiError(Exception):
    """Root of everything `ui` raises on purpose."""


class AddressError(UiError):
    """The page cannot be served there; the message says why and which option to change."""
