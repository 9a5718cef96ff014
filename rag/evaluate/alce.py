"""Citation quality as ALCE defines it: each statement of an answer, whether its citations support it, which are idle.

Gao, Yen, Yu, Chen 2023, "Enabling Large Language Models to Generate Text with Citations" (arXiv 2305.14627), section
on citation quality. A statement counts for recall when it has citations and they support it together. A citation counts
for precision when its statement is supported and it is not irrelevant; it is irrelevant when it does not support the
statement alone and the others support it without it. ALCE asks an NLI model (TRUE); here the judge is whoever is given.
ALCE's script looks at the first three citations of a statement; here all are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rag.evaluate.judges import Judge
from rag.evaluate.record import Sentence
from rag.evidence import holds
from rag.markers import MARKER_RUN, numbers_of
from rag.results import Citation
from rag.written import take

Statement = tuple[str, tuple[int, ...]]

_QUOTED = re.compile(rf"(?:[^“”\n]+: )?“(?P<quote>[^\n]+)” ?(?P<markers>{MARKER_RUN.pattern})\Z", re.IGNORECASE)


def judge_sentences(text: str, citations: Mapping[int, str], judge: Judge) -> tuple[Sentence, ...]:
    """The statements of an answer's text in order, each judged by the words its markers cite (see `premise`).

    A statement without a marker, or with one that cites nothing, is unsupported. A refusal states nothing and is not
    to be judged. Raises EvaluationError when the judge cannot tell.
    """
    return tuple(_judged(stated, markers, citations, judge) for stated, markers in statements(text, citations))


def premise(citation: Citation) -> str:
    """What a judge is shown of a citation: as in ALCE the title before the words, and here who says them, and when."""
    by = ", ".join(part for part in (citation.speaker, citation.role) if part)
    day = citation.published
    head = ", ".join(part for part in (citation.title, f"{day.day} {day:%B %Y}" if day else "") if part)
    return f"{head}\n{by}: {citation.quote}" if by else f"{head}\n{citation.quote}"


def statements(text: str, citations: Mapping[int, str]) -> Iterator[Statement]:
    """What the text states, with its markers: sentence by sentence, but a paragraph that is a quotation as a whole.

    Who is quoted is not part of the statement.
    """
    for paragraph in text.split("\n\n"):
        quoted = _quotation(paragraph.strip(), citations)
        if quoted:
            yield quoted
        else:
            yield from ((each.text, each.markers) for each in take(paragraph, final=True)[0])


def _quotation(paragraph: str, citations: Mapping[int, str]) -> Statement | None:
    """A paragraph like "Speaker, role: “…” [1]", unless it is two quotations with words between them."""
    match = _QUOTED.match(paragraph)
    if not match:
        return None
    quote, markers = match["quote"], numbers_of(match["markers"])
    if _is_one(quote) or any(holds(citations.get(marker, ""), quote) for marker in markers):
        return quote, markers
    return None


def _is_one(quote: str) -> bool:
    """Whether no quotation mark within closes one that was not opened within."""
    depth = 0
    for sign in quote:
        depth += {"“": 1, "”": -1}.get(sign, 0)
        if depth < 0:
            return False
    return True


def _judged(stated: str, markers: tuple[int, ...], citations: Mapping[int, str], judge: Judge) -> Sentence:
    cited = [citations[marker] for marker in markers if marker in citations]
    supported = len(cited) == len(markers) > 0 and judge.supports(cited, stated)
    return Sentence(stated, markers, supported, _idle(cited, stated, judge) if supported else 0)


def _idle(cited: Sequence[str], stated: str, judge: Judge) -> int:
    """How many are irrelevant. The only citation of a supported statement never is."""
    if len(cited) < 2:
        return 0
    return sum(
        not judge.supports([each], stated) and judge.supports([*cited[:at], *cited[at + 1 :]], stated)
        for at, each in enumerate(cited)
    )
