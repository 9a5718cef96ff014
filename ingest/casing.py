"""Captions in capitals, or all in small letters, as one reads them: in sentence case. For display only.

The archive keeps the words as they are. The result has the length of the text, and each character is the same letter;
what has no counterpart of one character (ß, İ, ligatures) stays. Where names begin is known from the names given and
from a table, and guessed for nothing else. The rules are those of English; another language stays as it is, since
nothing tells its names, or a German's nouns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from ingest.proper_words import COMMON_NAMES, KEPT_SMALL, PHRASES, WORDS
from ingest.sentences import sentences
from ingest.speakers import readable_word
from ingest.spelling import Spelling

_FEWEST_LETTERS, _FEWEST_WORDS, _SAMPLE_CHARS = 120, 12, 50_000
_LONGEST_NAME, _MOST_NAMES = 4, 500
_PARTICLES = frozenset("al and bin da de del den der di du el ibn la le of the van von y".split())
_ENGLISH = frozenset(
    """
    about and are been but from had has have he her his it's not said she that that's the their there they this we
    were what when which who will with would you your
    """.split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SPOKEN = re.compile(r"(?<!\S)[\"“‘(\[]?[^\W\d_]+(?:['’-][^\W\d_]+)*[.,?!…;:\"”’)\]]*(?!\S)")
_GAP = re.compile(r"(?:^|[.?!…][\"”’')\]]*\s|\n)\s*$")
_LEAD = re.compile(r"[^\w\[(]*(?:[\[(](?P<aside>[^\])]{0,80})[\])]\W*)?")
_HOUR = re.compile(r"\d\s?$")
_VOWEL = re.compile(r"[aeiouyà-öø-ÿ]")
_MONTHS = "may|march|august"
_RAISED = re.compile(
    r"""(?<![\w'’.])(?: (?<=\bthe\ )us
    | us(?=\s(?:president|troops|officials?|forces|military|senat(?:e|ors?)|government|army|navy|embassy|dollars?
            |economy|citizens?|soldiers?|marines?|supreme|house|congress|intelligence|treasury|state|secretary)\b)
    | (?<=\bthe\ )who(?=\s(?:said|says|has|declared|warns|warned|director)\b)
    | i(?!\.e\.) | ii | iii | iv | vi | vii | viii | ix | xi | xii | xiii | xiv
    | [a-z]{2}\d+ | [a-z]-?\d+ | \d[dg]
    | (?!(?:[ap]\.m|i\.e|e\.g|a\.k\.a)\.)(?:[a-z]\.){2,} | [b-hj-z]\.(?=\s[^\W\d_])
    )(?!\w(?<!\ds))""",
    re.VERBOSE,
)
_BEGUN = re.compile(
    rf"""\b(?:in|of|last|next|since|until|by|early|late|mid)\ (?P<month>{_MONTHS})\b
    | \b(?P<dated>{_MONTHS})(?=\ \d)
    | \b(?P<title>mr|mrs|ms|dr|(?:adm|capt|col|gen|gov|lt|maj|prof|reps?|rev|sens?|sgt|st)(?=\.))\.?\ (?P<name>[^\W\d_])
    | \b[a-z]\.\ [a-z]\.\ (?P<surname>[^\W\d_]) | [,:]\s[\"“‘](?P<quoted>[^\W\d_])""",
    re.VERBOSE,
)
_OFFICE = re.compile(
    r"\b(?:vice )?(?:ambassador|chancellor|congress(?:wo)?man|general|governor|justice|king|mayor|minister|pope"
    r"|president|prince(?:ss)?|professor|queen|representative|secretary|senator)(?=\s(?!\w+day\b)[A-Z][a-z])"
)


class Style(Enum):
    """What is wrong with a text's capitals: there is nothing else, or there are none."""

    SHOUTED = "capitals"
    SMALL = "small letters"


@dataclass(frozen=True, slots=True)
class Casing:
    """How the texts of one transcript are shown. Without a `style` they are shown as they are."""

    style: Style | None
    names: Spelling
    phrases: re.Pattern[str]
    spelt: dict[str, str]

    @classmethod
    def of(cls, sample: str, names: Iterable[str] = (), titles: Iterable[str] = ()) -> Casing:
        """The casing for a transcript, judged by `sample`, its text or what there is of it.

        All words of `names` are parts of names; of `titles` only those with a capital among small ones.
        """
        style = _style(sample[:_SAMPLE_CHARS])
        known = tuple(dict.fromkeys(names))[:_MOST_NAMES] if style else ()
        phrases = {each.lower(): each for each in (*PHRASES, *filter(_is_whole_name, known))} if style else {}
        longest = sorted(phrases, key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
        words = [*chain.from_iterable(map(_name_words, known)), *chain.from_iterable(map(_title_words, titles))]
        return cls(style, Spelling.of([" ".join(words)]), pattern, phrases)

    def readable(self, text: str) -> str:
        """The text in sentence case; the same object where it has capitals as it should, or is not of this style."""
        if not self.style or not _agrees(text, self.style):
            return text
        base = "".join(map(_small, text))
        shown = list(base if self.style is Style.SHOUTED else text)
        for start, word in self._words(base):
            _put(shown, start, word)
        for match in _OFFICE.finditer("".join(shown)):
            _put(shown, match.start(), match[0].title())
        for at in _sentence_starts(base):
            shown[at] = _capital(shown[at])
        return "".join(shown)

    def _words(self, base: str) -> Iterator[tuple[int, str]]:
        for match in _WORD.finditer(base):
            word = self._spelt(match[0])
            if word and not (match[0] == "pm" and _HOUR.search(base, max(0, match.start() - 2), match.start())):
                yield match.start(), word
        for match in self.phrases.finditer(base):
            yield match.start(), self.spelt[match[0]]
        for match in _RAISED.finditer(base):
            yield match.start(), "".join(map(_capital, match[0]))
        for match in _BEGUN.finditer(base):
            for group in filter(None, match.groupdict()):
                if match[group]:
                    yield match.start(group), _begun(match[group])

    def _spelt(self, word: str) -> str | None:
        head, mark, tail = _parted(word)
        if head in ("o", "d") and len(tail) > 2 and tail != "clock":
            return f"{head.upper()}{mark}{_begun(tail)}"
        known = WORDS.get(head) or readable_word(head, self.names)
        if known != head:
            return known
        if head.startswith("mc") and len(head) > 4:
            return "Mc" + _begun(head[2:])
        singular = head[:-1] if head.endswith("s") and len(head) > 2 else head
        one = WORDS.get(singular) or readable_word(singular, Spelling())
        if one != singular:
            return one
        acronym = self.style is Style.SHOUTED and len(head) > 1 and head.isalpha() and not _VOWEL.search(head)
        return head.upper() if acronym and head not in KEPT_SMALL else None


def readable(text: str, names: Iterable[str] = ()) -> str:
    """The text in sentence case if it is English all in capitals or all in small letters, else the same object.

    `names` are people and titles it speaks of, spelt as they should be. Too short a text to tell stays as it is.
    """
    return Casing.of(text, names).readable(text)


def _style(sample: str) -> Style | None:
    capitals, small = _counts(sample)
    if capitals + small < _FEWEST_LETTERS or len(_SPOKEN.findall(sample)) < _FEWEST_WORDS:
        return None
    style = Style.SHOUTED if 20 * small <= capitals else Style.SMALL if 200 * capitals <= small else None
    return style if style and _is_english(sample) else None


def _agrees(text: str, style: Style) -> bool:
    capitals, small = _counts(text)
    return 4 * small <= capitals if style is Style.SHOUTED else 50 * capitals <= small


def _counts(text: str) -> tuple[int, int]:
    """How many capitals and small letters there are, of scripts that begin sentences with capitals."""
    return sum(_small(char) != char for char in text), sum(_capital(char) != char for char in text)


def _is_english(sample: str) -> bool:
    words = _WORD.findall(sample.lower())
    return 15 * sum(word in _ENGLISH for word in words) >= len(words)


def _is_whole_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and _is_person(words) and not COMMON_NAMES.issuperset(map(str.lower, words))


def _is_person(words: list[str]) -> bool:
    return len(words) <= _LONGEST_NAME and all(word[:1].isupper() or word in _PARTICLES for word in words)


def _name_words(name: str) -> Iterator[str]:
    """The words of a name that are names by themselves; what is no name may be a title."""
    words = [match[0] for match in _WORD.finditer(name)]
    yield from filter(_is_name, words) if _is_person(words) else _title_words(name)


def _title_words(title: str) -> Iterator[str]:
    """The words that have a capital in a title where not every word has one."""
    words = [match[0] for match in _WORD.finditer(title)][1:]
    small = sum(map(str.islower, words))
    yield from filter(_is_name, words) if small and 2 * small >= len(words) else ()


def _is_name(word: str) -> bool:
    return not word.islower() and len(word) > 2 and word.lower() not in COMMON_NAMES


def _parted(word: str) -> tuple[str, str, str]:
    at = next((place for place, char in enumerate(word) if char in "'’"), len(word))
    return word[:at], word[at : at + 1], word[at + 1 :]


def _sentence_starts(base: str) -> Iterator[int]:
    for start, end in sentences(base):
        if not _GAP.search(base[max(0, start - 8) : start]) or (start == 0 and base[0] in "…."):
            continue
        lead = _LEAD.match(base, start, end)
        if lead and lead["aside"]:
            yield lead.start("aside")
        if lead and lead.end() < end:
            yield lead.end()


def _put(shown: list[str], start: int, word: str) -> None:
    """Gives the letters there the capitals of the word, as far as they are the same letters."""
    for at, (char, old) in enumerate(zip(word, shown[start : start + len(word)], strict=False), start):
        if _small(char) == _small(old):
            shown[at] = char


def _begun(word: str) -> str:
    return _capital(word[:1]) + word[1:]


def _capital(char: str) -> str:
    """The capital of a letter that has exactly one, else the same."""
    capital = char.title()
    return capital if len(capital) == 1 and capital.lower() == char else char


def _small(char: str) -> str:
    small = char.lower()
    return small if len(small) == 1 and small.title() == char else char
