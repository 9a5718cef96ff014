"""TTML: times of every kind, speakers, words between elements, translations, and broken or hostile XML."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ingest.errors import EmptyFile, Malformed
from ingest.formats import detect
from ingest.formats.ttml_time import Rates
from tests.ingest.formats.reading import read, said, timed

TTML = "http://www.w3.org/ns/ttml"


def tt(body: str, *, attributes: str = "", head: str = "", namespace: str = TTML) -> str:
    return f'<tt xmlns="{namespace}" {attributes}><head>{head}</head><body>{body}</body></tt>'


def p(text: str, times: str = 'begin="1s" end="2s"') -> str:
    return f"<div><p {times}>{text}</p></div>"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (tt(p("Hi.")), "a.ttml"),
        (tt(p("Hi.")), "a.dfxp"),
        (f'<?xml version="1.0"?>\n<!-- <p> -->\n{tt(p("Hi."))}', "a.xml"),
        (tt(p("Hi."), namespace="http://www.w3.org/2006/04/ttaf1"), "a.txt"),
        (tt(p("Hi.")).replace("<tt", "<x:tt").replace("/tt>", "/x:tt>").replace("xmlns=", "xmlns:x="), "a"),
        (tt(p("Hi."), namespace=""), "a.xml"),
    ],
)
def test_it_is_known_by_its_root(text: str, name: str) -> None:
    assert detect(text, name).name == "ttml"
    assert said(text, name) == [(None, "Hi.")]


@pytest.mark.parametrize(
    ("written", "stated", "seconds"),
    [
        ("01:02:03", {}, 3723),
        ("01:02:03.25", {}, Fraction("3723.25")),
        ("1:2:3,5", {}, Fraction("3723.5")),
        ("02:03.5", {}, Fraction("123.5")),
        ("123:00:00.000", {}, 123 * 3600),
        ("1.5h", {}, 5400),
        ("1.5m", {}, 90),
        ("12.5s", {}, Fraction("12.5")),
        ("12.5", {}, Fraction("12.5")),
        ("12500ms", {}, Fraction("12.5")),
        ("00:00:01:15", {}, 1 + Fraction(15, 30)),
        ("00:00:01:15", {"frameRate": "25"}, 1 + Fraction(15, 25)),
        ("50f", {"frameRate": "25"}, 2),
        ("30f", {"frameRate": "30", "frameRateMultiplier": "1000 1001"}, Fraction(1001, 1000)),
        ("15000000t", {"tickRate": "10000000"}, Fraction("1.5")),
        ("50t", {"frameRate": "25"}, 2),
        ("7t", {}, 7),
        (
            "01:00:00:00",
            {"timeBase": "smpte", "frameRate": "30", "frameRateMultiplier": "1000 1001"},
            3600 * Fraction(1001, 1000),
        ),
        (
            "00:10:00;00",
            {"timeBase": "smpte", "frameRate": "30", "frameRateMultiplier": "1000 1001", "dropMode": "dropNTSC"},
            (600 * 30 - 2 * 9) * Fraction(1001, 30_000),
        ),
    ],
)
def test_times_of_every_kind(written: str, stated: dict[str, str], seconds: Fraction | int) -> None:
    assert Rates.of(stated).milliseconds(written) == round(seconds * 1000)


@pytest.mark.parametrize(
    "written", ["", "soon", "-1s", "1x", "00:75:00", "00:00:75", "1:2:3:4:5", "1e9s", "٣s x", "9" * 400]
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert Rates().milliseconds(written) is None


@pytest.mark.parametrize(
    "stated", [{"frameRate": "0"}, {"frameRate": "x"}, {"tickRate": "0"}, {"frameRateMultiplier": "1 0"}]
)
def test_rates_that_are_none_are_those_of_the_standard(stated: dict[str, str]) -> None:
    assert Rates.of(stated) == Rates()


@pytest.mark.parametrize(
    ("times", "start", "end"),
    [
        ('begin="1s" end="2s"', 1000, 2000),
        ('begin="1s" dur="2s"', 1000, 3000),
        ('begin="1s" dur="2s" end="2s"', 1000, 2000),
        ('end="2s"', 0, 2000),
        ('dur="2s"', 0, 2000),
        ('begin="1s"', 1000, 5000),
    ],
)
def test_begin_end_and_duration(times: str, start: int, end: int) -> None:
    body = f'<div begin="0s"><p {times}>One.</p><p begin="5s" end="6s">Two.</p></div>'
    assert timed(tt(body), "a.ttml")[0] == (start, end, "One.")


def test_times_count_from_the_element_around() -> None:
    body = (
        '<div begin="10s"><p begin="1s" end="2s">One.</p></div>'
        '<div begin="20s" end="25s"><p>Two.</p></div>'
        '<div timeContainer="seq" begin="30s"><p dur="1s">Three.</p><p begin="1s" dur="1s">Four.</p></div>'
    )
    assert timed(tt(body).replace("<body>", '<body begin="100s">'), "a.ttml") == [
        (111_000, 112_000, "One."),
        (120_000, 125_000, "Two."),
        (130_000, 131_000, "Three."),
        (132_000, 133_000, "Four."),
    ]


def test_times_that_only_make_sense_from_the_recordings_start_are_taken_so() -> None:
    body = '<div begin="10s" end="13s"><p begin="10.5s" end="11s">One.</p><p begin="11s" end="13s">Two.</p></div>'
    assert timed(tt(body), "a.ttml") == [(10_500, 11_000, "One."), (11_000, 13_000, "Two.")]


def test_a_paragraph_may_have_its_times_in_its_spans() -> None:
    body = '<div><p><span begin="1s" end="2s">The</span> <span begin="2s" end="3s">lake.</span></p></div>'
    assert timed(tt(body), "a.ttml") == [(1000, 3000, "The lake.")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("The<br/>lake", "The lake"),
        ("The\n     lake", "The lake"),
        ("The <span>lake <span>is <span>frozen</span></span></span> hard", "The lake is frozen hard"),
        ("The <metadata><desc>no</desc></metadata>lake<set begin='1s'/>", "The lake"),
        ("<span xmlns:t='s'><span t:ruby='base'>湖</span><span t:ruby='text'>みずうみ</span></span>", "湖"),
        ("R&D &amp; &nbsp;caf&eacute; &#8211; &unknown; AT&T;", "R&D & café – &unknown; AT&T;"),
        ("<![CDATA[5 < 6]]>", "5 < 6"),
        ("- Who?<br/>- We.", "Who?|We."),
    ],
)
def test_words_are_read_as_they_are_shown(written: str, read_as: str) -> None:
    assert [text for _, text in said(tt(p(written)), "a.ttml")] == read_as.split("|")


def agent(key: str, *names: tuple[str, str]) -> str:
    return (
        f'<agent xml:id="{key}">' + "".join(f'<name type="{kind}">{name}</name>' for kind, name in names) + "</agent>"
    )


@pytest.mark.parametrize(
    ("names", "speaker"),
    [
        ([("full", "Ann Lee"), ("alias", "A")], "Ann Lee"),
        ([("family", "Lee"), ("given", "Ann")], "Ann Lee"),
        ([("alias", "The host")], "The host"),
        ([], None),
    ],
)
def test_agents_are_speakers(names: list[tuple[str, str]], speaker: str | None) -> None:
    head = agent("a", *names)
    assert said(tt(p("Hi.", 'begin="1s" agent="a"'), head=head), "a.ttml") == [(speaker, "Hi.")]
    assert said(tt(p("Hi.", 'begin="1s" agent="x a"'), head=head), "a.ttml") == [(speaker, "Hi.")]


def test_an_agent_holds_for_what_is_inside_and_spans_may_have_another() -> None:
    body = '<div agent="a"><p begin="1s">Who?<br/><span agent="b">We.</span></p></div><div><p begin="2s">Hm.</p></div>'
    head = agent("a", ("full", "Ann Lee")) + agent("b", ("full", "Bob Ray"))
    assert said(tt(body, head=head), "a.ttml") == [("Ann Lee", "Who?"), ("Bob Ray", "We."), (None, "Hm.")]


def test_the_title_is_the_heads() -> None:
    head = (
        "<metadata><documentOriginalProgrammeTitle>News</documentOriginalProgrammeTitle><title>Frost</title></metadata>"
    )
    assert read(tt(p("Hi.<metadata><title>No</title></metadata>"), head=head), "a.ttml").title == "Frost"
    assert read(tt(p("Hi."), head=head.replace("<title>Frost</title>", "")), "a.ttml").title == "News"


def language(key: str, *words: str, start: int = 1) -> str:
    return f'<div xml:lang="{key}">' + "".join(
        f'<p begin="{n}s" end="{n + 1}s">{text}</p>' for n, text in enumerate(words, start)
    ) + "</div>"  # fmt: skip


def test_of_translations_one_is_read() -> None:
    french, german, english = (
        language("fr", "Le lac.", "Oui."),
        language("de", "Der See.", "Ja."),
        language("EN-gb", "The lake."),
    )
    assert said(tt(french + german + english), "a.ttml") == [(None, "The lake.")]
    assert said(tt(french + german), "a.ttml") == [(None, "Le lac."), (None, "Oui.")]


def test_a_language_that_follows_another_is_no_translation() -> None:
    body = language("en", "The lake.", "Yes.") + language("fr", "Et maintenant", "le lac.", start=9)
    assert [text for _, text in said(tt(body), "a.ttml")] == ["The lake.", "Yes.", "Et maintenant le lac."]


@pytest.mark.parametrize(
    ("times", "cause"),
    [
        ('begin="3s" end="2s"', "ends before it starts"),
        ('begin="soon" end="2s"', "cannot be read: 'begin=\"soon\"'"),
        ('begin="1s" dur="-1s"', "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_broken_times_are_told_with_their_line(times: str, cause: str) -> None:
    text = tt("\n".join([p("One."), p("Broken.", times)]))
    with pytest.raises(Malformed, match=cause) as caught:
        read(f"\n\n{text}", "a.ttml")
    assert caught.value.line == 2 + 2


@pytest.mark.parametrize(
    ("text", "cause", "line"),
    [
        (tt("\n<div>"), "XML that cannot be read", 2),
        (tt(p("Hi.")) + "\n<p>", "XML that cannot be read", 2),
        (tt("\n" + "<div>" * 200), "nests XML elements more than 100 deep", 2),
        ('<!DOCTYPE tt [\n<!ENTITY a "ha">]>' + tt(p("&a;")), "defines XML entities", 2),
        ('<!DOCTYPE tt [\n<!ENTITY a SYSTEM "file:///etc/passwd">]>' + tt(p("&a;")), "defines XML entities", 2),
        ('<!DOCTYPE tt SYSTEM "http://example.org/tt.dtd">' + tt(p("Hi.")), "points to a file", 1),
    ],
)
def test_broken_and_hostile_xml_is_refused_with_its_line(text: str, cause: str, line: int) -> None:
    with pytest.raises(Malformed, match=cause) as caught:
        read(text, "a.ttml")
    assert caught.value.line == line
    assert caught.value.remedy


def test_what_the_file_says_of_its_encoding_does_not_count() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>\n' + tt(p("Café."))
    assert said(text, "a.ttml") == [(None, "Café.")]


def test_a_file_without_words_is_empty() -> None:
    with pytest.raises(EmptyFile):
        read(tt("<div><p> <br/> </p></div>" + p("[siren]")), "a.ttml")
