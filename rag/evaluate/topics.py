"""What a sentence is about, as words a question can take up: names, and noun phrases with their article. English.

No grammar is parsed. What may end a phrase is learnt from the sentences themselves: a word that somewhere stands alone
between an article and the end of a phrase ("the ship.", "the ship was") is taken for a noun.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from rag.mentions import names_in
from rag.stems import STOPWORDS, content_stems

_ARTICLES = "the|an?|this|these|those|my|our|your|his|her|its|their"
_ENDS = (
    r"(?=\s*(?:[,.;:!?)–—”\"]|\Z)|\s+(?:of|in|on|at|for|from|with|by|to|into|over|under|between|among|is|was|are|were"
    r"|has|have|had|will|would|can|could|must|should|may|might|that|which|who|and|or|but|as|than|because|when|if"
    r"|before|after|during|while|so)\b)"
)
_WORD = r"[^\W\d_]+(?:[-’'][^\W\d_]+)*"
_VERB = re.compile(
    r"\b(?:he|she|it|they|we|I|you|who|will|would|can|could|must|should|may|did|does|do|not) ([a-z]{2,})\b"
)
_ALONE = re.compile(rf"\b(?i:{_ARTICLES}) ([a-z]{{3,}}){_ENDS}")
_PHRASE = re.compile(rf"\b(?P<article>{_ARTICLES}) (?=(?P<words>{_WORD}(?: {_WORD}){{0,3}}))", re.IGNORECASE)
_GOES_ON = re.compile(rf" (?P<joint>of|in) (?P<article>the )?(?P<words>{_WORD}(?: {_WORD}){{0,2}})")
_LOWER = re.compile(r"\b[a-z]{2,}\b")
_VAGUE = frozenset(
    """thing things time times way ways kind sort lot bit case point part place year years day days week weeks month
    months hour hours minute minutes morning afternoon evening night today moment end beginning start side number
    people person man woman men women one reason question questions answer fact idea word words same first second third
    last next latest best worst right left wrong rest other others matter problem issue following present past future
    half couple few many little certain different various great good bad big small new old long short deal top bottom
    height length size middle rise fall chain story news country aim goal need use work job level area president
    secretary minister gentleman lady gentlemen guy guys folks sir""".split()
)
_COUNTS = frozenset("two three four five six seven eight nine ten eleven twelve twenty thirty hundred".split())
_COMMON_VERBS = """
    began bought broke brought built came cut drew drove fell felt flew found gave got grew held kept knew led left lost
    made met paid put ran rose said sat saw sent set sold spent spoke stood thought told took went won wrote comes gets
    gives goes keeps makes remains says takes wants"""
_VERBS = frozenset(_COMMON_VERBS.split())
_INDEFINITE = frozenset({"a", "an"})
_POINTING = frozenset({"this", "these", "those"})
_NAME_BONUS, _OPENING_BONUS, _POINTING_MALUS = 2.0, 1.0, -2.0
_LEADS_IN = re.compile(
    r"\b(?:of|in|on|at|for|from|with|by|to|into|onto|over|under|between|among|above|below|behind|near|off|around|across"
    r"|through|before|after|during|until|since|within|outside|inside|along|past) \Z",
    re.IGNORECASE,
)
_TITLES = frozenset({"Drs", "Messrs", "Sen", "Rep", "Gov", "Gen", "Sgt", "Capt"})
_CALLED = re.compile(r",\s*\Z")


@dataclass(frozen=True, slots=True)
class Topic:
    """Words to ask about ("the sunshield", "Nikola Tesla"), their stems, and how telling they are: higher is better."""

    text: str
    stems: frozenset[str]
    weight: float

    @property
    def is_telling(self) -> bool:
        """Whether it is a name or has several words: "the kuna coins", not "the coins"."""
        return len(self.stems) > 1 or self.text != self.text.lower()


class Topics:
    """Reads topics off sentences, having seen all of the sentences they are to be told apart from."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._where: dict[str, set[int]] = defaultdict(set)
        self._nouns: set[str] = set()
        self._verbs: set[str] = set(_VERBS)
        self._lower: set[str] = set()
        self._count = 0
        for number, sentence in enumerate(sentences):
            self._count = number + 1
            self._nouns.update(_ALONE.findall(sentence))
            self._verbs.update(_VERB.findall(sentence))
            self._lower.update(_LOWER.findall(sentence))
            for stem in content_stems(sentence):
                self._where[stem].add(number)
        self._nouns -= _VAGUE | STOPWORDS

    def of(self, sentence: str) -> tuple[Topic, ...]:
        """The sentence's topics, the most telling first."""
        found = dict([*self._phrases(sentence), *self._names(sentence)])
        topics = [self._topic(text, bonus) for text, bonus in found.items()]
        return tuple(sorted((each for each in topics if each.stems), key=lambda each: (-each.weight, each.text)))

    def holding(self, stems: Iterable[str]) -> set[int]:
        """The numbers of the sentences, in the order given, that have all of the stems."""
        held = [self._where.get(stem, set()) for stem in stems]
        return set.intersection(*held) if held else set()

    def is_noun(self, word: str) -> bool:
        """Whether the word, in lower case, was seen to be one."""
        return word in self._nouns

    def is_common(self, word: str) -> bool:
        """Whether the word was seen in lower case: "Factories" at a sentence's start is no name."""
        return word.lower() in self._lower

    def _topic(self, text: str, bonus: float) -> Topic:
        stems = content_stems(text)
        weight = sum(math.log((self._count + 1) / (len(self._where.get(stem, ())) + 1)) for stem in stems)
        return Topic(text, stems, round(weight + bonus, 6))

    def _phrases(self, sentence: str) -> Iterator[tuple[str, float]]:
        for match in _PHRASE.finditer(sentence):
            phrase = self._noun_phrase(match["words"].split())
            following = sentence[match.start("words") + len(phrase) :]
            if not phrase or following.startswith(("'", "’")):
                continue
            whole, article = phrase + self._of(following), match["article"].lower()
            in_passing = article in _INDEFINITE or _LEADS_IN.search(sentence[: match.start()])
            if " " in whole or not in_passing:
                weight = _OPENING_BONUS * (match.start() == 0) + _POINTING_MALUS * (article in _POINTING)
                yield f"{article if article in _INDEFINITE else 'the'} {whole}", weight

    def _of(self, following: str) -> str:
        """The " of steel" or " in the global average temperature" that goes on after a noun phrase, or nothing."""
        match = _GOES_ON.match(following)
        if not match:
            return ""
        noun_phrase = self._noun_phrase(match["words"].split())
        return f" {match['joint']} {match['article'] or ''}{noun_phrase}" if noun_phrase else ""

    def _noun_phrase(self, following: list[str]) -> str:
        """The words up to the last noun before what is no part of a noun phrase; "" where that is not clear."""
        kept = list(takewhile(_may_belong, following))
        while len(kept) > 1 and kept[-1] in self._verbs and (not self.is_noun(kept[-1]) or kept[-2][0].isupper()):
            kept.pop()
        return " ".join(kept) if kept and self.is_noun(kept[-1]) and not self._has_verb(kept) else ""

    def _has_verb(self, kept: list[str]) -> bool:
        """Whether a verb stands after the first word: "the President signed the order", not "the signed order"."""
        return any(word in _VERBS or re.search(r"[a-z]ed\Z", word) or self._is_verb(word) for word in kept[1:])

    def _is_verb(self, word: str) -> bool:
        return bool({word, word.removesuffix("s")} & self._verbs) and not self.is_noun(word)

    def _names(self, sentence: str) -> Iterator[tuple[str, float]]:
        for name in (each.rstrip(".") for each in names_in(sentence)):
            found = re.search(rf"(?P<the>\bthe )?(?<!\w)(?P<name>{re.escape(name)})(?:['’]s\b|{_ENDS})", sentence)
            possessive = found and re.match(r"['’]s [A-Z]", sentence[found.end("name") :])
            if found and not (possessive or self._is_word(name) or _is_called(sentence, found)):
                yield f"the {name}" if found["the"] else name, _NAME_BONUS

    def _is_word(self, name: str) -> bool:
        return len(name) < 3 or name in _TITLES or (" " not in name and self.is_common(name))


def _may_belong(word: str) -> bool:
    low = word.lower()
    return low not in STOPWORDS | _COUNTS and not re.search(r"['’]", word)


def _is_called(sentence: str, found: re.Match[str]) -> bool:
    """Whether somebody is addressed, as in "That is so, Steve."."""
    return bool(_CALLED.search(sentence[: found.start()])) and sentence[found.end() :].strip() in (".", "?", "!")
