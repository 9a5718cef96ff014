"""Markdown: front matter, marks taken off, and bodies of both manners."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.errors import Malformed
from ingest.formats.markup import plain_text
from tests.ingest.formats.reading import read, said, timed


@pytest.mark.parametrize(
    ("stated", "name", "value"),
    [
        ("title: Bridge: the end", "title", None),
        ("title: 'Bridge: the end'", "title", "Bridge: the end"),
        ('title: "Jen\\_Psaki,\\_2021"', "title", "Jen Psaki, 2021"),
        ("title: 1984", "title", "1984"),
        ("title: Yes", "title", "Yes"),
        ("title: >\n  Two\n  lines", "title", "Two lines"),
        ("date: 2021-01-20", "published", date(2021, 1, 20)),
        ("date: '2021-01-20'", "published", date(2021, 1, 20)),
        ("date: 2021-01-20 19:06:00-05:00", "published", date(2021, 1, 20)),
        ("date: January 20, 2021", "published", date(2021, 1, 20)),
        ("published_time: 2021-01-20T19:06:00Z", "published", date(2021, 1, 20)),
        ("published_time: 2021-01-21\ndate: 2021-01-20", "published", date(2021, 1, 20)),
        ("date: soon", "published", None),
        ("date: 2021-13-45", "published", None),
        ("source: Valley Radio", "source", "Valley Radio"),
        ("source_url: https://example.org/a", "url", "https://example.org/a"),
        ("url: https://example.org/a", "url", "https://example.org/a"),
        ("audio: https://example.org/a.mp3", "media_url", "https://example.org/a.mp3"),
        ("duration: 3:04", "duration_ms", 184_000),
        ("duration: 184", "duration_ms", 184_000),
        ("tags: [a, b]\nsource: X", "source", "X"),
    ],
)
def test_front_matter_states_facts(stated: str, name: str, value: object) -> None:
    text = f"---\n{stated}\n---\nThe bridge is closed.\n"
    if value is None and name == "title":
        with pytest.raises(Malformed):
            read(text, "a.md")
    else:
        assert getattr(read(text, "a.md"), name) == value


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: [a\ndate: 2021\n---\nWords.", 3),
        ("---\ntitle: a\n\tdate: b\n---\nWords.", 3),
        ("---\ntitle: a\nThe talk began.", 1),
        ("---\ntitle: 'a\n---\nWords.", 2),
        ("---\na: " + "[" * 5000 + "\n---\nWords.", 2),
    ],
)
def test_broken_front_matter_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Malformed, match="front matter") as caught:
        read(text, "a.md")
    assert abs((caught.value.line or 0) - line) <= 1


def test_a_ruled_line_on_top_is_no_front_matter() -> None:
    assert said("---\nThe bridge is closed.\n\n---\n\nIt rained.", "a.md") == [
        (None, "The bridge is closed."),
        (None, "It rained."),
    ]


def test_front_matter_counts_whatever_the_file_is_called() -> None:
    assert read("---\ntitle: The bridge\n---\nIt is closed.", "a.txt").format == "markdown"


def test_facts_of_the_front_matter_win_over_the_header() -> None:
    talk = read("---\ntitle: Stated\n---\n\nPlace, Country\n\nTitle: Other\n\nMS. LEE:  Hi.\n\nMR. RAY:  Hi.", "a.md")
    assert (talk.title, talk.text) == ("Stated", "Hi.\n\nHi.")


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**bold** and *thin*, __bold__ and _thin_", "bold and thin, bold and thin"),
        ("5 * 3 * 2 and snake_case_name", "5 * 3 * 2 and snake_case_name"),
        (r"\[senior official\] \*sic\* \#1", "[senior official] *sic* #1"),
        ("<s>Warner</s> [Warren]", "Warner [Warren]"),
        ("see [the plan](https://example.org 'plan') ![picture](a.png)", "see the plan "),
        ("<https://example.org/a> <press@example.org>", "https://example.org/a press@example.org"),
        ("Q&amp;A &mdash; `code` ~~gone~~", "Q&A — code gone"),
        ("one  \ntwo\\\nthree", "one\ntwo\nthree"),
        ("# Title #", "Title\n"),
        ("> quoted\n> words", "quoted\nwords"),
        ("a <!-- hidden\n\nstill --> b", "a  b"),
        ("a <!-- never closed", "a <!-- never closed"),
        ("2021. It was\n- hey", "2021. It was\n- hey"),
        ("     MS. LEE:  indented", "     MS. LEE:  indented"),
    ],
)
def test_marks_are_taken_off_and_words_and_lines_stay(markdown: str, plain: str) -> None:
    assert plain_text(markdown) == plain


def test_labels_in_bold_are_labels() -> None:
    talk = "**Ann Lee:** Hello.\n\n**Bob Ray:** Hi.\n\n**Ann Lee**: Bye."
    assert said(talk, "a.md") == [("Ann Lee", "Hello."), ("Bob Ray", "Hi."), ("Ann Lee", "Bye.")]
    assert read(talk, "a").format == "markdown"


FRONT = "---\ntitle: Briefing by Mayor Jen Ward\nsource: BBC\n---\n"
SPOKEN = [(1000, 4000, "It is open."), (4000, 9000, "Since when?"), (9000, 9000, "Since May.")]


@pytest.mark.parametrize(
    "body",
    [
        "[00:01] MS. WARD: It is open.\n[00:04] BOB RAY: Since when?\n[00:09] MS. WARD: Since May.\n",
        "**[00:01] MS. WARD:** It is *open*.\n\n**[00:04] BOB RAY:** Since when?\n\n**[00:09] MS. WARD:** Since May.\n",
        "# A talk\n\nMS. WARD (00:01):\nIt is open.\nBOB RAY (00:04):\nSince when?\nMS. WARD (00:09):\nSince May.\n",
        "- [00:01](http://a.b) MS. WARD: It is open.\n- 0:04 BOB RAY: Since when?\n- 00:09 MS. WARD: Since May.\n",
    ],
    ids=["plain", "bold", "below", "links"],
)
def test_a_body_with_times_keeps_them_and_its_front_matter(body: str) -> None:
    talk = read(FRONT + body, "a.md")
    assert timed(FRONT + body, "a.md") == SPOKEN
    assert (talk.format, talk.title, talk.source) == ("markdown", "Briefing by Mayor Jen Ward", "BBC")
    assert talk.speakers == ("Jen Ward", "Bob Ray")


@pytest.mark.parametrize("fence", ["", "```\n"])
@pytest.mark.parametrize(
    "captions",
    [
        "1\n00:00:01,000 --> 00:00:04,000\nMS. WARD: It is open.\n\n2\n00:00:04,000 --> 00:00:09,000\nSince when?\n",
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Jen Ward>It is open.\n\n00:04.000 --> 00:09.000\nSince when?\n",
    ],
    ids=["subrip", "webvtt"],
)
def test_captions_that_were_pasted_keep_their_times_and_voices(captions: str, fence: str) -> None:
    text = FRONT + fence + captions + fence
    assert timed(text, "a.md") == SPOKEN[:2]
    assert read(text, "a.md").turns[0].speaker == "Jen Ward"
    assert read(text, "a.md").title == "Briefing by Mayor Jen Ward"


def test_a_body_with_marks_of_speakers_is_closed_captions_and_quotations_are_not() -> None:
    body = ">> good evening.\n>> bill: it is open. >> since when?\n>> bill: since may.\n"
    expected = [(None, "good evening."), ("Bill", "it is open."), (None, "since when?"), ("Bill", "since may.")]
    assert said(FRONT + body, "a.md") == expected
    assert said(FRONT + "> It is open.\n> It is.\n", "a.md") == [(None, "It is open.\nIt is.")]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("[00:01] One.\n[00:75:05] Two.\n[00:09] Three.\n", 6),
        ("# A talk\n\n[00:01] One.\n[00:75:05] Two.\n[00:09] Three.\n", 8),
        ("1\n00:00:01,000 --> 00:00:0x,000\nOne.\n", 6),
    ],
)
def test_a_broken_time_in_the_body_is_told_with_the_line_of_the_file(body: str, line: int) -> None:
    with pytest.raises(Malformed, match="cannot be read") as caught:
        read(FRONT + body, "a.md")
    assert caught.value.line in (line, None)
    if not body.startswith("#"):
        assert caught.value.line == line
