"""The reader: a transcript beside the conversation, opened at a quote and loaded as far as one reads.

What it sends is HTML made by `ui.reading`; the browser only puts it in place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from ingest.errors import IngestError
from ingest.sentences import Span
from ui.cards import day_and_source
from ui.desk import Desk
from ui.escape import isolated, link, plain
from ui.heard import number, said_in
from ui.media import at_second
from ui.reading import REACH, Text, around, stretch
from ui.recased import NOTE
from ui.reference import reference_in
from ui.theme import script

_LONGEST_QUOTE = 4 * REACH
_PANEL = """
<aside id="reader" class="reader" aria-labelledby="reader-title" tabindex="-1" hidden>
  <header class="reader-top">
    <button type="button" class="reader-close" aria-label="Close the transcript">×</button>
    <h2 id="reader-title" dir="auto">Transcript</h2>
    <div class="reader-facts"></div>
    <div class="reader-tools">
      <button type="button" data-step="-1">Previous quote</button>
      <span class="reader-count" role="status"></span>
      <button type="button" data-step="1">Next quote</button>
      <button type="button" class="reader-copy">Copy quote with reference</button>
      <span class="reader-media"></span>
    </div>
  </header>
  <div class="reader-body" tabindex="0" role="region" aria-label="Words of the transcript"></div>
</aside>
"""


def reader(desk: Desk) -> None:
    """Puts the panel where it is called, closed; the conversation and the library open it."""
    gr.HTML(
        None,
        html_template=_PANEL,
        js_on_load=script("reader.js"),
        server_functions=[opening(desk), continuing(desk)],
        elem_id="reader-panel",
        apply_default_css=False,
    )


def opening(desk: Desk) -> Callable[[object], dict[str, Any]]:
    """What the browser calls to open a transcript: {"id", "start", "end"}; without a quote at its beginning."""

    def open_reader(told: object = None) -> dict[str, Any]:
        said = said_in(told)
        try:
            text = desk.text(str(said.get("id")))
        except IngestError as error:
            return {"problem": str(error)}
        quote = _span(said, len(text.transcript.text))
        return {**_facts(text, quote), **_stretched(text, quote)}

    return open_reader


def continuing(desk: Desk) -> Callable[[object], dict[str, Any]]:
    """What the browser calls for more: {"id", "at", "back"}, the characters before or after that place."""

    def continue_reader(told: object = None) -> dict[str, Any]:
        said = said_in(told)
        try:
            text = desk.text(str(said.get("id")))
        except IngestError as error:
            return {"problem": str(error)}
        at = number(said.get("at"))
        part = stretch(text, at - 2 * REACH, at) if said.get("back") else stretch(text, at, at + 2 * REACH)
        return {"html": part.html, "start": part.start, "end": part.end}

    return continue_reader


def _span(said: Mapping[str, Any], length: int) -> Span | None:
    start, end = number(said.get("start")), number(said.get("end"))
    return (start, end) if 0 <= start < end <= min(length, start + _LONGEST_QUOTE) else None


def _stretched(text: Text, quote: Span | None) -> dict[str, Any]:
    part = around(text, quote) if quote else stretch(text, 0, 2 * REACH)
    whole = len(text.transcript.text)
    return {"html": part.html, "start": part.start, "end": part.end, "length": whole}


def _facts(text: Text, quote: Span | None) -> dict[str, Any]:
    transcript = text.transcript
    turn = transcript.turn_at(quote[0]) if quote else None
    where = day_and_source(transcript.source, transcript.published)
    speakers = ", ".join(map(isolated, transcript.speakers[:8])) + (" …" if len(transcript.speakers) > 8 else "")
    notes = [f'<p class="recased">{plain(NOTE)}</p>'] if text.casing.style else []
    if text.repeated:
        notes.append('<p class="recased">In grey: what the station repeats, which search leaves out.</p>')
    facts = "".join(f"<p>{each}</p>" for each in (where, speakers) if each)
    return {
        "id": transcript.id,
        "title": plain(transcript.title),
        "facts": facts + "".join(notes),
        "reference": reference_in(transcript, quote) if quote else "",
        "media": _media(text, turn.start_ms if turn else None),
    }


def _media(text: Text, start_ms: int | None) -> str:
    transcript = text.transcript
    heard = at_second(transcript.media_url, start_ms)
    if heard:
        return link(heard, "Play from here" if start_ms is not None else "Play the recording")
    return link(at_second(transcript.url, start_ms, recording=False), "Open the original")
