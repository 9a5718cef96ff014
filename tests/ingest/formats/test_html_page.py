"""Web pages: the talk found among all that is around it, what the page states, and pages that are no transcript."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import TooLarge, UnknownFormat
from ingest.formats import parse_bytes
from ingest.transcript import Transcript
from tests.ingest.sound import assert_sound, outcome

PROSE = "The bridge over the river was closed on Monday after an inspection found cracks in its piers, she said. "
ARTICLE = "".join(f"<p>{PROSE * 2}</p>" for _ in range(4))
TALK = """<p>ANN LEE, HOST: Good evening, everybody, and welcome to the programme, in which we talk about bridges.</p>
<p>BOB RAY: Hello.</p><p>LEE: Is it safe?</p><p>RAY: No.</p><p>LEE: No?</p>
<p>RAY: Not until we know how deep the cracks go, and that will take eight weeks at the least, I am told.</p>"""
SAID = [
    ("Ann Lee", "Good evening, everybody, and welcome to the programme, in which we talk about bridges."),
    ("Bob Ray", "Hello."),
    ("Ann Lee", "Is it safe?"),
    ("Bob Ray", "No."),
    ("Ann Lee", "No?"),
    ("Bob Ray", "Not until we know how deep the cracks go, and that will take eight weeks at the least, I am told."),
]


def page(body: str, head: str = "") -> Transcript:
    text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return parse_bytes(text.encode(), "page.html")


def said(body: str) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in page(body).turns]


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "<main><article>{}</article></main>",
        "<nav><a href=/>Home</a> <a href=/n>News</a></nav><div>{}</div><footer>All rights reserved. Privacy.</footer>",
        "<table><tr><td><a href=1>One</a><br><a href=2>Two</a></td><td>{}</td></tr></table>",
        "<div class='has-sidebar comments'>{}</div>",
        "<div><div class=transcript>{}</div><div><p>Sign up for our letter. It is free.</p></div></div>",
        "<form action=/x>{}<input type=hidden></form>",
        "<div><h1>The bridge</h1><div class=share-tools>Share this page now</div>{}<aside>More: bridges</aside></div>",
        "<!-- {{}} --><script>var x = '<p>BOB RAY: not this</p>';</script>{}<noscript>BOB RAY: nor this</noscript>",
        "<div style='display: none'>BOB RAY: hidden</div><div>{}</div><p hidden>LEE: hidden</p>",
    ],
)
def test_the_talk_is_found_whatever_is_around_it(around: str) -> None:
    assert said(around.format(TALK)) == SAID


@pytest.mark.parametrize(
    "written",
    [
        TALK.replace("<p>", "").replace("</p>", "<br><br>"),
        TALK.replace("<p>", "<div>").replace("</p>", "</div>"),
        TALK.replace("</p>", ""),
        TALK.replace("ANN LEE, HOST:", "<b>ANN LEE, HOST</b>:").replace("LEE:", "<strong>LEE:</strong>"),
        TALK.replace("RAY:", "<a href=/ray>RAY</a>:"),
        TALK.replace("everybody,", "<em>every</em>body,"),
    ],
    ids=["breaks", "divs", "unclosed", "bold", "links", "inside-a-word"],
)
def test_however_it_is_written(written: str) -> None:
    assert said(written) == SAID


def test_names_marked_as_speakers_and_lists_of_who_said_what() -> None:
    turns = [("Ann Lee", "Good evening to all, and welcome."), ("Bob Ray", "Hello, and thanks for having me.")] * 4
    marked = "".join(f"<div><span class='speaker-name'>{name}</span> <p>{text}</p></div>" for name, text in turns)
    listed = "<dl>" + "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in turns) + "</dl>"
    assert said(marked) == said(listed) == turns


def test_a_table_with_times() -> None:
    rows = [("0:01", "Ann Lee", PROSE), ("0:09", "Bob Ray", "No."), ("0:12", "Ann Lee", PROSE)]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    turns = page(f"<p>Some words above.</p><table>{cells}</table>").turns
    assert [(turn.start_ms, turn.end_ms, turn.speaker) for turn in turns] == [
        (1000, 9000, "Ann Lee"), (9000, 12_000, "Bob Ray"), (12_000, 12_000, "Ann Lee"),
    ]  # fmt: skip


def test_preformatted_text_keeps_its_gaps() -> None:
    body = "<pre>MS. LEE:  Good evening to all of you, wherever you may be tonight, and welcome to it.\n\n"
    body += "Q    Is the bridge open to the public again, or will it be before the summer, do you think?\n\n"
    body += "MS. LEE:  No.\n\nQ    Why?\n\nMS. LEE:  It is not safe.</pre>"
    assert [speaker for speaker, _ in said(body)] == ["Ms. Lee", "Questioner (Q)"] * 2 + ["Ms. Lee"]


def test_what_the_page_states() -> None:
    linked = {
        "@graph": [
            {"@type": "Organization", "name": "Nobody", "datePublished": "1999-01-01"},
            {
                "@type": ["RadioEpisode"], "headline": "The bridge", "datePublished": "2024-03-12T23:30:00-05:00",
                "publisher": {"name": "Tideway Radio"}, "partOfSeries": {"name": "Morning Tide"},
            },
        ]
    }  # fmt: skip
    head = f"<script type='application/ld+json'>{json.dumps(linked)}</script>"
    head += "<link rel=canonical href=https://tideway.example/bridge><meta property=og:title content='Not this one'>"
    head += "<meta property=og:audio content=https://tideway.example/a.mp3>"
    read = page(TALK, head)
    facts = (read.title, read.source, read.programme, str(read.published), read.url, read.media_url)
    assert facts == (
        "The bridge", "Tideway Radio", "Morning Tide", "2024-03-12", "https://tideway.example/bridge",
        "https://tideway.example/a.mp3",
    )  # fmt: skip
    assert read.published_at is not None
    assert read.published_at.isoformat() == "2024-03-12T23:30:00-05:00"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>The bridge is closed | Tideway Radio</title><meta property=og:site_name content='Tideway Radio'>", 0),
        ("<title>Tideway Radio - The bridge is closed</title><meta property=og:site_name content='Tideway Radio'>", 0),
        ("<title>KBX.com - The bridge is closed</title>", 0),
        ("<meta name=twitter:title content='The bridge is closed'>", 0),
        ("<title>KBX.com - Transcripts</title>", 1),
        ("<title>Transcript | Tideway Radio</title><meta property=og:site_name content='Tideway Radio'>", 1),
    ],
)
def test_titles_without_the_site_and_none_where_they_say_nothing(head: str, title: int) -> None:
    assert page(TALK, head).title == ("The bridge is closed", "Page")[title]


@pytest.mark.parametrize(
    "head",
    [
        "<meta name=last-modified content=2024-03-12>",
        "<meta property=og:updated_time content=2024-03-12>",
        "<meta name=date content='some time ago'>",
        "<meta property=article:published_time content='03/04/2024'>",
        "<script type='application/ld+json'>{broken</script>",
        f"<script type='application/ld+json'>{'[' * 5000}</script>",
        '<script type="application/ld+json">{"@type": "Article", "datePublished": 5, "headline": {}}</script>',
        "<link rel=canonical href=/relative><link rel=canonical href='javascript:alert(1)'>",
        "<meta property=og:video content=https://tideway.example/player?id=1>",
    ],
)
def test_what_is_not_stated_is_not_made_up(head: str) -> None:
    times = "<p>Posted <time datetime=2024-01-01>then</time>, changed <time datetime=2024-02-02>later</time></p>"
    body = TALK + times
    read = page(body, head)
    assert (read.published, read.source, read.url, read.media_url) == (None, None, None, None)


def test_the_day_it_aired_beats_the_day_it_was_put_on_the_web() -> None:
    read = page(f"<p>Aired March 7, 2005 - 07:00 ET</p>{TALK}", "<meta name=date content=2005-03-09>")
    assert str(read.published) == "2005-03-07"
    assert str(page(TALK, "<meta name=date content=2005-03-09>").published) == "2005-03-09"


def test_an_article_without_speakers_is_narration() -> None:
    body = f"<header>Tideway</header><article><h1>The bridge</h1><p>Last updated 5 May 2024</p>{ARTICLE}</article>"
    [turn] = page(f"{body}<div class=related-links>{'<a href=x>More on bridges</a> ' * 9}</div>").turns
    assert turn.speaker is None
    assert turn.text == "\n".join([(PROSE * 2).strip()] * 4)


TEASERS = "".join(
    f"<div><h2><a href=/{n}>WATCH: Council closes the bridge after inspection number {n}</a></h2>"
    f"<p><a href=/{n}>The mayor said that repairs would take {n} weeks.</a></p></div>"
    for n in range(20)
)


@pytest.mark.parametrize(
    ("body", "head", "kind"),
    [
        (TEASERS, "<title>Tideway</title>", "a front page"),
        ("<h1>Welcome</h1><form><input name=u><input type=password></form><p>Log in.</p>", "", "a page to log in"),
        ("<h1>Page not found</h1><p>Sorry about that.</p>", "", "an error page"),
        ("<p>Checking your browser.</p>", "<title>Just a moment...</title>", "an error page"),
        ("<div id=root></div><noscript>Please enable JavaScript to go on.</noscript>", "", "until a browser fills it"),
        ("", "", "a few words"),
        ("<p>Hello.</p>", "", "a few words"),
        ("<ul>" + "<li>One thing after another on this list" * 60 + "</ul>", "", "something else"),
    ],
)
def test_pages_that_are_no_transcript_are_told_by_what_they_look_like(body: str, head: str, kind: str) -> None:
    with pytest.raises(UnknownFormat, match=kind) as caught:
        page(body, head)
    assert str(caught.value).startswith("page.html: is a web page without a transcript or an article")
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt", "a"])
def test_the_content_decides(name: str) -> None:
    for text in (f"<html><body>{TALK}", f"<?xml version='1.0'?>\n<!DOCTYPE html>\n<html><body>{TALK}", TALK):
        assert parse_bytes(text.encode(), name).format == "html"


def test_words_with_a_tag_in_them_are_words() -> None:
    assert parse_bytes(f"{PROSE * 3} <i>No</i>, he said.".encode(), "a.txt").format == "script"


def test_entities_are_spelt_out_once() -> None:
    assert "M&R" in page(TALK.replace("I am told", "M&amp;R told me")).text
    assert "&lt;" in page(TALK.replace("I am told", "&amp;lt;")).text


def test_markup_in_markup_is_not_run() -> None:
    text = page(TALK.replace("I am told", "&lt;script&gt;alert(1)&lt;/script&gt;")).text
    assert "<script>alert(1)</script>" in text


def test_pictures_written_into_a_page_do_not_count() -> None:
    assert len(page(f"<img src='data:image/png;base64,{'A' * 20_000_000}'>{TALK}").turns) == len(SAID)


def test_a_giant_is_refused() -> None:
    with pytest.raises(TooLarge, match="is a web page of 10 MiB"):
        page("<p>words of it</p>" * (10 * 1024 * 1024 // 18 + 1))


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000, "<dt>" * 20_000 + TALK, "<br>" * 200_000 + TALK, "<" * 500_000, "&" * 500_000,
        "<table>" * 20_000 + "<tr><td>a<td>b", "<!--" * 100_000, "<span class=speaker>a" * 20_000 + TALK,
        "<a href=x>" * 50_000 + TALK, "<p><font>words of it " * 5000,
    ],
    ids=range(10),
)  # fmt: skip
def test_hostile_pages_are_read_in_the_end(body: str) -> None:
    assert_sound(outcome(f"<html><body>{body}".encode(), "page.html"), "page.html")


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class=transcript>", "</div>", "<br>", "<table><tr><td>", "</td></tr></table>", "<pre>",
     "</pre>", "ANN LEE, HOST: ", "BOB RAY: ", PROSE, "Q    ", "<a href=x>", "</a>", "<nav>", "</nav>", "<script>",
     "</script>", "<!--", "-->", "&nbsp;", "&#0;", "&#55296;", "<time datetime=x>", "<span class=speaker>",
     "</span>", "<h1>", "</h1>", "<dl><dt>", "<dd>", "</dl>", "<article>", "<meta property=og:title content=", "'",
     '"', ">", "<", "<body>", "</html>", "<input type=password>", "\x0b", "\u2028", "<svg>", "<template>", "<title>",
     "<html hidden>"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_page_is_a_transcript_or_a_clear_error(body: str) -> None:
    assert_sound(outcome(f"<html>{body}".encode(), "page.html"), "page.html")
