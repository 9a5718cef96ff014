"""PDF files with a text layer: lines, words, pages and columns put together; scans, locks and traps refused."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from ingest.errors import BinaryFile, EmptyFile, Malformed, TooLarge
from ingest.formats import parse_bytes, pdf
from ingest.formats.pdf_lines import Line, LineReader
from tests.ingest.formats.pdf_writer import LEFT, Words, column, pdf_file
from tests.ingest.sound import assert_sound, outcome

BRIEFING = (
    "MS. LEE:  Good evening, everybody.  We begin tonight with",
    "the bridge over the river, which will stay closed until the",
    "repairs are done.",
    "",
    "Q    When will it open?",
    "",
    "MS. LEE:  In May, if the weather allows it and the steel",
    "comes in time.",
    "",
    "Q    This May?",
)
OPENING = """Good evening, everybody. We begin tonight with the bridge over the river, which will stay closed until the
repairs are done.""".replace("\n", " ")
TURNS = [
    ("Ms. Lee", OPENING),
    ("Questioner (Q)", "When will it open?"),
    ("Ms. Lee", "In May, if the weather allows it and the steel comes in time."),
    ("Questioner (Q)", "This May?"),
]


def said(data: bytes) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in parse_bytes(data, "talk.pdf").turns]


def text_of(*pages: Sequence[Words] | bytes) -> str:
    return parse_bytes(pdf_file(pages), "talk.pdf").text


def test_a_briefing() -> None:
    transcript = parse_bytes(pdf_file([column(BRIEFING)]), "talk.pdf")
    assert transcript.format == "pdf"
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == TURNS


def test_who_made_it_when_is_not_the_programme_and_the_title_gives_way() -> None:
    transcript = parse_bytes(pdf_file([column(BRIEFING)], title="The bridge"), "talk.pdf")
    assert (transcript.title, transcript.source, transcript.published) == ("The bridge", None, None)
    named = column(["Press Briefing by Ann Lee", "", *BRIEFING])
    assert parse_bytes(pdf_file([named], title="Old title"), "talk.pdf").title == "Press Briefing by Ann Lee"
    junk = pdf_file([column(BRIEFING)], title="Microsoft Word - bridge-final2.docx")
    assert parse_bytes(junk, "bridge-tonight.pdf").title == "Bridge tonight"


def test_the_content_decides_and_a_mark_before_it_is_let_pass() -> None:
    data = pdf_file([column(BRIEFING)])
    assert parse_bytes(data, "talk.txt").format == "pdf"
    assert [turn.text for turn in parse_bytes(b"\r\n" + data, "talk.txt").turns] == [text for _, text in TURNS]


def test_text_placed_line_by_line_within_one_text_object() -> None:
    stream = b"BT /F1 11 Tf 14 TL 72 720 Td (MS. LEE:  Good evening to) Tj T* (all of you here.) Tj T* T* (Q) Tj"
    stream += b" 36 0 Td (When?) Tj -36 -28 Td (Q) Tj 36 0 Td (And where?) Tj ET"
    assert said(pdf_file([stream])) == [
        ("Ms. Lee", "Good evening to all of you here."), ("Questioner (Q)", "When?"), ("Questioner (Q)", "And where?"),
    ]  # fmt: skip


def test_a_talk_over_pages_without_heads_feet_and_page_numbers() -> None:
    def page(number: int, lines: Sequence[str]) -> list[Words]:
        head = Words(LEFT, 760, "The Daily Bridge – Transcript")
        return [head, *column(lines), Words(300, 40, f"Page {number} of 4"), Words(LEFT, 26, "© The Daily Bridge")]

    more = ["Q    And the ferry, what of", "that?", "", "MS. LEE:  It sails every hour."]
    pages = [page(1, BRIEFING[:2]), page(2, BRIEFING[2:]), page(3, more[:1]), page(4, more[1:])]
    asked = ("Questioner (Q)", "And the ferry, what of that?")
    assert said(pdf_file(pages)) == [*TURNS, asked, ("Ms. Lee", "It sails every hour.")]


def test_a_page_number_alone_goes_and_a_number_that_is_said_stays() -> None:
    lines = ["ANN LEE: How many were there?", "", "BOB RAY: 12", "", "ANN LEE: Thank you for that."]
    assert text_of([*column(lines), Words(300, 30, "- 1 -")]).split("\n\n")[1:] == ["12", "Thank you for that."]


def test_a_short_line_that_comes_back_at_another_height_is_no_foot() -> None:
    one = column(["ANN LEE: Is it?", "", "Q    Yes.", "", "ANN LEE: Why?", "", "Q    Yes."])
    other = column(["ANN LEE: Really?", "", "ANN LEE: And now?", "", "Q    Yes."])
    assert text_of(one, other).count("Yes.") == 3


def test_a_sentence_goes_on_over_the_page() -> None:
    one = column(["ANN LEE: The bridge over the river was closed on Monday after an"])
    other = column(["inspection found cracks in its piers.", "", "BOB RAY: I see."])
    assert text_of(one, other) == (
        "The bridge over the river was closed on Monday after an inspection found cracks in its piers.\n\nI see."
    )


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the demo-", "cracy of the city, she said"], "democracy"),
        (["a well-", "known mayor, he said then"], "well-known"),
        (["the north-east and the north-", "east bank of it"], "north-east and the north-east"),
        (["a bus, a stop and a bus-", "stop in the rain"], "bus-stop"),
        (["the soft\u00adly spo\u00ad", "ken word of it"], "spoken"),
        (["the years 2019-", "2020 were dry"], "2019-2020"),
        (["a 100-", "day plan for it"], "100-day"),
        (["the Alsace-", "Lorraine line"], "Alsace-Lorraine"),
        (["he said: Go a-", "Way, he said"], "a- Way"),
    ],
)
def test_words_parted_at_a_line_end(lines: list[str], joined: str) -> None:
    text = text_of(column(["ANN LEE: This was what all of us had seen of it, and of", *lines, "", "BOB RAY: Yes."]))
    assert joined in text


def test_a_program_that_does_not_hyphenate_breaks_lines_at_hyphens_only() -> None:
    lines = [f"{place} a long talk about the bridge over the river" for place in ("from", "after", "in", "of") * 25]
    lines[10:10] = ["and then the medium-", "sized ferry came, with a forty-", "eight metre deck"]
    text = text_of(column([f"ANN LEE: {lines[0]}", *lines[1:], "", "BOB RAY: Yes."]))
    assert "medium-sized" in text
    assert "forty-eight" in text


def test_letters_printed_as_one_are_two() -> None:
    reader = LineReader(lambda: None)
    reader.text("the of\ufb01ce", (1, 0, 0, 1, 0, 0), (1, 0, 0, 1, 72, 700), None, 11)
    assert reader.lines() == [Line("the office", 72, 700)]


def test_lines_that_are_times_are_no_page_numbers() -> None:
    said = "It is closed.", "Why is that?", "It had cracks.", "Were they deep?", "We shall see."
    pages = [column([f"[00:0{n}:10] {'AB'[n % 2]}NN LEE:", text]) for n, text in enumerate(said)]
    text = pdf.read(pdf_file(pages), Path("a.pdf")).text
    assert [line[:10] for line in text.split("\n") if "LEE" in line] == [f"[00:0{n}:10]" for n in range(5)]


def test_an_interruption_is_no_hyphen() -> None:
    lines = ["ANN LEE: It will open in the-", "", "BOB RAY: When?", "", "ANN LEE: In the spring-", "BOB RAY: Spring?"]
    assert "In the spring-" in text_of(column(lines))


PROSE = """The bridge over the river was closed on Monday after an inspection found cracks in two of its piers, the
council said. The mayor said that the repairs would take six weeks at least, and asked the people of the city for their
patience. Buses take another road until then. The bridge is a hundred years old, and forty thousand people cross it on a
day like this one, many of them on foot. Its steel was last painted in the nineties, when it had been closed for a year.
The council wants to build another one farther down, but the money is not there yet, and will not be for a while."""


def columns(words: Sequence[str], each: int) -> tuple[list[str], list[str]]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(word) < 38:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines[:each], lines[each:]


@pytest.mark.parametrize("across", [False, True], ids=["column by column", "straight across"])
@pytest.mark.parametrize("in_one_object", [False, True])
def test_two_columns_are_read_one_after_the_other(across: bool, in_one_object: bool) -> None:
    left, right = columns(PROSE.split(), 9)
    placed = [column(left), column(right, x=320)]
    words = [each for pair in zip(*placed, strict=False) for each in pair] if across else placed[0] + placed[1]
    words += placed[0][len(placed[1]) :] if across else []
    shown = "".join(f"1 0 0 1 {w.x} {w.y} Tm ({w.text}) Tj " for w in words)
    page = f"BT /F1 11 Tf {shown} ET".encode() if in_one_object else words
    assert " ".join(text_of(page).split()) == " ".join(PROSE.split())


def test_a_table_of_who_said_what_is_read_across() -> None:
    rows = [("ANN LEE:", f"The bridge will open in {month}, I think.") for month in "May June July".split() * 4]
    rows = [(name if place % 2 else "BOB RAY:", text) for place, (name, text) in enumerate(rows)]
    words = [
        each
        for place, (name, text) in enumerate(rows)
        for each in (Words(LEFT, 700 - 20 * place, name), Words(300, 700 - 20 * place, text))
    ]
    assert said(pdf_file([words]))[:2] == [
        ("Bob Ray", "The bridge will open in May, I think."),
        ("Ann Lee", "The bridge will open in June, I think."),
    ]


def test_a_scan_is_refused_and_told_what_to_do() -> None:
    pages = pdf_file([b"q 612 0 0 792 0 0 cm /Im1 Do Q"] * 3)
    drawn = pages.replace(b"/Font << /F1 3 0 R >>", b"/XObject << /Im1 3 0 R >>")
    scan = drawn.replace(b"/Type /Font", b"/Subtype /Image")
    with pytest.raises(BinaryFile, match="is a scan") as caught:
        parse_bytes(scan, "talk.pdf")
    assert "OCR" in caught.value.remedy


def test_empty_pages_are_empty() -> None:
    with pytest.raises(EmptyFile, match="hardly a word"):
        parse_bytes(pdf_file([[], []]), "talk.pdf")


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf_file([column(BRIEFING)])))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    return written(writer)


def test_a_file_with_a_password_is_refused_and_one_that_opens_without_is_read() -> None:
    with pytest.raises(BinaryFile, match="is an encrypted PDF") as caught:
        parse_bytes(locked("secret"), "talk.pdf")
    assert "password" in caught.value.remedy
    assert said(locked("")) == TURNS


def test_fonts_that_do_not_say_their_letters_are_told() -> None:
    """A font whose letters are all in the private use area, as fonts cut down to a few glyphs have them."""
    names = " ".join(f"/uniE0{code:02X}" for code in range(65, 123))
    data = pdf_file([column(["ABCDEF GHIJ KLMNO PQRST UVWXYZ"] * 3)])
    hidden = data.replace(b"/WinAnsiEncoding", f"<< /Differences [65 {names}] >>".encode())
    with pytest.raises(BinaryFile, match="fonts do not say which letters") as caught:
        parse_bytes(hidden, "talk.pdf")
    assert "OCR" in caught.value.remedy


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"%PDF-1.4\n",
        lambda data: data[:300],
        lambda data: data.replace(b"/Pages 2 0 R", b"/Pages 9 0 R"),
        lambda data: data.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
        lambda data: data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 15"),
        lambda data: data.replace(b"/FlateDecode", b"/NoSuchThing"),
        lambda data: data.replace(b"/Count 1", b"/Count 99999999"),
    ],
    ids=["nothing", "cut", "no-pages", "loop", "previous", "filter", "count"],
)
def test_a_broken_file_is_read_or_told(spoil: object) -> None:
    assert callable(spoil)
    assert_sound(outcome(spoil(pdf_file([column(BRIEFING)])), "talk.pdf"), "talk.pdf")


def test_a_file_that_is_no_pdf_behind_its_first_line_is_malformed() -> None:
    with pytest.raises(Malformed, match="is a PDF that cannot be read"):
        parse_bytes(b"%PDF-1.4\nwords", "talk.pdf")


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    bomb = pdf_file([b"BT (a) Tj ET " + b" " * 40_000_000])
    assert len(bomb) < 100_000
    with pytest.raises(TooLarge):
        parse_bytes(bomb, "talk.pdf")


def form(draws: str, entries: str) -> str:
    head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << {entries} >> >>"
    return f"{head} /Length {len(draws)} >>\nstream\n{draws}\nendstream"


@pytest.mark.parametrize("following", [1, 0], ids=["each draws the next twice", "each draws itself"])
def test_forms_that_draw_each_other_are_not_followed_for_ever(following: int) -> None:
    """Thirty forms: two to the thirtieth words if somebody did as told."""
    first, forms = 7, 30
    draws = [form(f"/X{n + following} Do " * 2, f"/X{n + following} {first + n + following} 0 R") for n in range(forms)]
    last = form("BT ET", "")
    page = b"BT /F1 11 Tf 72 700 Td (ANN LEE: Good evening to you all.) Tj ET /X0 Do"
    data = pdf_file([page], resources=f"/XObject << /X0 {first} 0 R >>", more=[*draws, last])
    assert parse_bytes(data, "talk.pdf").text == "ANN LEE: Good evening to you all."


def test_words_in_a_form_are_read() -> None:
    words = "BT /F1 11 Tf 72 650 Td (BOB RAY: Thank you.) Tj ET"
    page = b"BT /F1 11 Tf 72 700 Td (ANN LEE: Good evening to you all.) Tj ET /X0 Do"
    boxed = form(words, "").replace("/XObject << ", "/Font << /F1 3 0 R ")
    data = pdf_file([page], resources="/XObject << /X0 7 0 R >>", more=[boxed])
    assert said(data) == [("Ann Lee", "Good evening to you all."), ("Bob Ray", "Thank you.")]


def test_time_is_bounded() -> None:
    with pytest.raises(TooLarge, match="no transcript has"):
        pdf.read(pdf_file([column(BRIEFING)]), Path("talk.pdf"), most_seconds=0)


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(TooLarge, match="pages"):
        parse_bytes(pdf_file([[]] * (pdf.MOST_PAGES + 1)), "talk.pdf")


GOOD = pdf_file([column(BRIEFING), column(BRIEFING)], title="The bridge", packed=False)
TOKENS = b"<< >> [ ] R obj endobj stream ( ) /Kids /Filter -1 99999999999".split()
OPERATORS = "BT ET Tj TJ Td Tm T* ' q Q cm Do (ANN) (LEE:) [(a)-300(b)] 1 0 -5 1e9 /F1 Tf /X <41> << >>".split()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5000), st.one_of(st.binary(min_size=1, max_size=3), st.sampled_from(TOKENS)))),
    st.integers(0, 5000),
)
def test_a_damaged_file_is_a_transcript_or_a_clear_error(changes: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(GOOD)
    for place, damage in changes:
        data[place % len(data) : place % len(data) + len(damage)] = damage
    assert_sound(outcome(bytes(data[: cut or None]), "talk.pdf"), "talk.pdf")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(OPERATORS)))
def test_any_page_program_is_read_or_told(program: list[str]) -> None:
    assert_sound(outcome(pdf_file([" ".join(program).encode()]), "talk.pdf"), "talk.pdf")
