"""What a transcript is, once it has been read: turns, passages, and how the two hang on one text.

Time is integer milliseconds from the start of the recording; offsets are characters of `Transcript.text`.
Nothing here knows about files, formats or storage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ingest.repairs import told


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of one speaker's words.

    `speaker` is None for narration and for speech nobody is named for. `label` is the speaker as the file wrote it
    ("KEVIN HO, PRESIDENT HUAWEI HANDSET PRODUCT LINE"), `speaker` and `role` are its readable form. `interpolated`
    says that the times were worked out from the length of the recording and not stated by the file, `opens_story` that
    the file itself parts two stories before it: ">>>", a break, a rule, a heading.
    """

    index: int
    speaker: str | None
    role: str | None
    start_ms: int | None
    end_ms: int | None
    text: str
    char_start: int
    label: str | None = None
    interpolated: bool = False
    opens_story: bool = False

    @property
    def char_end(self) -> int:
        """Offset just past the last character of the turn in `Transcript.text`."""
        return self.char_start + len(self.text)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One broadcast, interview or briefing. `text[turn.char_start:turn.char_end] == turn.text` for every turn.

    `source` is the outlet, or the programme where no outlet is stated. `language` is a BCP 47 tag; `published_at` has
    its offset and falls on the day `published`. `origins` tells by a fact's name where it comes from: "front matter".
    What was put right in the file is told there too (`mended`).
    """

    id: str
    title: str
    source: str | None
    published: date | None
    url: str | None
    media_url: str | None
    duration_ms: int | None
    turns: tuple[Turn, ...] = field(repr=False)
    text: str = field(repr=False)
    format: str = "script"
    programme: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    origins: Mapping[str, str] = field(default_factory=dict, hash=False, repr=False)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everyone named as speaking, in order of first appearance."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))

    @property
    def words(self) -> int:
        """White-space separated words in the text."""
        return len(self.text.split())

    @property
    def mended(self) -> tuple[str, ...]:
        """What was put right in the file as it was read, a phrase each: "12 cues ended before they began; …"."""
        return told(self.origins)

    def turn_at(self, char: int) -> Turn:
        """The turn that covers the character, or the last one that begins before it.

        Raises ValueError when the transcript has no turn at or before it.
        """
        covering = [turn for turn in self.turns if turn.char_start <= char]
        if not covering:
            raise ValueError(f"no turn begins at or before character {char} of transcript {self.id}")
        return covering[-1]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences, the unit of retrieval: `transcript.text[char_start:char_end] == text`.

    `first_turn` and `last_turn` are the indexes of the first and the last turn it touches, both inclusive.
    """

    id: str
    transcript_id: str
    first_turn: int
    last_turn: int
    char_start: int
    char_end: int
    speakers: tuple[str, ...]
    start_ms: int | None
    end_ms: int | None
    text: str
    interpolated: bool = False
