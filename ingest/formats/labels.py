"""Speaker labels at the start of a line: "BALDWIN:", "STEVE INSKEEP, HOST:", "Q    ", "Speaker 1:".

What counts as a label is learnt from the whole file first, so that "Here is the thing: it works" is none.
Whom a label means is decided in `cast`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from ingest.speakers import split_label
from ingest.spelling import is_shouted

_STAMP = r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s*[AaPp]\.?[Mm]\.?(?:\s+[A-Z]{2,4})?)?[\])]?\s+)?"
_LABELLED = re.compile(rf"\s*(?:>>+\s*)?{_STAMP}(?P<label>[^\W\d_][^:\n]{{0,118}}?)\s*:(?P<rest>(?:\s.*)?)$", re.DOTALL)
_QUESTION = re.compile(r"\s*(?P<label>[QA])(?P<gap>\s{2,}|[:.]\s+|\s)(?P<rest>\S.*)", re.DOTALL)
_NAME = re.compile(r"(?:[^\W\d_]|[.,'’&/\"“” -])+(?:\s#?\d{1,3})?")
_CAPITALISED = re.compile(r"[^\W\d_][\w'’.-]*|\d{1,3}")
_PARTICLES = frozenset(("al", "bin", "da", "de", "del", "der", "di", "la", "of", "the", "van", "von"))
_TITLED = re.compile(r"(?:MR|MS|MRS|DR|PROF|SEN|REP|GOV|GEN|SECRETARY|PRESIDENT|MINISTER|THE)\b\.?\s")
_GENERIC = re.compile(
    r"(?:speaker|person|interviewer|interviewee|host|moderator|narrator|anchor|reporter|guest|operator|presenter"
    r"|question|answer|caller|man|woman|voice)(?:\s#?\d{1,3})?",
    re.IGNORECASE,
)
_ASIDE_LIST = """
    note|notes|update|correction|corrections|clarification|warning|editor's note|editors note|breaking
    |breaking news|transcript|summary|topic|subject|title|headline|date|time|location|place|source|url|link
    |duration|trt|length|guests|participants|speakers|present|p.s.|ps|fyi|end|begin|video|audio|video clip
    |graphic|caption|super|chyron|on screen|sot|via|re|copyright|error|info|debug|warn|critical|fatal|todo
    |usage
"""
_ASIDES = frozenset(each.strip() for each in _ASIDE_LIST.replace("\n", "").split("|"))
_OPENER_LIST = """
    and but so if when here this that it we i you what why how there then now on in at for from to as by with
    first second third last next also however finally because not no yes still even one two another
"""
_OPENERS = frozenset(_OPENER_LIST.split())


class Label(NamedTuple):
    """A line that begins with a label: the label as written and the rest of the line.

    `text` None of an aside ("NOTE: …") says that the line is nobody's speech; it is all in `rest` then.
    """

    text: str | None
    rest: str


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """How one file writes its labels. `lines` counts the lines that begin with one.

    `frequent` are labels in capitals found more than once, `mixed` the others that are names here.
    `questions` says that a bare Q is a label, `loud` that the words are in capitals too, `sure` that there
    are labels at all.
    """

    frequent: frozenset[str] = frozenset()
    mixed: frozenset[str] = frozenset()
    questions: bool = False
    loud: bool = False
    lines: int = 0
    sure: bool = False

    def match(self, line: str, *, opening: bool, announced: bool = False) -> Label | None:
        """The label the line begins with.

        Inside a paragraph (not `opening`) only labels that come back or have a role count. `announced` says
        that a mark before the line (">>") tells that somebody begins to speak, so that any name will do.
        """
        return self._question(line, opening=opening) or self._name(line, opening=opening, announced=announced)

    def _question(self, line: str, *, opening: bool) -> Label | None:
        match = _QUESTION.match(line) if self.questions else None
        if not match:
            return None
        narrow = match["gap"] == " "
        asks = match["label"] == "Q" and opening and not match["rest"][0].islower()
        return Label(match["label"], match["rest"]) if asks or not narrow else None

    def _name(self, line: str, *, opening: bool, announced: bool) -> Label | None:
        match = _labelled(line)
        if not match:
            return None
        label = " ".join(match["label"].split())
        if label.lower() in _ASIDES and opening:
            return Label(None, line)
        fits = self._is_shouted_label if _is_shouted_name(label) else self._is_mixed_label
        return Label(label, match["rest"].strip()) if fits(label, opening, announced) else None

    def _is_shouted_label(self, label: str, opening: bool, announced: bool) -> bool:
        name, role = split_label(label)
        introduced = role is not None and " " in name
        return label in self.frequent or announced or (not self.loud and (opening or introduced))

    def _is_mixed_label(self, label: str, opening: bool, announced: bool) -> bool:
        return (opening and split_label(label).name in self.mixed) or (announced and _is_mixed_name(label))


def learn(lines: Sequence[str]) -> LabelStyle:
    """How the lines write labels. The style of a file without any matches nothing but labels in capitals."""
    found = [(" ".join(match["label"].split()), match["rest"]) for match in map(_labelled, lines) if match]
    shouted = Counter(label for label, _ in found if _is_shouted_name(label))
    mixed = Counter(split_label(label).name for label, _ in found if _is_mixed_name(label))
    spoken = sum(1 for line in lines if line.strip())
    names = _conversation(mixed, spoken) if mixed.total() >= shouted.total() else frozenset()
    labelled = shouted.total() + sum(mixed[name] for name in names)
    asked = [match["gap"] for match in map(_QUESTION.match, lines) if match and match["label"] == "Q"]
    wide = sum(gap != " " for gap in asked)
    questions = bool((labelled and (wide or len(asked) > 1)) or wide > 1)
    return LabelStyle(
        frequent=frozenset(label for label, times in shouted.items() if times > 1),
        mixed=names,
        questions=questions,
        loud=_is_loud([rest for label, rest in found if label in shouted] or lines),
        lines=labelled + (len(asked) if questions else 0),
        sure=_is_sure(shouted, talk=bool(names or questions)),
    )


def _is_sure(shouted: Counter[str], *, talk: bool) -> bool:
    """Whether the labels can be nothing else: one has a title or role, or comes back, or is a full name.

    A "LONDON:" and a "PARIS:" alone are datelines.
    """
    if talk or any(split_label(label).role or _TITLED.match(label) for label in shouted):
        return True
    return shouted.total() > 1 and any(times > 1 or " " in label for label, times in shouted.items())


def _labelled(line: str) -> re.Match[str] | None:
    return _LABELLED.match(line) if ":" in line[:200] else None


def _is_shouted_name(label: str) -> bool:
    name = split_label(label).name
    words = name.split()
    return (
        is_shouted(label)
        and bool(_NAME.fullmatch(name))
        and len(words) <= 6
        and (sum(char.isalpha() for char in name) > 1 or name in ("Q", "A"))
        and label.lower() not in _ASIDES
        and words[0].lower() not in _OPENERS
    )


def _is_mixed_name(label: str) -> bool:
    name = split_label(label).name
    words = name.split()
    return (
        not is_shouted(label)
        and len(words) <= 4
        and words[0].lower() not in _OPENERS
        and label.lower() not in _ASIDES
        and all(word in _PARTICLES or _CAPITALISED.fullmatch(word) for word in words)
        and all(word in _PARTICLES or not word[0].islower() for word in words)
        and words[0][0].isupper()
    )


def _conversation(counts: Counter[str], spoken: int) -> frozenset[str]:
    """The names that take part in a conversation of so many lines, if it is one.

    Two names that come back make one, or a "Speaker 1" that does, or full names before half of all lines.
    """
    generic = {name for name in counts if _GENERIC.fullmatch(name)}
    full = {name for name in counts if " " in name}
    back = {name for name, times in counts.items() if times > 1} | generic
    lines = sum(counts[name] for name in back)
    mostly = len(full) > 1 and back and 2 * sum(counts[name] for name in full) >= spoken
    if not mostly and not (len(back) > 1 and lines > 2) and not any(counts[name] > 1 for name in generic):
        return frozenset()
    surnames = {name.rsplit(" ", 1)[1] for name in full}
    return frozenset(back | full | (surnames & counts.keys()))


def _is_loud(texts: Iterable[str]) -> bool:
    sample = "".join(text[:200] for text in islice(texts, 500))
    return sum(map(str.isupper, sample)) > sum(map(str.islower, sample))
