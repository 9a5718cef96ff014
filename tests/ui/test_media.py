"""A link to the moment: YouTube, archive.org, media fragments, and pages that are left alone."""

from __future__ import annotations

import pytest

from ui.media import at_second


@pytest.mark.parametrize(
    ("url", "start_ms", "at"),
    [
        ("https://www.youtube.com/watch?v=abc", 83_900, "https://www.youtube.com/watch?v=abc&t=83"),
        ("https://www.youtube.com/watch?v=abc&t=5#x", 60_000, "https://www.youtube.com/watch?v=abc&t=60"),
        ("https://youtu.be/abc", 0, "https://youtu.be/abc?t=0"),
        ("https://m.youtube.com/watch?v=a%26b", 1000, "https://m.youtube.com/watch?v=a%26b&t=1"),
        ("https://archive.org/details/NEWS_1", 61_000, "https://archive.org/details/NEWS_1/start/61"),
        ("https://archive.org/details/NEWS_1/start/5/end/9", 61_000, "https://archive.org/details/NEWS_1/start/61"),
        ("https://archive.org/download/x/a.mp3", 61_000, "https://archive.org/download/x/a.mp3#t=61"),
        ("https://example.org/a.mp3?key=1#t=9", 61_999, "https://example.org/a.mp3?key=1#t=61"),
        ("https://notyoutube.com/watch?v=abc", 1000, "https://notyoutube.com/watch?v=abc#t=1"),
        ("https://example.org/a.mp3", None, "https://example.org/a.mp3"),
        ("https://example.org/a.mp3", -1, "https://example.org/a.mp3"),
        ("javascript:alert(1)", 1000, None),
        ("//youtube.com/watch?v=abc", 1000, None),
        ("http://[bad", 1000, None),
        ("", 1000, None),
        (None, 1000, None),
    ],
)
def test_a_recording_plays_from_its_second(url: str | None, start_ms: int | None, at: str | None) -> None:
    assert at_second(url, start_ms) == at


@pytest.mark.parametrize(
    ("url", "at"),
    [
        ("https://example.org/briefing", "https://example.org/briefing"),
        ("https://example.org/briefing.html#part-2", "https://example.org/briefing.html#part-2"),
        ("https://example.org/briefing.mp4", "https://example.org/briefing.mp4#t=9"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=9"),
    ],
)
def test_a_page_gets_a_second_only_where_it_is_known_to_play(url: str, at: str) -> None:
    assert at_second(url, 9000, recording=False) == at
