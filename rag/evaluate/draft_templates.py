"""Questions made of sentences by rules, whose grammar holds whatever the words are. Each kind is one function.

A sentence is turned into a question only where it has a form that cannot go wrong ("The kuna was introduced in 1994");
otherwise the question asks what somebody said about something. Whether the question is a good one is for an editor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rag.evaluate.draft_material import Material, Sentence, is_named
from rag.evaluate.topics import Topic, Topics
from rag.numbers import numbers
from rag.stems import STOPWORDS, content_stems

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"\b(?P<joint>in|on) (?P<date>(?:the )?{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?"
    rf"|{_MONTH} {_DAY}\b(?:, {_YEAR})?|{_MONTH} {_YEAR}|{_YEAR})\b(?!-| to | and \d)"
)
_BECAUSE = re.compile(r"(?P<main>.+?),? because (?P<reason>[^,.;–—]+(?:, (?:and|which|not) [^,.;–—]+)?)")
_AUXILIARY = "is|are|was|were|has|have|had|will|can|could|must|should"
_INVERTIBLE = re.compile(
    rf"(?P<subject>[A-Z][\w’'-]*(?: [\w’'-]+){{0,5}}?) (?P<verb>{_AUXILIARY}) (?P<rest>[^,;:–—]+)\Z"
)
_DEICTIC = re.compile(
    r"\b(?:I|we|you|he|she|it|they|them|me|us|my|our|your|his|her|its|their|this|that|these|those|there|here|which|who"
    r"|now|today|yesterday|tomorrow|ago|also|just)\b",
    re.IGNORECASE,
)
_OPENERS = frozenset({"the", "a", "an", "both", "some", "many", "most", "each", "every", "all"})
_CLAUSES = re.compile(r"[,;:–—]+\s*|\s(?=(?:but|because|while|although)\b)")
_JOINT = re.compile(r"\A(?:and|but|or|so)\s+", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"(?:if|when|where|while|although|because|since|as|after|before|until|once|which|that|who|including|such|with|without"
    r"|on|in|at|of|for|from|to|a|an|is|are|was|were|has|have|had|will|would|not|[a-z]+ed|[a-z]+ing)\b",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(r"\s?(?:o['’]clock|[ap]\.?m\b|(?:\w+ )?(?:ago|later|old)\b|and a |[-/]\w)", re.IGNORECASE)
_IN_NAME = re.compile(r"[A-Z][\w’'-]* \Z|[-/]\Z")
_RANK = re.compile(rf"\b{_YEAR}\b|(?:st|nd|rd|th)\Z|\b(?:fir|seco|thi)", re.IGNORECASE)
_UNIT = re.compile(r"((?: [a-z]+){0,2} [A-Za-z][a-z]+s)\b(?! ago| later| old)")
_FIGURES = {"percent": "Which percentage", "dollar": "Which sum", "euro": "Which sum", "pound": "Which sum"}
_LONGEST_KEY = 14
_OPENING_WORDS, _TELLING = 12, 4
_TRIED = 5

NOTES: Mapping[str, str] = {
    "speaker": "check that the question asks for what the sentence says, and cut the answer to its key phrase",
    "number": "name in the question what the figure counts, and add other ways to write it as answers",
    "when": "check that the date answers the question by itself, and add other ways to write it as answers",
    "why": "check that the reason makes sense without the sentence, and cut the answer to its key phrase",
    "who": "check that nobody else says the same, and put the quotation in other words to make it harder",
    "follow-up": "check that the question cannot be understood without the earlier one",
    "compare": "check that the two sentences can be compared, and cut each answer to its key phrase",
    "unanswerable": "check that the archive indeed does not answer it: only the words were looked for",
}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number as written, with the words it counts ("cubic metres") where they follow it."""

    written: str
    kind: str
    unit: str

    @property
    def wanted(self) -> str:
        """What a question asks for: "How many soldiers", "Which percentage"."""
        return f"How many {self.unit}" if self.unit else _FIGURES.get(self.kind, "Which figure")


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with its answers and the sentences they stand in; `topic` keeps questions apart."""

    kind: str
    question: str
    answers: tuple[str, ...]
    evidence: tuple[Sentence, ...]
    history: tuple[str, ...] = ()

    @property
    def passages(self) -> frozenset[str]:
        """The passages it draws on."""
        return frozenset(each.passage for each in self.evidence)


def speaker(sentence: Sentence, material: Material) -> Draft | None:
    """As in "What did Rajiv Menon say about the sunshield?"."""
    topic = _first(sentence, material, theirs=True)
    if not (topic and sentence.speaker and is_named(sentence.speaker)):
        return None
    question = f"What did {sentence.speaker} say about {topic.text}?"
    return Draft("speaker", question, (key_phrase(sentence.text, topic),), (sentence,))


def number(sentence: Sentence, material: Material) -> Draft | None:
    """As in "How many soldiers did Graham Pellew mention when speaking about conscription?"."""
    found = _one_number(sentence.text)
    topic = found and _first(sentence, material, theirs=False, without=content_stems(f"{found.written} {found.unit}"))
    if not (found and topic):
        return None
    answers = dict.fromkeys([f"{found.written} {found.unit}".strip(), found.written])
    return Draft("number", _asked(sentence, found.wanted, topic), tuple(answers), (sentence,))


def when(sentence: Sentence, material: Material) -> Draft | None:
    """As in "When was the kuna introduced?"; else which date somebody gave."""
    match = DATE.search(sentence.text)
    if not match or DATE.search(sentence.text, match.end()):
        return None
    topic = _first(sentence, material, theirs=False, without=content_stems(match["date"]))
    turned = inverted(sentence.text[: match.start()].rstrip(), material.topics)
    question = (
        f"When {turned}?"
        if turned
        else topic and _asked(sentence, "Which year" if match["date"].isdigit() else "Which date", topic)
    )
    return Draft("when", question, (match["date"],), (sentence,)) if question else None


def why(sentence: Sentence, material: Material) -> Draft | None:
    """As in "Why was the ship towed away?"; else which reason somebody gave."""
    match = _BECAUSE.match(sentence.text)
    if not match or match["reason"].startswith("of "):
        return None
    topic = _first(sentence, material, theirs=False, without=content_stems(match["reason"]))
    turned = inverted(match["main"], material.topics)
    question = f"Why {turned}?" if turned else topic and _asked(sentence, "What reason", topic)
    return Draft("why", question, (match["reason"].strip(),), (sentence,)) if question else None


def who(sentence: Sentence, material: Material) -> Draft | None:
    """As in "Who said “I have two drawers and one calculator”?"."""
    opening = _opening(sentence.text)
    if not (opening and sentence.speaker and is_named(sentence.speaker)):
        return None
    return Draft("who", f"Who said “{opening}”?", (sentence.speaker,), (sentence,))


SINGLE: Mapping[str, Callable[[Sentence, Material], Draft | None]] = {
    "speaker": speaker,
    "number": number,
    "when": when,
    "why": why,
    "who": who,
}
"""The kinds that are made of one sentence."""


def follow_ups(material: Material) -> Iterator[Draft]:
    """As in "And about Hubble?", after a question about something else that the same speaker has just said."""
    for sentence in material.sentences:
        topic = _first(sentence, material, theirs=True)
        earlier = topic and sentence.speaker and is_named(sentence.speaker) and _earlier(sentence, topic, material)
        if topic and earlier:
            answer = key_phrase(sentence.text, topic)
            yield Draft("follow-up", f"And about {topic.text}?", (answer,), (sentence,), (earlier,))


def comparisons(material: Material) -> Iterator[Draft]:
    """As in "What did Ivana Perkovic and Mateo Lovric each say about the kuna?"."""
    seen: dict[frozenset[str], Sentence] = {}
    for sentence in material.sentences:
        named = sentence.speaker and is_named(sentence.speaker)
        for topic in [each for each in material.about(sentence)[:2] if each.is_telling] if named else ():
            other = seen.setdefault(topic.stems, sentence)
            if other.speaker != sentence.speaker and len(material.topics.holding(topic.stems)) <= 12:
                both = (other, sentence)
                question = f"What did {other.speaker} and {sentence.speaker} each say about {topic.text}?"
                yield Draft("compare", question, tuple(key_phrase(each.text, topic) for each in both), both)


def unanswerable(material: Material) -> Iterator[Draft]:
    """As in "What did Mara Lindqvist say about the Suez Canal?", of which nothing is said wherever she speaks."""
    around = cache(material.stems_around)
    speakers = list(material.speakers)
    for at, sentence in enumerate(material.sentences):
        topic = next((each for each in material.about(sentence) if each.is_telling), None)
        for other in (speakers * 2)[at % len(speakers) :][:_TRIED] if topic and speakers else ():
            held = around(other)
            if topic and held is not None and not topic.stems & held:
                yield Draft("unanswerable", f"What did {other} say about {topic.text}?", (), ())
                break


def key_phrase(text: str, topic: Topic | None) -> str:
    """A short sentence without its full stop; of a longer one the clause that says something about the topic."""
    whole = text.strip(' .“”"')
    known = topic.stems if topic else frozenset[str]()
    clauses = [_JOINT.sub("", clause.strip(' .“”"')) for clause in _CLAUSES.split(text)]
    telling = [
        each
        for each in clauses
        if known <= content_stems(each)
        and len(content_stems(each) - known) >= _TELLING - 1
        and len(each.split()) <= _LONGEST_KEY
        and not _FRAGMENT.match(each)
    ]
    return whole if len(whole.split()) <= _LONGEST_KEY or not telling else telling[0]


def inverted(clause: str, topics: Topics) -> str:
    """ "was the kuna introduced" of "The kuna was introduced"; "" where that may not be right or not stand alone."""
    match = _INVERTIBLE.match(clause)
    if not match or _DEICTIC.search(clause):
        return ""
    first, *others = match["subject"].split()
    opens = first.lower() in _OPENERS
    if (first.lower() in STOPWORDS and not opens) or not _is_noun([first, *others][-1], topics):
        return ""
    subject = " ".join([first.lower() if opens or topics.is_common(first) else first, *others])
    return f"{match['verb']} {subject} {match['rest'].rstrip(' .')}"


def _is_noun(word: str, topics: Topics) -> bool:
    return topics.is_noun(word) or (word[:1].isupper() and not topics.is_common(word))


def _first(
    sentence: Sentence, material: Material, *, theirs: bool, without: frozenset[str] = frozenset()
) -> Topic | None:
    """The most telling topic that leads to this sentence alone."""
    is_only = material.only_theirs if theirs else material.only
    topics = (each for each in material.about(sentence) if not each.stems & without)
    return next((topic for topic in topics if is_only(sentence, topic)), None)


def _asked(sentence: Sentence, wanted: str, topic: Topic) -> str:
    if sentence.speaker and is_named(sentence.speaker):
        return f"{wanted} did {sentence.speaker} mention when speaking about {topic.text}?"
    number = "are" if wanted.startswith("How many") else "is"
    return f"{wanted} {number} mentioned in connection with {topic.text}?"


def _one_number(text: str) -> _Figure | None:
    """The sentence's only number, dates aside; none that is a time, part of a name, or counts back from today."""
    bare = DATE.sub(lambda match: " " * len(match.group()), text)
    found = numbers(bare, claims=True)
    if len(found) != 1 or isinstance(found[0].value, str) or _RANK.search(found[0].written):
        return None
    written = found[0].written
    before, _, following = bare.partition(written)
    name = _IN_NAME.search(before)
    if _NO_FIGURE.match(following) or (name and name.group().strip().lower() not in STOPWORDS):
        return None
    unit = _UNIT.match(following)
    words = unit[1].split() if unit and not found[0].kind else []
    if any(word in STOPWORDS for word in words):
        words = []
    if not words and written.isalpha():
        return None
    return _Figure(written, found[0].kind, " ".join(words))


def _opening(text: str) -> str:
    """The beginning of the sentence, to its first break or twelfth word."""
    bare = text.strip('“”"')
    clause = _CLAUSES.split(bare)[0].strip(" .")
    if "“" in clause or '"' in clause or len(content_stems(clause)) < _TELLING or _FRAGMENT.match(clause):
        return ""
    words = clause.split()
    return clause if len(words) <= _OPENING_WORDS else f"{' '.join(words[:_OPENING_WORDS])} …"


def _earlier(sentence: Sentence, topic: Topic, material: Material) -> str:
    """What was asked of the same speaker before, about something else."""
    same = (
        each
        for each in material.every[max(sentence.number - 3, 0) : sentence.number]
        if (each.speaker, each.transcript_id) == (sentence.speaker, sentence.transcript_id)
    )
    asked = (other for each in same for other in material.about(each)[:1] if not other.stems & topic.stems)
    return next((f"What did {sentence.speaker} say about {other.text}?" for other in asked), "")
