"""Where a recording plays from a given second: one rule for each sort of address, a media fragment for the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from ui.escape import LINKABLE

_YOUTUBE = re.compile(r"(?:.+\.)?(?:youtube\.com|youtube-nocookie\.com)|youtu\.be")
_ARCHIVE = re.compile(r"(?:www\.)?archive\.org")
_ITEM = re.compile(r"/details/[^/]+")
_PLAYED = frozenset("aac flac m3u8 m4a m4v mkv mov mp3 mp4 mpeg mpg oga ogg ogv opus wav weba webm".split())

Rule = Callable[[SplitResult, int], SplitResult]


def at_second(url: str | None, start_ms: int | None, *, recording: bool = True) -> str | None:
    """The address of the recording at that time, or as it is where no time is known; None where it is none of the web.

    YouTube takes `?t=`, archive.org `/start/`, any other the media fragment `#t=` (W3C Media Fragments URI 1.0).
    With `recording` False the address may be a page: only what is known to play gets a time, the rest is left alone.
    """
    try:
        parts = urlsplit(url or "")
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme.lower() not in LINKABLE or not host:
        return None
    rule = _rule(host.lower(), parts.path, recording)
    if start_ms is None or start_ms < 0 or rule is None:
        return url
    return urlunsplit(rule(parts, start_ms // 1000))


def _rule(host: str, path: str, recording: bool) -> Rule | None:
    if _YOUTUBE.fullmatch(host):
        return _in_query
    if _ARCHIVE.fullmatch(host) and _ITEM.match(path):
        return _in_path
    plays = path.rpartition(".")[2].lower() in _PLAYED
    return _in_fragment if recording or plays else None


def _in_query(parts: SplitResult, second: int) -> SplitResult:
    told = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in told if name not in {"t", "start"}]
    return parts._replace(query=urlencode([*kept, ("t", second)]), fragment="")


def _in_path(parts: SplitResult, second: int) -> SplitResult:
    item = parts.path.partition("/start/")[0].rstrip("/")
    return parts._replace(path=f"{item}/start/{second}", fragment="")


def _in_fragment(parts: SplitResult, second: int) -> SplitResult:
    return parts._replace(fragment=f"t={second}")
