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
from ui.understood import notice_of, understood

NEAREST = 4
_NONE: Mapping[int, str] = MappingProxyType({})
_MARKER = re.compile(r"\s*\[(\d{1,4})\]")
_LINES = re.compile(r"\s*\n\s*")
_TOOLS = (
    '<div class="tools"><button type="button" data-act="edit">Edit</button>'
    '<button type="button" data-act="link">Copy link</button></div>'
)


def exchange(shown: Exchange, number: int) -> str:
    """One question and what came back, as an article whose ids begin with "answer-<number>"."""
    busy = "false" if shown.complete else "true"
    return (
        f'<article class="exchange" id="answer-{number}" aria-labelledby="question-{number}" '
        f'aria-busy="{busy}" tabindex="-1">'
        f'<h2 class="question" id="question-{number}" dir="auto">{plain(shown.question)}</h2>'
        f"{_TOOLS if shown.complete else ''}{understood(shown)}{_outcome(shown, number)}</article>"
    )


def answer(found: Answer, number: int, *, complete: bool = True, instead: Iterable[str] = ()) -> str:
    """The body of an answer. While it is not complete, a lack of citations does not yet make it a refusal.

    Words from captions without proper capitals are in sentence case, with a note that says so. `instead` are questions
    offered under a refusal.
    """
    refused = complete and found.status == "refused"
    shown = recased(found)
    return "".join(
        (
            notice(notice_of(found)),
            _refusal(shown.answer, number, instead) if refused else short(shown.answer, number),
            "" if refused else _text(shown.answer, number),
            f'<p class="recased">{plain(NOTE)}</p>' if shown.differs and (refused or found.citations) else "",
            sources(shown.answer.citations, number, shown.transcribed),
            rejected(found.rejected) if complete else "",
        )
    )


def short(found: Answer, number: int) -> str:
    """The answer in a few words, large, where the quote that they are cut from is cited."""
    for cited in found.citations if found.short else ():
        if found.short and cited.marker == found.short.marker:
            return f'<p class="short" dir="auto">{plain(found.short.text)}&nbsp;{_marker(cited, number)}</p>'
    return ""


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


def suggestions(questions: Iterable[str], number: int) -> str:
    """What could be asked instead, to be asked with a click."""
    items = [
        f'<li><button type="button" class="suggestion" data-act="ask" dir="auto">{plain(each)}</button></li>'
        for each in questions
    ]
    return _section("instead", f"instead-{number}", "What could be asked instead", items)


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


def told(sentence: str) -> str:
    """That something was done, as a sentence."""
    return f'<p class="done" dir="auto">{plain(sentence)}</p>'


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
    body = answer(shown.answer, number, complete=shown.complete, instead=shown.instead)
    return body + (_foot(shown.judged) if shown.complete else "")


def _foot(judged: bool | None) -> str:
    """What can be done with a finished answer: say whether it is right, ask why these passages."""
    pressed = {True: (judged is True), False: (judged is False)}
    buttons = "".join(
        f'<button type="button" data-act="judge" data-right="{str(right).lower()}" '
        f'aria-pressed="{str(pressed[right]).lower()}">{name}</button>'
        for right, name in ((True, "This is right"), (False, "This is wrong"))
    )
    return f'<div class="foot">{buttons}<button type="button" data-act="why">Why these passages?</button></div>'


def _text(found: Answer, number: int) -> str:
    """The lines of the text, those that belong together under their heading; what is shown larger is not repeated."""
    apart = {f"{each.heading}:".casefold() for each in found.sections}
    if found.short:
        apart.add(" ".join(f"{found.short.text} [{found.short.marker}]".split("\n")).casefold())
    lines = [line for line in _lines(found.text) if line.casefold() not in apart]
    placed = [next((at for at, each in enumerate(found.sections) if _cites(line, each.markers)), -1) for line in lines]
    parts = []
    for at, heading in [(-1, ""), *((at, each.heading) for at, each in enumerate(found.sections))]:
        under = [line for line, place in zip(lines, placed, strict=True) if place == at]
        if under:
            parts.append(f'<h3 class="side" dir="auto">{plain(heading)}</h3>' if heading else "")
            parts += [f'<p dir="auto">{_marked(line, found, number)}</p>' for line in under]
    return f'<div class="answer">{"".join(parts)}</div>'


def _cites(line: str, markers: Iterable[int]) -> bool:
    return bool({int(found) for found in _MARKER.findall(line)} & set(markers))


def _refusal(found: Answer, number: int, instead: Iterable[str]) -> str:
    said = "".join(f'<p dir="auto">{plain(line)}</p>' for line in _lines(found.text))
    refusal = f'<div class="refusal"><h3>Not in the transcripts</h3>{said}</div>'
    return refusal + suggestions(instead, number) + nearest(found.hits, number)


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
    return (
        f'<button type="button" class="marker" data-card="{anchor(number, citation.marker)}" '
        f'aria-label="{plain(label)}">{citation.marker}</button>'
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
