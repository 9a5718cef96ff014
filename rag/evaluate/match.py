"""Whether an answer is right, by its words alone: strings in, verdicts out. No model, and no mercy for paraphrase.

`exact` and `f1` give the numbers of SQuAD 2.0's evaluate-v2.0.py (Rajpurkar, Jia, Liang 2018, arXiv 1806.03822). Like
that script they know ASCII punctuation only, so curly quotation marks go through `flat` first.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

from rag.markers import MARKER_RUN

_PLAIN = {'"': "“”„‟", "'": "‘’\u201a\u201b"}
_STRAIGHT = {ord(curly): plain for plain, curlies in _PLAIN.items() for curly in curlies}
_UNPUNCTUATED = str.maketrans("", "", string.punctuation)
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_MARKED = re.compile(rf"[ \t\u00a0]?{MARKER_RUN.pattern}", MARKER_RUN.flags)
_WITHIN_NUMBER = r"(?<!\d[.,:/])", r"(?![.,:/]\d)"


def answer_words(text: str) -> str:
    """The answer's text without the markers of its citations ("[1]"), and without the blank before each."""
    return _MARKED.sub(lambda run: " " if text[run.end() : run.end() + 1].isalnum() else "", text).strip()


def flat(text: str) -> str:
    """The text on one line, single blanks, straight quotation marks."""
    return " ".join(text.translate(_STRAIGHT).split())


def contains(text: str, answers: Sequence[str], *, every: bool = False) -> bool:
    """Whether an accepted answer, or every one, stands in the text as whole words (or a whole number) in any case.

    White space and the shape of quotation marks do not matter. Without any answer to look for it is False.
    """
    said = flat(text).casefold()
    wanted = [answer for answer in (flat(each).casefold() for each in answers) if answer]
    return bool(wanted) and (all if every else any)(_stands_in(answer, said) for answer in wanted)


def _stands_in(wanted: str, text: str) -> bool:
    before, after = _WITHIN_NUMBER
    left = before if wanted[0].isdigit() else ""
    right = after if wanted[-1].isdigit() else ""
    return re.search(rf"(?<!\w){left}{re.escape(wanted)}(?!\w){right}", text) is not None


def normalise(text: str) -> str:
    """The text as SQuAD compares it: lower case, no ASCII punctuation, no a/an/the, single blanks."""
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_UNPUNCTUATED)).split())


def exact(prediction: str, answers: Sequence[str], *, every: bool = False) -> float:
    """1 where the prediction equals an accepted answer once both are normalised, else 0.

    With no answers the right prediction is "". With `every` the one right answer is all of them, joined by a blank.
    """
    return float(max(normalise(gold) == normalise(prediction) for gold in _golds(answers, every)))


def f1(prediction: str, answers: Sequence[str], *, every: bool = False) -> float:
    """The best token F1 of the prediction with an accepted answer; `every` and no answers as for `exact`."""
    return max(_token_f1(normalise(gold).split(), normalise(prediction).split()) for gold in _golds(answers, every))


def _golds(answers: Sequence[str], every: bool) -> list[str]:
    kept = [answer for answer in answers if normalise(answer)]
    if every:
        return [" ".join(kept)]
    return kept or [""]


def _token_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    if not gold or not predicted:
        return float(not gold and not predicted)
    shared = sum((Counter(gold) & Counter(predicted)).values())
    return 2 * shared / (len(gold) + len(predicted))
