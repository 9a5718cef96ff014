"""Questions that lean on earlier ones: noticing them, and making them stand alone. Words only, no model.

A conversation is read forward from the last question that stands alone: what that is about goes along with those that
lean on it. What "it" stands for is told behind the question, in the words of the earlier ones, and not put in its
place; only persons are. Measured by `python -m tests.benchmarks.follow_ups`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.dates import dates_in
from rag.ellipsis import completed
from rag.own_subject import has_own_subject
from rag.persons import person_in, with_person
from rag.results import Answer
from rag.stems import content_stems
from rag.topic import joined, names_of, phrases_of, without

_MOST_EARLIER = 12
_LONGEST, _LONGEST_OF_PERSONS, _FEWEST, _FEWEST_NAMELESS = 7, 9, 2, 4
_OPENING = re.compile(
    r"(?:(?:ok(?:ay)?|oh|well|interesting|right)\b\W*)?(?:and|but|so|or|also|what about|how about|then)\b", re.I
)
_CONJUNCTION = re.compile(r"\A(?:and|but|so|or|also)\b[\s,]*", re.IGNORECASE)
_BARE = re.compile(
    r"(?:why|when|where|who|how|how (?:many|much|so|long|come)|why not|what else|who else|anything else"
    r"|(?:can you |could you |please )?tell me more(?: about (?:it|that|this))?|more|go on)\W*",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"(?:what|who|where)(?:['’]s| is| was| are| were) (?!it\b|that\b|this\b|there\b)", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|ones?)\b",
    re.IGNORECASE,
)
_OF_PERSONS = re.compile(r"\b(?:he|him|his|she|hers?|they|them)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:it|them|there|this|that|those)(?: (?:as well|too|either|altogether|then))?\W*$", re.I)


def leans(question: str) -> bool:
    """Whether it needs an earlier one.

    An opening "and", too little to go by, a pronoun at the end, or one with nothing before it that it could stand for.
    A question that names a day, or has much to say, is taken to stand alone all the same.
    """
    if _BARE.fullmatch(question):
        return True
    size, dated = len(content_stems(question)), bool(dates_in(question))
    if _OPENING.match(question):
        return size <= _LONGEST and not (dated and names_of(question) and size >= _FEWEST_NAMELESS)
    if dated:
        return False
    if size < (_FEWEST if names_of(question) else _FEWEST_NAMELESS):
        return not (names_of(question) and _DEFINES.match(question))
    return size <= _LONGEST_OF_PERSONS and _points_outside(question, size)


def _points_outside(question: str, size: int) -> bool:
    """Whether a pronoun in it stands for nothing in it: what it could stand for would come before it."""
    if size <= _LONGEST and _POINTS_BACK.search(question):
        return True
    for pattern, longest, fewest in ((_PRONOUN, _LONGEST, 2), (_OF_PERSONS, _LONGEST_OF_PERSONS, 3)):
        if size <= longest and (pronoun := pattern.search(question)):
            before = question[: pronoun.start()]
            if not names_of(before) and len(content_stems(before)) < fewest:
                return True
    return False


def leaned_on(question: str, earlier: Sequence[str | Answer], speakers: Sequence[str] = ()) -> tuple[str, ...]:
    """The earlier questions that it leans on, back to one that stands alone, twelve at most; none where it stands.

    Where the earlier are Answers, a question that names what they do not tell of stands. `speakers` are the archive's.
    """
    kept: list[str] = []
    while earlier and len(kept) < _MOST_EARLIER and _leans_on(question, earlier[-1], speakers):
        *earlier, before = earlier
        question = before.question if isinstance(before, Answer) else before
        kept.insert(0, question)
    return tuple(kept)


def _leans_on(question: str, before: str | Answer, speakers: Sequence[str]) -> bool:
    return leans(question) and not (isinstance(before, Answer) and has_own_subject(question, before, speakers))


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a conversation stands: its last question, in whole words, and what it is about that is not in these.

    `whole` is whether the question says by itself what it asks: it stood alone, or took the place of one that did.
    """

    asked: str
    carried: tuple[str, ...] = ()
    whole: bool = True

    @property
    def standalone(self) -> str:
        """The question as it stands alone: "How long is its border? (Finland; NATO)"."""
        return joined(self.asked, without(self.carried, self.asked))

    def then(self, question: str, speakers: Sequence[str] = (), person: str | None = None) -> Thread:
        """The conversation after one more question that leans on it. `person` is whom the last answer named."""
        if whole := completed(question, self.asked, speakers):
            return Thread(whole, self.carried)
        carried = (*self.carried, *(phrases_of(self.asked) if self.whole else names_of(self.asked)))
        who = person or person_in(self.asked, speakers)
        bare = _CONJUNCTION.sub("", question)
        bare = bare[:1].upper() + bare[1:] if question[:1].isupper() else bare
        return Thread(with_person(bare, who) if who else bare, carried, whole=False)


def read(question: str, context: Sequence[str], speakers: Sequence[str] = (), person: str | None = None) -> Thread:
    """The question after the earlier ones it leans on. `speakers` are the archive's."""
    if not context:
        return Thread(question)
    thread = Thread(context[0])
    for before in context[1:]:
        thread = thread.then(before, speakers)
    return thread.then(question, speakers, person)
