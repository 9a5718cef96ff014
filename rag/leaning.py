"""Whether a sentence can be read alone, or leans on the one before it or after it. English; words and marks, no model.

"That is why it moved." leans back, "The reason is simple:" leans forward. It resolves nothing: what "it" stands for is
left to whoever reads the two together. Where it cannot tell, the sentence stands alone.
"""

from __future__ import annotations

import re

from rag.stems import STOPWORDS, words

_REFERENCES = frozenset("he she they him her them his hers their theirs it its this that these those".split())
_SAID_FIRST = frozenset(
    """yes no yeah yep nope okay ok right well look listen sure exactly absolutely correct think know mean believe guess
    hope suppose understand see""".split()
)
_VERBS_FIRST = frozenset("think know mean believe guess hope suppose understand see".split())
_CALENDAR = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday today yesterday tomorrow week month year""".split()
)
_PASSED_OVER = STOPWORDS | _SAID_FIRST | _CALENDAR
_TIMES = "day|days|time|week|weekend|month|year|morning|afternoon|evening|summer|autumn|fall|winter|spring|country"
_EASY = (
    "important|hard|difficult|easy|possible|impossible|clear|time|good|better|best|necessary|likely|unlikely|fair|right"
    "|wrong|safe|great|nice|true|crucial|vital|critical|worth|essential|too (?:early|late|soon)"
)
_BE = r"(?:['’]s|['’]ll be| is| was| will be| would be| has been| had been| may be| might be| seems| appears)"
_NO_REFERENCE = re.compile(
    rf"(?:this|these) (?:past |coming )?(?:{_TIMES})\b|this is (?-i:[A-Z])|those (?:who|that|of)\b"
    rf"|it{_BE}(?: not)?(?: \w+ly| very| so| also| still)? (?:{_EASY})\b|it (?:takes|took|will take)\b"
    rf"|it{_BE} [^,;.]{{1,40}}? (?:that|who|whether)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"""(?:but|nor|or|however|instead|otherwise|therefore|thus|hence|yet|likewise|similarly|furthermore|moreover
    |as\ a\ result|in\ other\ words|for\ (?:example|instance)|in\ that\ case|on\ the\ other\ hand|even\ so|then
    |such\ (?:a|an)|the\ (?:latter|former|same|other)|neither\ of|both(?!\ (?:\S+\ ){1,3}and\b))(?![\w-])
    |because\b[^,]*$|which\b[^?]*$|(?:and|so)\b\W+(?:\S+\W+){0,6}\S*$|(?:\.\.\.|…)""",
    re.IGNORECASE | re.VERBOSE,
)
_FORWARD = re.compile(
    r"""(?:\b(?:reasons?|answer|point|problem|idea|plan|question|result)\ (?:is|are|was|were)\ (?:very\ |pretty\ )?
      (?:this|these|that|simple|clear|straightforward|obvious|as\ follows|twofold|two-fold|threefold)
    |\bhere(?:['’]s|\ is|\ are)\ (?:why|how|what|the\ (?:thing|reasons?))|\bas\ follows
    |\b(?:two|three|four|five|several|a\ (?:few|couple\ of))\ (?:reasons|things|points|ways)
    |[:–—]|\.\.\.|…)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_REPLY = re.compile(
    r"\W*(?:yes|no|yeah|yep|nope|exactly|absolutely|correct|of course|not at all|never)\b", re.IGNORECASE
)
_LONGEST_REPLY, _LONGEST_BARE = 10, 3
_QUESTION = re.compile(r"\?[\"”’')\]]*$")


def leans_back(sentence: str, before: str) -> bool:
    """Whether the sentence needs the one `before` it in the same turn: to say who, what, or what was asked."""
    said = sentence.lstrip("\"“‘'([ ")
    return bool(_BACK.match(said)) or _points_back(said) or _answers(said, before)


def leans_forward(sentence: str) -> bool:
    """Whether it announces what only the next one says."""
    return bool(_FORWARD.search(sentence.rstrip("\"”’') ")))


def is_question(sentence: str) -> bool:
    """Whether it closes with a question mark."""
    return bool(_QUESTION.search(sentence.rstrip()))


def _points_back(sentence: str) -> bool:
    """Whether a pronoun or demonstrative comes before anything that it could stand for."""
    first, thought = "", False
    for word in words(sentence):
        if word in _REFERENCES:
            first = word
            break
        if word not in _PASSED_OVER and not word.isdigit() and not word.endswith("ly"):
            return False
        thought = thought or word in _VERBS_FIRST
    if not first or (first == "that" and thought):
        return False
    at = re.search(rf"\b{first}\b", sentence, re.IGNORECASE)
    return at is not None and not _NO_REFERENCE.match(sentence, at.start())


def _answers(sentence: str, before: str) -> bool:
    """Whether it answers a question just asked in the same breath, or explains a bare "No."."""
    length = len(sentence.split())
    if is_question(before):
        return length <= _LONGEST_REPLY or bool(_REPLY.match(sentence))
    return bool(_REPLY.match(before)) and len(before.split()) <= _LONGEST_BARE
