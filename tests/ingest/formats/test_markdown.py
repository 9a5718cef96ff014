"""Markdown: front matter, marks taken off, and bodies of both manners."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.errors import Malformed
from ingest.formats.markup import plain_text
from tests.ingest.formats.reading import read, said


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
        (None, "The bridge is closed.\nIt rained.")
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
