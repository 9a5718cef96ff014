"""An exchange as HTML: the question, the answer with its markers, the sources, what was struck out. Pure.

All that comes from transcripts, questions and models is escaped (`ui.escape`). Nothing here knows Gradio.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rag.results import Answer, Citation, Hit, Rejected
from ui.cards import anchor, citation_card, passage_card
from ui.conversation import Conversation, Exchange
from ui.escape import plain
from ui.recased import NOTE, recased

NEAREST = 4
_NONE: Mapping[int, str] = MappingProxyType({})
_MARKER = re.compile(r"\s*\[(\d{1,4})\]")
_LINES = re.compile(r"\s*\n\s*")


def exchange(shown: Exchange, number: int) -> str:
    """One question and what came back, as an article whose ids begin with "answer-<number>"."""
    busy = "false" if shown.complete else "true"
    return (
        f'<article class="exchange" id="answer-{number}" aria-labelledby="question-{number}" '
        f'aria-busy="{busy}" tabindex="-1">'
        f'<h2 class="question" id="question-{number}" dir="auto">{plain(shown.question)}</h2>'
        f"{_outcome(shown, number)}</article>"
    )


def answer(found: Answer, number: int, *, complete: bool = True) -> str:
    """The body of an answer. While it is not complete, a lack of citations does not yet make it a refusal.

    Words from captions without proper capitals are in sentence case, with a note that says so.
    """
    refused = complete and found.status == "refused"
    shown = recased(found)
    return "".join(
        (
            notice(found.notice),
            _refusal(shown.answer, number) if refused else _text(shown.answer, number),
            f'<p class="recased">{plain(NOTE)}</p>' if shown.differs and (refused or found.citations) else "",
            sources(shown.answer.citations, number, shown.transcribed),
            rejected(found.rejected) if complete else "",
        )
    )


def sources(citations: Iterable[Citation], number: int, transcribed: Mapping[int, str] = _NONE) -> str:
    """The numbered cards under an answer, the first one open; `transcribed` has exact words that are not shown so."""
    cards = [
        f"<li>{citation_card(one, number, opened=not at, transcribed=transcribed.get(one.marker, ''))}</li>"
        for at, one in enumerate(citations)
    ]
    return _section("sources", f"sources-{number}", "Sources", cards)


def nearest(hits: Iterable[Hit], number: int) -> str:
    """The passages that came closest to a question that was refused."""
    cards = [f"<li>{passage_card(hit)}</li>" for hit in tuple(hits)[:NEAREST]]
    return _section("nearest", f"nearest-{number}", "The nearest passages, not an answer", cards)


def rejected(sentences: tuple[Rejected, ...]) -> str:
    """What verification struck out, folded away until asked for."""
    if not sentences:
        return ""
    noun = "sentence was" if len(sentences) == 1 else "sentences were"
    return (
        f'<details class="rejected"><summary>{len(sentences)} {noun} struck out</summary>'
        "<p>Written, but not shown as fact, because the transcripts do not bear it out.</p>"
        f"<ul>{''.join(_struck(one) for one in sentences)}</ul></details>"
    )


def notice(text: str) -> str:
    """Something the reader should know about how the answer came about."""
    return f'<p class="notice" dir="auto">{plain(text)}</p>' if text else ""


def problem(sentence: str) -> str:
    """An error, as a sentence."""
    return f'<p class="problem" dir="auto">{plain(sentence)}</p>'


def announcement(conversation: Conversation) -> str:
    """What a screen reader is told about the last exchange, in one sentence of ours."""
    if not conversation.exchanges:
        return ""
    last = conversation.exchanges[-1]
    if not last.complete:
        return "Looking through the transcripts."
    if last.problem:
        return last.problem
    count = len(last.answer.citations) if last.answer else 0
    sources_found = "1 source" if count == 1 else f"{count} sources"
    return f"Answered, with {sources_found}." if count else "The transcripts do not answer that."


def _outcome(shown: Exchange, number: int) -> str:
    if shown.problem:
        return problem(shown.problem)
    if shown.answer is None or not (shown.complete or shown.answer.text):
        return '<p class="waiting">Looking through the transcripts</p>'
    return answer(shown.answer, number, complete=shown.complete)


def _text(found: Answer, number: int) -> str:
    paragraphs = "".join(f'<p dir="auto">{_marked(line, found, number)}</p>' for line in _lines(found.text))
    return f'<div class="answer">{paragraphs}</div>'


def _refusal(found: Answer, number: int) -> str:
    said = "".join(f'<p dir="auto">{plain(line)}</p>' for line in _lines(found.text))
    return f'<div class="refusal"><h3>Not in the transcripts</h3>{said}</div>{nearest(found.hits, number)}'


def _lines(text: str) -> list[str]:
    return [line for line in _LINES.split(text.strip()) if line]


def _marked(line: str, found: Answer, number: int) -> str:
    cited = {citation.marker: citation for citation in found.citations}

    def button(match: re.Match[str]) -> str:
        citation = cited.get(int(match[1]))
        return f"&nbsp;{_marker(citation, number)}" if citation else match[0]

    return _MARKER.sub(button, plain(line))


def _marker(citation: Citation, number: int) -> str:
    label = f"Source {citation.marker}: {citation.speaker or citation.title}"
    target = anchor(number, citation.marker)
    return (
        f'<button type="button" class="marker" aria-controls="{target}" aria-label="{plain(label)}">'
        f"{citation.marker}</button>"
    )


def _struck(one: Rejected) -> str:
    reason = f'<p class="reason" dir="auto">{plain(one.reason)}</p>' if one.reason else ""
    return f'<li><del dir="auto">{plain(one.text)}</del>{reason}</li>'


def _section(kind: str, ident: str, heading: str, items: list[str]) -> str:
    if not items:
        return ""
    return (
        f'<section class="{kind}" aria-labelledby="{ident}"><h3 id="{ident}">{heading}</h3>'
        f"<ol>{''.join(items)}</ol></section>"
    )
