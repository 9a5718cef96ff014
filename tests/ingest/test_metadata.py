"""Facts given for transcripts: which keys and values will do, and what they change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from ingest.formats import parse_bytes
from ingest.formats.document import Metadata
from ingest.metadata import GIVEN, KEYS, BadFact, fingerprint, read_given, still_given, with_facts

TALK = "EVENING DESK\n\nThe bridge\n\nAired April 13, 2015 - 22:00 ET\n\nANN LEE, HOST: Hello.\n\nBOB RAY, MAYOR: Hi.\n"
SCRIPT = '01:00\nThe bridge\nIt was closed on Monday.\nANN LEE, MAYOR "We wait for the engineers."\n'
LONDON_SUMMER = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("key", "value", "facts"),
    [
        ("title", " The  bridge ", Metadata(title="The bridge")),
        ("source", "BBC", Metadata(source="BBC")),
        ("programme", "Newsnight", Metadata(programme="Newsnight")),
        ("date", "2024-05-01", Metadata(published=date(2024, 5, 1))),
        (
            "date",
            "2024-05-01 18:00 BST",
            Metadata(published=date(2024, 5, 1), published_at=datetime(2024, 5, 1, 18, tzinfo=LONDON_SUMMER)),
        ),
        ("url", "https://example.org/a", Metadata(url="https://example.org/a")),
        ("media_url", "media/a.mp3", Metadata(media_url="media/a.mp3")),
        ("language", "English", Metadata(language="en")),
        ("source", "", Metadata()),
    ],
)
def test_what_is_given_is_read(key: str, value: str, facts: Metadata) -> None:
    read = read_given({key: value})
    assert read == facts
    assert set(read.origins.values()) <= {GIVEN}


@pytest.mark.parametrize("key", ["colour", "Title", "published", "duration", ""])
def test_an_unknown_key_is_told_with_those_there_are(key: str) -> None:
    with pytest.raises(BadFact, match="title, source, programme, date, url, media_url, language"):
        read_given({key: "x"})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date", "05/06/2024"), ("date", "soon"), ("date", "2024-02-30"), ("language", "klingon"),
        ("url", "javascript:alert(1)"), ("url", "https://"), ("url", "https://a b"), ("url", "http://[x"),
        ("url", "example.org"), ("media_url", "two words"),
    ],
)  # fmt: skip
def test_a_value_that_will_not_do_is_told_with_what_will(key: str, value: str) -> None:
    with pytest.raises(BadFact, match=f"{key} cannot be ") as caught:
        read_given({key: value})
    assert KEYS[key] in str(caught.value)


def test_a_statement_takes_the_place_of_what_the_file_says_and_leaves_the_rest() -> None:
    own = parse_bytes(TALK.encode(), "/news/a.txt")
    talk = with_facts(own, read_given({"source": "CNN", "date": "2015-04-14"}))
    assert (talk.source, talk.programme, talk.title) == ("CNN", "Evening Desk", "The bridge")
    assert (talk.published, talk.published_at) == (date(2015, 4, 14), None)
    assert talk.origins == {"title": "header", "programme": "header", "source": GIVEN, "published": GIVEN}
    assert (talk.id, talk.text, talk.turns) == (own.id, own.text, own.turns)
    assert with_facts(own, Metadata()) == own


def test_a_programme_given_stands_for_the_outlet_as_one_stated_does() -> None:
    talk = with_facts(parse_bytes(TALK.encode(), "/news/a.txt"), read_given({"programme": "Late Desk"}))
    assert (talk.source, talk.programme) == ("Late Desk", "Late Desk")
    assert (talk.origins["source"], talk.origins["programme"]) == ("programme", GIVEN)


def test_a_length_given_spreads_the_times_anew_where_the_file_has_none_of_its_own() -> None:
    own = parse_bytes(SCRIPT.encode(), "/news/a.txt")
    assert own.turns[-1].end_ms == 60_000
    talk = with_facts(own, Metadata(duration_ms=2 * 60_000))
    for turn, before in zip(talk.turns, own.turns, strict=True):
        assert turn.end_ms == pytest.approx(2 * (before.end_ms or 0), abs=1)
    timed = replace(own, turns=tuple(replace(turn, interpolated=False) for turn in own.turns))
    assert with_facts(timed, Metadata(duration_ms=2 * 60_000)).turns == timed.turns


def test_facts_given_stay_until_they_are_replaced_or_taken_back() -> None:
    stored = {"published": "2024-05-01", "published_at": "2024-05-01T18:00:00+01:00", "source": "BBC"}
    assert still_given(stored, {}) == {"source": "BBC", "date": "2024-05-01T18:00:00+01:00"}
    assert read_given(still_given(stored, {})) == read_given({"source": "BBC", "date": "2024-05-01 18:00 BST"})
    now = {"source": "", "date": "2024-05-02", "title": "X"}
    assert still_given(stored, now) == {"date": "2024-05-02", "title": "X"}


def test_a_file_is_known_by_its_content_and_by_what_is_stated_about_it() -> None:
    bbc = Metadata(source="BBC")
    stated = [Metadata(), bbc.told_by("a"), bbc.told_by("b"), Metadata(title="BBC")]
    known = {fingerprint(content, facts) for content in ("1", "2") for facts in stated}
    assert len(known) == 2 * len(stated)
    assert fingerprint("1", Metadata(source="BBC", title="X")) == fingerprint("1", Metadata(title="X", source="BBC"))
