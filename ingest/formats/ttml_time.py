"""The times of TTML: "00:01:02.5", "00:01:02:12" in frames, "62.5s", "1200t" in ticks (TTML2, section 12.3).

Mended, because nothing else can be meant: one digit for the hours, hours left out, a comma for the point,
and seconds without a unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

_CLOCK = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d(?:[.,]\d{1,9})?)")
_FRAMES = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)[:;](\d{1,3})(?:\.\d{1,3})?")
_OFFSET = re.compile(r"(\d{1,12}(?:[.,]\d{1,9})?)(h|m|s|ms|f|t|)")
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000), "": Fraction(1)}
_NUMBER = re.compile(r"[1-9]\d{0,8}")
_RATIO = re.compile(r"([1-9]\d{0,5})[ :]([1-9]\d{0,5})")
_DROPPED_A_MINUTE = {"dropNTSC": 2, "dropPAL": 4}


@dataclass(frozen=True, slots=True)
class Rates:
    """How a document counts: nominal and true frames a second, ticks a second, timecode and what it drops."""

    nominal: int = 30
    frames: Fraction = Fraction(30)
    ticks: Fraction = Fraction(1)
    timecode: bool = False
    dropped: int = 0

    @classmethod
    def of(cls, stated: Mapping[str, str]) -> Rates:
        """The rates that the attributes of the root element state; those of the standard where they do not."""
        given = _NUMBER.fullmatch(stated.get("frameRate", ""))
        ratio = _RATIO.fullmatch(stated.get("frameRateMultiplier", ""))
        nominal = int(given[0]) if given else 30
        frames = nominal * (Fraction(int(ratio[1]), int(ratio[2])) if ratio else 1)
        ticks = _NUMBER.fullmatch(stated.get("tickRate", ""))
        return cls(
            nominal=nominal,
            frames=Fraction(frames),
            ticks=Fraction(int(ticks[0])) if ticks else (Fraction(frames) if given else Fraction(1)),
            timecode=stated.get("timeBase") == "smpte",
            dropped=_DROPPED_A_MINUTE.get(stated.get("dropMode", ""), 0),
        )

    def milliseconds(self, text: str) -> int | None:
        """The milliseconds of a time expression, None when it is none."""
        text = text.strip()
        for pattern, reader in ((_OFFSET, self._offset), (_CLOCK, self._clock), (_FRAMES, self._counted)):
            match = pattern.fullmatch(text)
            if match:
                return round(reader(match) * 1000)
        return None

    def _offset(self, match: re.Match[str]) -> Fraction:
        amount, unit = Fraction(match[1].replace(",", ".")), match[2]
        rate = {"f": self.frames, "t": self.ticks}.get(unit)
        return amount / rate if rate else amount * _SECONDS[unit]

    def _clock(self, match: re.Match[str]) -> Fraction:
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + Fraction(match[3].replace(",", "."))

    def _counted(self, match: re.Match[str]) -> Fraction:
        hours, minutes, seconds, frame = map(int, match.groups())
        whole = hours * 3600 + minutes * 60 + seconds
        if not self.timecode:
            return whole + frame / self.frames
        minute = whole // 60
        return (whole * self.nominal + frame - self.dropped * (minute - minute // 10)) / self.frames
