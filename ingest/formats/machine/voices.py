"""Who speaks, where a machine tells voices apart and knows no names: SPEAKER_00, spk_0, A and 0 are Speaker 1.

Counted from 1 for people, whatever the machine counts from. Such a label is never taken for anybody: the
same label in another file, and sometimes in the same one, is another voice. Names that people wrote in
("Ann Lee") are read as in any other transcript.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.formats.cast import Cast, Person
from ingest.spelling import Spelling

_NUMBERED = re.compile(r"(?:speaker|spk|voice|s)?[ _-]?(?P<number>\d{1,4})", re.IGNORECASE)
_READABLE = re.compile(r"(?P<kind>Speaker|Channel|Unknown Speaker|Guest|Person)[ -](?P<number>\d{1,4})", re.IGNORECASE)
_CHANNEL = re.compile(r"(?P<channel>Channel \d{1,4}), (?P<voice>.+)")
_LETTER = re.compile(r"(?:speaker[ _-])?(?P<letter>[A-Z])", re.IGNORECASE)
_UNKNOWN = re.compile(r"(?:speaker[ _-]?)?(?:unknown|uu|unk|none|null|\?)(?:[ _-]?speaker)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Voices:
    """The speakers of one transcript by label; None stands for a voice that is not told from others."""

    people: Mapping[str, Person | None]

    @classmethod
    def of(cls, labels: Iterable[str], texts: Iterable[str], *, first: int, title: str | None = None) -> Voices:
        """Whom the labels mean. `first` is the number that the machine gives to its first voice, 0 or 1."""
        known = list(dict.fromkeys(labels))
        shown = {label: readable_voice(label, first) for label in known}
        times = Counter(shown.values())
        named = [label for label in known if shown[label] is None and not _UNKNOWN.fullmatch(label)]
        cast = Cast(title, Spelling.of(texts if named else ()), named)
        people: dict[str, Person | None] = {}
        for label in known:
            voice = shown[label]
            machine = Person(label if times[voice] > 1 else voice, None, shared=True) if voice else None
            people[label] = machine or (cast.person(label) if label in named else None)
        return cls(people)


def readable_voice(label: str, first: int) -> str | None:
    """ "Speaker 1" of a machine's label, None of a name. A label in words for people stays as it is."""
    channel = _CHANNEL.fullmatch(label)
    if channel:
        return f"{channel['channel']}, {readable_voice(channel['voice'], first) or channel['voice']}"
    readable = _READABLE.fullmatch(label)
    if readable:
        return f"{readable['kind'].title()} {int(readable['number'])}"
    letter = _LETTER.fullmatch(label)
    if letter:
        return f"Speaker {ord(letter['letter'].upper()) - ord('A') + 1}"
    numbered = _NUMBERED.fullmatch(label)
    return f"Speaker {int(numbered['number']) - first + 1}" if numbered else None
