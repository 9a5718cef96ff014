"""Answers, transcripts and lists as text for a terminal. Reads nothing and decides nothing.

Whatever comes from a transcript goes through `ui.console.clean` into `rich.text.Text`, where brackets are no
markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.clock import format_clock
from ingest.sentences import Span
from ingest.transcribe import HOW_TO_HEAR
from ingest.transcript import Transcript, Turn
from ui.console import clean, complain, note
from ui.recased import NOTE, casing_of, recased

if TYPE_CHECKING:
    from ingest import IngestReport
    from ingest.rows import Entry
    from rag.results import Answer, Citation, Hit

_MARKER = re.compile(r"\[\d+\]")
_LEFT_OUT = "Repeated by the station, left out of search"
_NEAREST, _NEAREST_CHARS = 3, 300
_FIXED = {"Id": True, "Date": True, "Title": False, "Source": False, "Speakers": False, "Length": True}


def show_report(report: IngestReport, quiet: bool) -> None:
    """What went in on stdout; each file that did not on stderr, with the reason."""
    for each in report.columns:
        taken = ", ".join(f"{ours} from “{theirs}”" for ours, theirs in each.columns.items() if theirs)
        note(f"{each.path}: {taken}." if taken else f"{each.path}: read as transcripts.", quiet)
    if report.unheard:
        complain(f"{len(report.unheard)} recordings were left out. {HOW_TO_HEAR}")
    for mended in report.mended:
        note(f"{mended.path}: {' '.join(mended.repairs)}", quiet)
    for alike in report.alike:
        note(f"{alike.place}: nearly the same, word for word, as {_few(alike.others)}.", quiet)
    for failure in report.failed:
        complain(" ".join(str(failure.error).split()))
    note(report.summary[:1].upper() + report.summary[1:] + ".", quiet)
    if kept := report.kept_out.passages:
        passages = "1 passage" if kept == 1 else f"{kept:,} passages"
        see = f"onrecord show {report.kept_out.example}"
        note(f"{passages} of repeated station text kept out of search; to see some: {see}", quiet)


def show_answer(console: Console, answer: Answer) -> None:
    """The answer, then its citations, numbered as in the text; a refusal shows the nearest passages."""
    shown = recased(answer)
    answer = shown.answer
    _write(console, _told(answer))
    if answer.notice:
        _write(console, Text(clean(answer.notice), "dim"))
    for citation in answer.citations:
        _write(console, Text("\n").append_text(_citation(citation)))
    if answer.status == "refused" and answer.hits:
        _write(console, Text("\nNearest passages, which may not be about the question:", "bold"))
        for hit in answer.hits[:_NEAREST]:
            _write(console, Text("\n").append_text(_nearest(hit)))
    if shown.differs:
        _write(console, Text(f"\n{NOTE}", "dim"))
    if answer.rejected:
        _write(console, Text("\nStruck out, because no transcript bears it out:", "bold"))
        for sentence in answer.rejected:
            _write(console, Text(clean(f"- {sentence.text} ({sentence.reason})"), "dim"))


def show_transcript(
    console: Console, transcript: Transcript, place: str, quiet: bool, boilerplate: Sequence[Span] = ()
) -> None:
    """The transcript to read: what it is, then its turns with times and speakers, in sentence case.

    The character spans `boilerplate` are set off as what search leaves out. Quiet shows only the turns, in the exact
    words.
    """
    casing = None if quiet else casing_of(transcript)
    if not quiet:
        _show_facts(console, transcript, place)
    for turn in transcript.turns:
        text = casing.readable(turn.text) if casing else turn.text
        said = _set_off(text, turn.char_start, () if quiet else boilerplate)
        _write(console, Text("\n").append_text(_heading(turn)).append_text(said))
    if casing and casing.style:
        _write(console, Text(f"\n{NOTE}", "dim"))


def _set_off(text: str, offset: int, boilerplate: Sequence[Span]) -> Text:
    """The text that begins at the offset, with the spans in it in brackets that say what they are."""
    shown, done = Text(), 0
    for start, end in ((max(0, a - offset), min(len(text), b - offset)) for a, b in boilerplate):
        if start < end:
            shown.append(clean(text[done:start]))
            shown.append(f"[{_LEFT_OUT}: {clean(text[start:end])}]", "dim")
            done = end
    return shown.append(clean(text[done:]))


def _show_facts(console: Console, transcript: Transcript, place: str) -> None:
    """Each fact with where it came from beside it, for those that the transcript tells it of."""
    length = "" if transcript.duration_ms is None else format_clock(transcript.duration_ms)
    moment = transcript.published_at
    facts: Sequence[tuple[str, str | None, str]] = (
        ("Source", transcript.source, "source"),
        ("Programme", transcript.programme, "programme"),
        ("Date", _iso(transcript.published), "published"),
        ("Time", moment.timetz().isoformat("minutes") if moment else None, "published_at"),
        ("Language", transcript.language, "language"),
        ("Length", length, "duration_ms"),
        ("Words", f"{transcript.words:,}", ""),
        ("Speakers", ", ".join(transcript.speakers), ""),
        ("URL", transcript.url, "url"),
        ("Recording", transcript.media_url, "media_url"),
        ("Format", transcript.format, ""),
        ("Mended", " ".join(transcript.mended), ""),
        ("File", place, ""),
        ("Id", transcript.id, ""),
    )
    _write(console, Text(clean(transcript.title), "bold").append_text(_origin(transcript, "title")))
    for name, fact, stated in facts:
        if fact:
            line = Text.assemble((f"{name + ':':<11}", "dim"), clean(fact))
            _write(console, line.append_text(_origin(transcript, stated)))


def _origin(transcript: Transcript, fact: str) -> Text:
    origin = transcript.origins.get(fact)
    return Text(f"  ({clean(origin)})", "dim not bold") if origin else Text()


def show_list(console: Console, entries: Sequence[Entry], quiet: bool) -> None:
    """The catalogue as a table, or only its ids when quiet."""
    if quiet:
        for entry in entries:
            console.print(entry.id)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, fixed in _FIXED.items():
        table.add_column(name, no_wrap=fixed, overflow="fold")
    for entry in entries:
        length = "" if entry.duration_ms is None else format_clock(entry.duration_ms)
        title = f"{entry.title} (nearly the same as {_few(entry.alike)})" if entry.alike else entry.title
        cells = (entry.id, _iso(entry.published), title, entry.source, _few(entry.speakers), length)
        table.add_row(*(Text(clean(cell or "")) for cell in cells))
    console.print(table)


def _told(answer: Answer) -> Text:
    """The answer's text with its short form, its headings and its markers set off."""
    text = Text(clean(answer.text))
    for heading in answer.sections:
        text.highlight_words([f"{clean(heading.heading)}:"], "bold")
    if answer.short:
        text.stylize("bold", 0, text.plain.find("\n"))
    text.highlight_regex(_MARKER, "bold cyan")
    return text


def _citation(citation: Citation) -> Text:
    line = Text().append(f"[{citation.marker}] ", "bold cyan")
    line.append(clean(_who(citation.speaker, citation.role)), "bold")
    line.append(clean(f" — {source_line(citation.title, citation.source, citation.published)}"))
    line.append(f"{at(citation.start_ms, citation.interpolated)}: ")
    if citation.asked:
        by = f" by {citation.asked_by}" if citation.asked_by else ""
        line.append(clean(f"(asked{by} “{citation.asked}”) "), "dim")
    line.append(clean(f"“{citation.quote}”"), "italic")
    return line.append(clean(f"  {citation.url}"), "dim") if citation.url else line


def _nearest(hit: Hit) -> Text:
    passage = hit.passage
    line = Text(clean(f"- {source_line(hit.title, hit.source, hit.published)}"))
    line.append(f"{at(passage.start_ms, passage.interpolated)}: ")
    return line.append(clean(f"“{shorten(passage.text, _NEAREST_CHARS, placeholder=' …')}”"), "dim")


def _heading(turn: Turn) -> Text:
    clock = "" if turn.start_ms is None else format_clock(turn.start_ms, interpolated=turn.interpolated)
    heading = Text().append(f"{clock:>8}  " if clock else "", "cyan")
    if turn.speaker:
        role = f" ({turn.role})" if turn.role else ""
        heading.append(clean(f"{turn.speaker}{role}"), "bold")
    return heading.append("\n") if heading.plain else heading


def _who(speaker: str | None, role: str | None) -> str:
    return ", ".join(part for part in (speaker or "Narration", role) if part)


def source_line(title: str, source: str | None, published: date | None) -> str:
    """ "Title (source, date)", as far as they are known."""
    detail = ", ".join(part for part in (source, _iso(published)) if part)
    return f"{title} ({detail})" if detail else title


def at(start_ms: int | None, interpolated: bool) -> str:
    """ " at 1:02", where the time is known."""
    return "" if start_ms is None else f" at {format_clock(start_ms, interpolated=interpolated)}"


def _few(names: Sequence[str], shown: int = 3) -> str:
    more = [f"and {len(names) - shown} more"] if len(names) > shown else []
    return ", ".join([*names[:shown], *more])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _write(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=not console.is_terminal)
