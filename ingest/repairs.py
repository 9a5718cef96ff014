"""What the reader put right in a file, told in a phrase each: "12 cues ended before they began; …".

A transcript carries them beside the origins of its facts, under MENDED, so that they are stored and shown with it.
Wording only; what is mended is decided where it is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MENDED = "mended"
_LONGEST_EXAMPLE = 30


def told(origins: Mapping[str, str]) -> tuple[str, ...]:
    """The phrases among the origins of a transcript's facts; none where nothing was mended."""
    return tuple(filter(None, origins.get(MENDED, "").split("\n")))


def telling(repairs: Sequence[str]) -> dict[str, str]:
    """The phrases as an entry of the origins, each once; no entry where there are none."""
    return {MENDED: "\n".join(dict.fromkeys(repairs))} if repairs else {}


def early_ends(count: int, what: str) -> tuple[str, ...]:
    """Of times that end before they begin; `what` has them ("cue")."""
    if not count:
        return ()
    verb = "its end was" if count == 1 else "their ends were"
    return (f"{_counted(count, what)} ended before {_they(count)} began; {verb} taken from the next {what}.",)


def slips(count: int) -> tuple[str, ...]:
    """Of times that end up to a second before they begin."""
    if not count:
        return ()
    verb = "it now ends where it begins" if count == 1 else "they now end where they begin"
    return (f"{_counted(count, 'time')} ended up to a second before {_they(count)} began; {verb}.",)


def backward_times(count: int) -> tuple[str, ...]:
    """Of places where a time is earlier than the one before it."""
    return (f"Times run backwards at {_counted(count, 'place')}; the order of the file was kept.",) if count else ()


def other_encoding(name: str) -> tuple[str, ...]:
    """Of a file whose bytes are not the UTF-8 that they should be, read as the only thing that they can be."""
    return (f"The file is no UTF-8; it was read as {name}.",)


def garbled_words(words: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Of words that had been read in a wrong encoding: as they stood and as they are now."""
    if not words:
        return ()
    was, now = (each[:_LONGEST_EXAMPLE] for each in words[0])
    return (f"{_counted(len(words), 'word')} garbled by a wrong encoding put right, such as “{now}” for “{was}”.",)


def spelt_entities(count: int) -> tuple[str, ...]:
    """Of HTML entities in plain text."""
    return (f"{_counted(count, 'HTML entity', 'HTML entities')} in plain text spelt out.",) if count else ()


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _they(count: int) -> str:
    return "it" if count == 1 else "they"
