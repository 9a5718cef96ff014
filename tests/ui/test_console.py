"""What the terminal shows: all that a reader needs, and nothing that a transcript could make it do."""

from __future__ import annotations

import json
import re
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ingest.rows import Entry
from ingest.transcript import Passage, Transcript, Turn
from rag.results import Answer, Citation, Hit, Rejected
from ui.console import clean
from ui.jsonout import dumps
from ui.printing import show_answer, show_list, show_transcript

EVIL = "\x1b[31mred\x1b]0;title\x07 \x9b2J [bold]not bold[/bold] \u202etxt"
AIRED = date(2018, 4, 19)


def citation(marker: int = 1, **changes: object) -> Citation:
    known: dict[str, object] = {
        "marker": marker,
        "quote": "The European area is the top number one area.",
        "transcript_id": "a1",
        "title": "Huawei turns to Europe",
        "source": "Harbour News",
        "published": AIRED,
        "speaker": "Kevin Ho",
        "role": "President, Handsets",
        "start_ms": 42_000,
        "end_ms": 50_000,
        "char_start": 0,
        "char_end": 45,
        "url": None,
        "interpolated": True,
    }
    return Citation(**{**known, **changes})  # type: ignore[arg-type]


def hit(text: str) -> Hit:
    passage = Passage("p1", "a1", 0, 0, 0, len(text), ("Kevin Ho",), 61_000, 70_000, text)
    return Hit(passage, 0.4, 1, {"words": 1.0}, "Huawei turns to Europe", "Harbour News", AIRED)


def answer(*citations: Citation, text: str = "It is. [1]", **more: object) -> Answer:
    return Answer("Why?", text, citations, (hit("A passage nearby."),), **more)  # type: ignore[arg-type]


def printed(value: Answer, *, terminal: bool = False) -> str:
    console = Console(file=StringIO(), width=400, markup=False, emoji=False, force_terminal=terminal)
    show_answer(console, value)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def shown(transcript: Transcript, *, quiet: bool = False) -> str:
    console = Console(file=StringIO(), width=400, markup=False, emoji=False)
    show_transcript(console, transcript, "/news/huawei.txt", quiet)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def transcript(*turns: Turn) -> Transcript:
    text = "\n".join(turn.text for turn in turns)
    return Transcript("a1", "Huawei turns to Europe", None, AIRED, None, None, 184_000, turns, text)


def test_a_citation_is_one_line_with_all_that_is_known() -> None:
    assert (
        "[1] Kevin Ho, President, Handsets — Huawei turns to Europe (Harbour News, 2018-04-19) at ≈0:42: "
        "“The European area is the top number one area.”\n"
    ) in printed(answer(citation()))


def test_what_is_not_known_is_left_out() -> None:
    bare = citation(speaker=None, role=None, source=None, published=None, start_ms=None)
    assert "[1] Narration — Huawei turns to Europe: “The European" in printed(answer(bare))


def test_times_the_file_states_have_no_mark() -> None:
    assert "at 0:42:" in printed(answer(citation(interpolated=False)))


def test_a_refusal_shows_the_nearest_passages_as_such() -> None:
    text = printed(answer(text="The transcripts do not answer this."))
    assert text.startswith("The transcripts do not answer this.\n")
    assert "Nearest passages, which may not be about the question" in text
    assert "- Huawei turns to Europe (Harbour News, 2018-04-19) at 1:01: “A passage nearby.”" in text


def test_a_long_passage_is_cut_at_a_word_and_put_on_one_line() -> None:
    long = Answer("Why?", "No.", (), (hit("One line.\n\nAnother word " + "and more " * 100),))
    line = printed(long).splitlines()[-1]
    assert "“One line. Another word and more" in line
    assert re.search(r"(and|more) …”$", line)
    assert len(line) < 400


def test_an_answer_shows_no_nearest_passages() -> None:
    assert "Nearest" not in printed(answer(citation()))


def test_what_was_struck_out_is_told_with_the_reason() -> None:
    text = printed(answer(citation(), rejected=(Rejected("Pigs fly.", "no passage says so"),)))
    assert "- Pigs fly. (no passage says so)" in text


def test_a_notice_is_shown() -> None:
    assert "\nThe model did not answer.\n" in printed(answer(citation(), notice="The model did not answer."))


def test_nothing_in_an_answer_steers_the_terminal() -> None:
    evil = citation(quote=EVIL, speaker=EVIL, title=EVIL, source=EVIL, url=EVIL)
    text = printed(answer(evil, text=EVIL, rejected=(Rejected(EVIL, EVIL),), notice=EVIL))
    assert not set("\x1b\x07\x9b\u202e") & set(text)
    assert "[bold]not bold[/bold]" in text


def test_colours_on_a_terminal_are_ours_only() -> None:
    text = printed(answer(citation(quote=EVIL), text=EVIL), terminal=True)
    assert "\x1b[31m" not in text
    assert "\x1b]0;" not in text


def test_on_a_terminal_only_the_marker_is_coloured() -> None:
    line = printed(answer(citation()), terminal=True).splitlines()[-1]
    assert line.startswith("\x1b[1;36m[1] \x1b[0m\x1b[1mKevin Ho, President, Handsets\x1b[0m — Huawei turns")


def test_a_transcript_reads_as_one() -> None:
    turns = (
        Turn(0, None, None, 0, 42_000, "Europe matters.", 0, interpolated=True),
        Turn(1, "Kevin Ho", "President", 42_000, 50_000, "It is number one.", 16, interpolated=True),
    )
    text = shown(transcript(*turns))
    assert text.startswith("Huawei turns to Europe\n")
    assert "Date:      2018-04-19\n" in text
    assert "Length:    3:04\n" in text
    assert "File:      /news/huawei.txt\n" in text
    assert "\n   ≈0:42  Kevin Ho (President)\nIt is number one.\n" in text
    assert "Source" not in text


def test_a_quiet_transcript_is_its_turns() -> None:
    only = shown(transcript(Turn(0, None, None, None, None, "Europe matters.", 0)), quiet=True)
    assert only == "\nEurope matters.\n"


def test_nothing_in_a_transcript_steers_the_terminal() -> None:
    assert not set("\x1b\x07\x9b") & set(shown(transcript(Turn(0, EVIL, EVIL, 0, 1, EVIL, 0))))


def test_a_list_keeps_ids_whole_and_markup_as_text() -> None:
    speakers = ("A", "B", "C", "D", "E")
    entry = Entry("0123456789abcdef", EVIL, None, None, "script", "/a", None, 5, 1, 1, speakers, None)
    console = Console(file=StringIO(), width=100, markup=False, emoji=False)
    show_list(console, [entry], quiet=False)
    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    assert "0123456789abcdef" in text
    assert "\x1b" not in text
    assert "and 2 more" in " ".join(text.split())


@given(st.text())
def test_cleaning_leaves_no_control_character_and_no_other_change(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert all(new in {old, "�"} for old, new in zip(text, cleaned, strict=True))
    assert not [char for char in cleaned if ord(char) < 32 and char not in "\n\t"]
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("text", ["≈0:42 — “Größe”…", "日本語 🎙️", "tab\tline\nend"])
def test_cleaning_keeps_what_people_write(text: str) -> None:
    assert clean(text) == text


@given(st.text())
def test_json_gives_back_any_text_and_cannot_steer_a_terminal(text: str) -> None:
    written = dumps(citation(quote=text))
    assert json.loads(written)["quote"] == text
    assert not set(map(chr, [*range(10), *range(11, 32), *range(0x7F, 0xA0)])) & set(written)


def test_json_of_an_answer_has_its_fields_and_status() -> None:
    value = json.loads(dumps(answer(citation())))
    assert value["status"] == "grounded"
    assert value["citations"][0]["published"] == "2018-04-19"
    assert value["hits"][0]["parts"] == {"words": 1.0}
    fields = "question text citations hits rejected timings notice usage confidence filters".split()
    assert list(value) == [*fields, "short", "sections", "read_as", "status"]


def test_json_refuses_what_it_does_not_know() -> None:
    with pytest.raises(TypeError, match="no JSON for object"):
        dumps(object())
