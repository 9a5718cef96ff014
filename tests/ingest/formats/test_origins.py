"""Where each fact of a parsed file came from, which statement wins, and that nothing unknown is filled in."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from ingest.formats.document import Metadata, settled
from tests.ingest.formats.reading import read

CABLE = """EVENING DESK

Bridge Closed After Storm

Aired April 13, 2015 - 22:00 ET

ANN LEE, HOST: Good evening.

BOB RAY, MAYOR: Hello.
"""
NEW_YORK_SUMMER = timezone(timedelta(hours=-4))


def test_a_header_states_title_programme_day_and_moment() -> None:
    talk = read(CABLE)
    assert (talk.title, talk.programme) == ("Bridge Closed After Storm", "Evening Desk")
    assert talk.published == date(2015, 4, 13)
    assert talk.published_at == datetime(2015, 4, 13, 22, tzinfo=NEW_YORK_SUMMER)
    assert dict(talk.origins) == {
        "title": "header",
        "programme": "header",
        "source": "programme",
        "published": "header",
        "published_at": "header",
    }


def test_the_programme_stands_for_an_outlet_only_where_none_is_stated() -> None:
    assert read(CABLE).source == "Evening Desk"
    talk = read(f"---\nsource: Valley Radio\n---\n{CABLE}", "a.md")
    assert (talk.source, talk.programme) == ("Valley Radio", "Evening Desk")
    assert talk.origins["source"] == "front matter"
    assert read("ANN LEE, HOST: Hello.\n\nBOB RAY, MAYOR: Hello.").source is None


def test_front_matter_wins_over_header_over_file_name_over_folder_over_opening_words() -> None:
    front = "---\ntitle: The bridge\nlanguage: English\n---\n"
    all_of_them = read(front + CABLE, "/news/2020-01-01/2021-02-02 Named.md")
    assert (all_of_them.title, all_of_them.origins["title"]) == ("The bridge", "front matter")
    assert (all_of_them.published, all_of_them.origins["published"]) == (date(2015, 4, 13), "header")
    assert (all_of_them.language, all_of_them.origins["language"]) == ("en", "front matter")
    words = "The bridge was closed on Monday, the council said."
    named = read(words, "/news/2020-01-01/2021-02-02 Named.txt")
    assert (named.title, named.published) == ("Named", date(2021, 2, 2))
    assert dict(named.origins) == {"title": "file name", "published": "file name"}
    bare = read(words, "/news/2020-01-01/part1.txt")
    assert (bare.title, bare.published) == (words, date(2020, 1, 1))
    assert dict(bare.origins) == {"title": "opening words", "published": "folder name"}


def test_what_nobody_states_is_unknown_and_has_no_origin() -> None:
    talk = read("The bridge was closed on Monday, the council said.", "/news/a.txt")
    known = {"title": "opening words"}
    assert dict(talk.origins) == known
    assert (talk.source, talk.programme, talk.published, talk.published_at, talk.language, talk.url) == (None,) * 6


def test_captions_state_their_language_and_their_length_is_that_of_their_times() -> None:
    talk = read("WEBVTT\nLanguage: en-US\n\n00:01.000 --> 00:02.000\nHello.\n", "/news/a.vtt")
    assert (talk.language, talk.duration_ms) == ("en-US", 2000)
    assert (talk.origins["language"], talk.origins["duration_ms"]) == ("header", "times")


def test_a_moment_stays_only_beside_its_own_day() -> None:
    day, moment = date(2015, 4, 13), datetime(2015, 4, 13, 22, tzinfo=NEW_YORK_SUMMER)
    assert settled(Metadata(published=day, published_at=moment)).published_at == moment
    other = settled(Metadata(published=date(2015, 4, 14), published_at=moment).told_by("header"))
    assert (other.published_at, dict(other.origins)) == (None, {"published": "header"})


def test_a_statement_brings_its_origin_along() -> None:
    first = Metadata(title="One").told_by("a")
    second = Metadata(title="Two", source="BBC").told_by("b")
    both = first.or_else(second)
    assert (both, dict(both.origins)) == (Metadata(title="One", source="BBC"), {"title": "a", "source": "b"})
    assert dict(both.told_by("c").origins) == dict(both.origins)
