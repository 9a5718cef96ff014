"""The text of a quoted answer: the short answer, headings and quotes, with who says each and the markers. Pure.

What is no statement of the answer can be taken out again: headings, and questions that an interviewer asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.results import Answer, Citation, Section, Short


def composed(citations: Sequence[Citation], sections: Sequence[Section] = (), short: Short | None = None) -> str:
    """Paragraphs: the short answer first; each section is a line that ends in ":", then its quotes."""
    lines = {citation.marker: _line(citation) for citation in citations}
    shown = [f"{_on_one_line(short.text)} [{short.marker}]"] if short else []
    if not sections:
        return "\n\n".join([*shown, *lines.values()])
    for section in sections:
        shown += [_heading(section), *(lines[marker] for marker in section.markers)]
    return "\n\n".join(shown)


def stated(answer: Answer) -> str:
    """The answer's text without its headings and without the questions that its quotes are replies to."""
    headings = set(map(_heading, answer.sections))
    text = "\n\n".join(each for each in answer.text.split("\n\n") if each not in headings)
    for aside in filter(None, map(_aside, answer.citations)):
        text = text.replace(f"{aside}: “", ": “").replace(f"{aside.strip()}: “", "“")
    return text


def _line(citation: Citation) -> str:
    """`Ellen Ward, Minister (asked “When will it start?”): “In March.” [1]`."""
    said_by = ", ".join(part for part in (citation.speaker, citation.role) if part)
    lead = f"{said_by}{_aside(citation)}".strip()
    quoted = f"“{_on_one_line(citation.quote)}” [{citation.marker}]"
    return f"{lead}: {quoted}" if lead else quoted


def _aside(citation: Citation) -> str:
    return f" (asked “{_on_one_line(citation.asked)}”)" if citation.asked else ""


def _heading(section: Section) -> str:
    return f"{section.heading}:"


def _on_one_line(text: str) -> str:
    return " ".join(text.split("\n"))
