"""YouTube's captions: json3, the three kinds of timedtext XML, and the list of youtube-transcript-api."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import EmptyFile, Malformed, TranscriptError
from ingest.formats.machine import youtube
from tests.ingest.formats.reading import read, said, timed
from tests.ingest.formats.test_properties import assert_sound
from tests.ingest.formats.test_properties import read as outcome_of


def line(start: int, length: int, *words: str, **more: Any) -> dict[str, Any]:
    segments = [{"utf8": word} | ({"tOffsetMs": 200 * n} if n else {}) for n, word in enumerate(words)]
    return {"tStartMs": start, "dDurationMs": length, "wWinId": 1, "segs": segments, **more}


def feed(start: int) -> dict[str, Any]:
    """The line end that pushes the window up."""
    return {"tStartMs": start, "dDurationMs": 10, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]}


def json3(*events: dict[str, Any]) -> str:
    window = {"tStartMs": 0, "dDurationMs": 999_999, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1}
    return json.dumps({"wireMagic": "pb3", "pens": [{}], "events": [window, *events]})


def srv3(body: str) -> str:
    head = '<head><ws id="0"/><wp id="0"/></head>'
    return f'<?xml version="1.0" encoding="utf-8" ?><timedtext format="3">\n{head}\n<body>\n{body}\n</body></timedtext>'


def test_automatic_captions_have_each_word_once_and_end_where_the_next_begin() -> None:
    text = json3(
        line(80, 4000, "no", " no", " the", " lake"),
        feed(2000),
        line(2010, 4000, "no", " the", " lake"),
        feed(4000),
        line(4010, 1500, "is", " frozen."),
    )
    assert timed(text, "a.json3") == [(80, 5510, "no no the lake no the lake is frozen.")]


def test_a_line_ends_in_its_own_time_before_a_pause() -> None:
    text = json3(line(0, 1500, "the lake"), feed(1490), line(9000, 1000, "is frozen"))
    assert timed(text, "a.json3") == [(0, 1500, "the lake"), (9000, 10_000, "is frozen")]


def test_what_is_appended_inside_a_word_goes_on_it() -> None:
    text = json3(line(0, 500, "FRO"), line(500, 500, "ZEN", aAppend=1), feed(1000), line(1000, 500, "LAKE", aAppend=1))
    assert timed(text, "a.json3") == [(0, 1500, "FROZEN LAKE")]


def test_chevrons_music_and_entities_of_captions() -> None:
    text = json3(
        line(0, 1000, "[Music]"),
        line(1000, 1000, ">> is it frozen?\n>> yes."),
        line(2000, 1000, "fish &amp; chips"),
    )
    assert [text for _, _, text in timed(text, "a.json")] == ["is it frozen?", "yes.", "fish & chips"]


def test_the_three_kinds_of_xml_say_the_same() -> None:
    expected = [(80, 2010, "it's frozen."), (2010, 3010, "skate!")]
    words = '<s ac="255">it&#39;s</s><s t="320"> frozen.</s>'
    assert timed(srv3(f'<w t="0" id="1"/><p t="80" d="1930" w="1">{words}</p><p t="2000" w="1" a="1">\n</p>'
                      '<p t="2010" d="1000" w="1">skate!</p>'), "a.srv3") == expected  # fmt: skip
    first, second = "it&amp;#39;s frozen.", "\nskate!"
    srv2 = f'<text t="80" d="1930">{first}</text><text t="2010" d="1000" append="1">{second}</text>'
    assert timed(f'<timedtext><window t="0" id="1"/>{srv2}</timedtext>', "a.srv2") == expected
    srv1 = f'<text start="0.08" dur="1.93">{first}</text><text start="2.01" dur="1">{second}</text>'
    assert timed(f"<transcript>{srv1}</transcript>", "a.xml") == expected


def test_the_list_of_the_python_tool() -> None:
    value = [
        {"text": "it&#39;s", "start": 0.08, "duration": 4.0},
        {"text": "frozen.", "start": 1.5, "duration": 1.0},
    ]
    assert timed(json.dumps(value), "a.json") == [(80, 2500, "it's frozen.")]


def test_letters_in_other_pens_stay_in_their_word() -> None:
    assert said(srv3('<p t="0" d="1">fro<s p="1">z</s>en</p>'), "a.srv3") == [(None, "frozen")]


@pytest.mark.parametrize(
    ("text", "cause", "where"),
    [
        (srv3('<p t="0" d="1">a</p>\n<p t="soon">b</p>'), "should have a time at <p> in line 5.t", None),
        (srv3('<p t="-5000">b</p>'), "should have a time between zero and a thousand hours", None),
        (srv3("<p>a</i>"), "is XML that cannot be read", 4),
        ('<transcript><text start="x">a</text></transcript>', "at <text> in line 1.start", None),
        (json3({"tStartMs": "x", "segs": [{"utf8": "a"}]}), r"at \$.events\[1\].tStartMs", None),
        (json3({"tStartMs": 1, "segs": [{"utf8": 5}]}), r"at \$.events\[1\].segs\[0\].utf8", None),
    ],
)
def test_broken_captions_are_told_with_their_place(text: str, cause: str, where: int | None) -> None:
    with pytest.raises(Malformed, match=cause) as caught:
        read(text, "a.xml")
    assert caught.value.line == where


def test_entities_of_the_files_own_making_are_refused() -> None:
    bomb = '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><transcript><text start="0">&b;</text></transcript>'
    with pytest.raises(TranscriptError):
        read(bomb, "a.xml")
    with pytest.raises(Malformed, match="entities"):
        youtube.parse(bomb, Path("a.xml"))


SNIPPET = st.sampled_from(
    ['<p t="0" d="9">', "</p>", "<s>", "</s>", "on ", "&amp;", "&#39;", "&", "<", '<p t="5" a="1">\n</p>',
     '<text start="1">', "</text>", "<br/>", 't="-1"', "<![CDATA[x]]>", "<!-- a -->", "\x00", "\ud83d", ">> ANN LEE: ",
     "[Music]"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(SNIPPET, max_size=20).map("".join))
def test_any_xml_of_captions_is_a_sound_transcript_or_a_clear_error(body: str) -> None:
    text = srv3(body).encode("utf-8", "replace")
    assert_sound(outcome_of(text, "a.srv3"), "a.srv3")


def test_captions_without_words_are_empty() -> None:
    with pytest.raises(EmptyFile):
        read(json3(feed(0)), "a.json3")
