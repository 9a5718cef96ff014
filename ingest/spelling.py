"""How a transcript spells its words, learnt from its text: Huawei, iPhone, ESA, van Gogh.

It only counts; the rules for words it has not seen are in `speakers`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

_ASIDE = re.compile(r"\([^()]*\)")
_MIXED_PREFIX = re.compile(r"\b(?:Mc|Mac|De|Di|Du|La|Le|Fitz)(?=[A-Z]{2})")
_LOW_PARTICLE = re.compile(r"\b(?:al|bin|da|de|del|der|di|ibn|la|van|von)\b")
_WORD = re.compile(r"[^\W\d_](?:[.'’&-]?\w)*")


def is_shouted(text: str) -> bool:
    """Whether the text is in capitals as labels are: "JOHN McCAIN (voice-over)" is, "Speaker 1" is not."""
    text = _LOW_PARTICLE.sub("", _MIXED_PREFIX.sub("", _ASIDE.sub("", text)))
    return text.upper() == text and text.lower() != text


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a transcript spells its words: for each word in capitals, its spellings and their number."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Spelling:
        """The spelling of the texts. A text in capitals throughout teaches nothing."""
        words = Counter(word for text in texts if not text.isupper() for word in _WORD.findall(text))
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for word, times in words.items():
            counts[_key(word)][word] = times
        return cls(dict(counts))

    def cased(self, word: str, *, acronyms: bool) -> str | None:
        """The commonest spelling that has a capital in it, None when there is none.

        Spellings all in capitals count only with `acronyms`.
        """
        found = self._found(word)
        fit = [each for each in found if each != each.lower() and (acronyms or each != each.upper())]
        return max(fit, key=lambda each: (found[each], each), default=None)

    def prefers_capital(self, word: str) -> bool:
        """Whether the word is written with a capital more often than small."""
        found = self._found(word)
        small = sum(times for each, times in found.items() if each == each.lower())
        return sum(found.values()) - small > small

    def inside_sentence(self, word: str) -> str:
        """The word with its capitals if the transcript never writes it small, else as given."""
        small = any(each == each.lower() for each in self._found(word))
        return word if small else self.cased(word, acronyms=True) or word

    def knows(self, word: str) -> bool:
        """Whether the transcript has the word."""
        return _key(word) in self.counts

    def _found(self, word: str) -> Counter[str]:
        return self.counts.get(_key(word), Counter())


def _key(word: str) -> str:
    return word.upper().replace("’", "'")
