"""Names of files and folders: what they tell, and the many that tell nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.document import Metadata
from ingest.formats.names import from_file_name, from_folder_name
from ingest.spelling import Spelling

MAY_DAY = date(2024, 5, 1)
PLAIN = Spelling()


def told(name: str) -> Metadata:
    return from_file_name(Path(name), PLAIN)


@pytest.mark.parametrize(
    ("name", "title", "day", "language"),
    [
        ("2023_11_07_Title.md", "Title", date(2023, 11, 7), None),
        ("20231107-title.txt", "Title", date(2023, 11, 7), None),
        ("Harbour 2024.05.01.txt", "Harbour", MAY_DAY, None),
        ("25-12-2023 The speech.txt", "The speech", date(2023, 12, 25), None),
        ("BBC_News_2024-05-01T1800.srt", "BBC News", MAY_DAY, None),
        ("2024-05-01 Title of it [en].vtt", "Title of it", MAY_DAY, "en"),
        ("Title here [dQw4w9WgXcQ].en.vtt", "Title here", None, "en"),
        ("Title here [dQw4w9WgXcQ].en-orig.vtt", "Title here", None, "en"),
        ("Title here [dQw4w9WgXcQ].en-uYU8mmqFLq8.vtt", "Title here", None, "en"),
        ("Title here [dQw4w9WgXcQ].it.vtt", "Title here", None, "it"),
        ("20240501 - Debate [dQw2001-0Ab].de.srt", "Debate", MAY_DAY, "de"),
        ("Talk [p0bbc123].txt", "Talk", None, None),
        ("Intervista.pt-BR.srt", "Intervista", None, "pt-BR"),
        ("Bridge.en.vtt.gz", "Bridge", None, "en"),
        ("cnnt_150413.txt", None, date(2015, 4, 13), None),
        ("acd_991231.01.txt", None, date(1999, 12, 31), None),
        ("2024-05-01_2024-05-01.txt", None, MAY_DAY, None),
    ],
)
def test_a_name_tells_what_is_in_it(name: str, title: str | None, day: date | None, language: str | None) -> None:
    assert told(name) == Metadata(title=title, published=day, language=language)


def test_a_time_in_a_name_counts_with_its_zone() -> None:
    zone = timezone(timedelta(hours=1))
    assert told("News 2024-05-01T1800+0100.srt").published_at == datetime(2024, 5, 1, 18, tzinfo=zone)
    assert told("News 2024-05-01T18-00-30Z.srt").published_at == datetime(2024, 5, 1, 18, 0, 30, tzinfo=UTC)
    assert told("News 2024-05-01T1800.srt").published_at is None


@pytest.mark.parametrize(
    "name",
    [
        "report_150413.txt", "talk_030405.txt", "news-991231.txt", "cnnt_159913.txt", "cnnt_150413_bridge.txt",
        "xcnnt_150413.txt", "item 240501.txt", "20231307-x.txt", "2023-13-45.txt", "2023-02-30.txt", "20230230.txt",
        "3f20190405ab.txt", "id20190405.txt", "120190405.txt", "201904051.txt", "+442020240501.txt", "1984.md",
        "2001.txt", "2024-0501.txt", "202405-01.txt", "2024-05.txt", "05-06-2023.txt", "12345678901.txt",
        "2023-01-01 to 2023-12-31.txt",
        "000_3ee6ce2fcd9e73fe.txt", "transcript_final_2.txt", "part1.vtt", "1800.srt", "T1800Z.srt",
    ],
)  # fmt: skip
def test_no_day_is_read_where_there_is_none_or_could_be_another(name: str) -> None:
    assert (told(name).published, told(name).published_at) == (None, None)


@pytest.mark.parametrize(
    "name",
    [
        "report.en.txt", "This.is.vtt", "part.is.vtt", "Title [no].vtt", "en.vtt", "meeting.en", "Title.EN.srt",
        "Title [Interviewed].vtt", "Title.xx.vtt", "My report in English.vtt", "Title (en).vtt", "bbc_news.srt",
        "USA.srt",
    ],
)  # fmt: skip
def test_no_language_is_read_where_a_name_does_not_say_so(name: str) -> None:
    assert told(name).language is None


@pytest.mark.parametrize(
    "name", ["BBC_News_2024-05-01.srt", "newsnight.txt", "cnnt_150413.txt", "Title [dQw4w9WgXcQ].en.vtt"]
)
def test_no_name_makes_an_outlet_a_programme_or_an_address(name: str) -> None:
    facts = told(name)
    assert (facts.source, facts.programme, facts.url, facts.media_url) == (None, None, None, None)


@pytest.mark.parametrize("title", ["Talk [Interviewed]", "Newsnight [S01E02]", "Talk [draft]"])
def test_words_in_brackets_stay_in_the_title(title: str) -> None:
    assert told(f"{title}.srt").title == title


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/news/newsnight/2024-05-01/part1.vtt", MAY_DAY),
        ("/news/20240501/part1.vtt", MAY_DAY),
        ("/news/2024/05/01/part1.vtt", MAY_DAY),
        ("/news/2024-05-01/sub/part1.vtt", None),
        ("/news/2024-05-01-backup/part1.vtt", None),
        ("/news/backup 2024-05-01/part1.vtt", None),
        ("/news/2024-13-01/part1.vtt", None),
        ("/news/2024/5/1/part1.vtt", None),
        ("/news/2024-05-01T1800/part1.vtt", None),
        ("/part1.vtt", None),
    ],
)
def test_a_folder_tells_a_day_if_it_is_named_by_nothing_else(path: str, day: date | None) -> None:
    assert from_folder_name(Path(path)) == Metadata(published=day)


NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=60)


@given(NAMES, st.sampled_from(["", ".vtt", ".en.vtt.gz"]))
def test_any_name_is_read_without_an_error(name: str, ending: str) -> None:
    facts = told(name + ending)
    assert facts.title is None or facts.title.strip()
    from_folder_name(Path(name) / name)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y_%m_%d", "%Y%m%d"]))
def test_every_day_comes_back(day: date, form: str) -> None:
    written = day.strftime(form)
    for name in (f"{written}.txt", f"{written} Bridge.txt", f"Bridge_{written}.txt", f"a/{written}/b.txt"):
        path = Path(name)
        assert from_file_name(path, PLAIN).or_else(from_folder_name(path)).published == day
