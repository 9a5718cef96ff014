"""Word documents as newsrooms have them: paragraphs, tabs, tables, tracked changes; and those that would do harm."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import BinaryFile, EmptyFile, Malformed, TooLarge
from ingest.formats import parse_bytes
from tests.ingest.formats.word_writer import word, word_table, word_xml
from tests.ingest.packing import zipped
from tests.ingest.sound import assert_sound, outcome

TALK = (
    "MS. LEE:  Good evening.  We begin with the bridge.",
    "Q\tWhen will it open?",
    "MS. LEE:  In May.",
    "Q\tThis May?",
)


def said(data: bytes, name: str = "talk.docx") -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in parse_bytes(data, name).turns]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def test_a_briefing_with_tabs_after_the_questions() -> None:
    transcript = parse_bytes(word(*TALK, heading="Press Briefing by Ann Lee"), "talk.docx")
    assert transcript.format == "docx"
    assert transcript.title == "Press Briefing by Ann Lee"
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [
        ("Ann Lee", "Good evening. We begin with the bridge."),
        ("Reporter (Q)", "When will it open?"),
        ("Ann Lee", "In May."),
        ("Reporter (Q)", "This May?"),
    ]


def test_the_content_decides_and_not_the_ending() -> None:
    assert said(word(*TALK), "talk.txt") == said(word(*TALK), "talk.docx") == said(word(*TALK), "talk")


def test_what_the_properties_say_gives_way_and_who_made_it_when_is_not_the_programme() -> None:
    script = "The bridge over the river was closed on Monday, the council said in a statement."
    transcript = parse_bytes(word(script, title="The bridge"), "x.docx")
    assert (transcript.title, transcript.source, transcript.published) == ("The bridge", None, None)
    assert parse_bytes(word(script, title="Old title", heading="The bridge"), "x.docx").title == "The bridge"


@pytest.mark.parametrize("title", ["Microsoft Word - a.doc", "Document1", "notes.docx", "Untitled", "Word Document"])
def test_titles_that_programs_put_there_are_none(title: str) -> None:
    script = "The bridge over the river was closed on Monday, the council said."
    assert parse_bytes(word(script, title=title), "moon-landing.docx").title == "Moon landing"


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = paragraph(
        run("ANN LEE: The bridge "),
        f"<w:del>{run('never').replace('w:t', 'w:delText')}</w:del>",
        f"<w:ins>{run('will ')}</w:ins>",
        f"<w:moveFrom>{run('at once ')}</w:moveFrom>",
        run("open in "),
        f"<w:moveTo>{run('May.')}</w:moveTo>",
    )
    assert said(word_xml(body * 2 + paragraph(run("BOB RAY: Good.")))) == [
        ("Ann Lee", "The bridge will open in May.\nThe bridge will open in May."),
        ("Bob Ray", "Good."),
    ]


def test_a_deleted_paragraph_mark_joins_what_it_parted() -> None:
    deleted = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = paragraph(run("ANN LEE: The bridge will "), properties=deleted) + paragraph(run("open in May."))
    assert said(word_xml(body + paragraph(run("BOB RAY: Good. ANN: no")) + paragraph(run("ANN LEE: Yes.")))) == [
        ("Ann Lee", "The bridge will open in May."),
        ("Bob Ray", "Good. ANN: no"),
        ("Ann Lee", "Yes."),
    ]


def test_text_in_links_and_content_controls_is_kept_and_hidden_text_is_not() -> None:
    body = paragraph(
        run("ANN LEE: See "),
        f"<w:hyperlink>{run('the plan')}</w:hyperlink>",
        run(" [secret]", "<w:vanish/>"),
        run(", please", "<w:vanish w:val='0'/>"),
        run("."),
        "<w:r><w:instrText>PAGE</w:instrText><w:footnoteReference w:id='2'/></w:r>",
    )
    control = f"<w:sdt><w:sdtContent>{paragraph(run('BOB RAY: I will.'))}</w:sdtContent></w:sdt>"
    assert said(word_xml(body + control + body)) == [
        ("Ann Lee", "See the plan, please."),
        ("Bob Ray", "I will."),
        ("Ann Lee", "See the plan, please."),
    ]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('BOB RAY: I will.'))}</w:txbxContent>"
    twice = f"<w:r><AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback></AlternateContent></w:r>"
    body = paragraph(run("ANN LEE: Yes.")) + paragraph(twice) + paragraph(run("ANN LEE: Good."))
    assert said(word_xml(body)) == [("Ann Lee", "Yes."), ("Bob Ray", "I will."), ("Ann Lee", "Good.")]


def test_tab_stops_are_no_tabs_and_special_hyphens_are_hyphens() -> None:
    stops = "<w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs>"
    dashed = "<w:r><w:t>ANN LEE: COVID</w:t><w:noBreakHyphen/><w:t>19</w:t><w:softHyphen/><w:t>.</w:t></w:r>"
    assert said(word_xml(paragraph(dashed, properties=stops) * 2)) == [("Ann Lee", "COVID-19.\nCOVID-19.")]


def test_lines_wrapped_by_hand_are_joined() -> None:
    lines = (
        "ANN LEE: The bridge over the river was closed on Monday after",
        "an inspection found cracks in two of its piers, and it will",
        "stay closed until the repairs are done, which may take",
        "six weeks at least.",
        "",
        "BOB RAY: What will people do who have to cross the river to",
        "get to work every day?",
    )
    assert [text.count("\n") for _, text in said(word(*lines))] == [0, 0]


@pytest.mark.parametrize("heading", [("Time", "Speaker", "Text"), ("Timecode", "Name", "Transcript"), None])
def test_a_table_of_who_said_what_when(heading: tuple[str, str, str] | None) -> None:
    rows = [
        ("00:00:01", "ANN LEE, HOST", "Good evening, and welcome to the programme."),
        ("00:00:05.500", "", "We begin with the bridge over the river."),
        ("[00:12]", "Bob Ray:", "Thank you, Ann. It is closed, as you say."),
        ("00:20", "ANN LEE", "(LAUGHTER)"),
        ("00:25 - 00:27", "ANN LEE", "So when will it open to the public?"),
    ]
    data = word_table([heading, *rows] if heading else rows, "The Bridge Tonight", "Aired April 13, 2015")
    transcript = parse_bytes(data, "talk.docx")
    assert transcript.published is not None
    assert transcript.published.isoformat() == "2015-04-13"
    assert [(turn.start_ms, turn.end_ms, turn.speaker, turn.role) for turn in transcript.turns] == [
        (1000, 5500, "Ann Lee", "Host"),
        (5500, 12_000, "Ann Lee", "Host"),
        (12_000, 20_000, "Bob Ray", None),
        (25_000, 27_000, "Ann Lee", "Host"),
    ]


def test_of_a_script_in_two_columns_only_what_is_heard() -> None:
    rows = [
        ("VIDEO", "AUDIO"),
        ("Wide shot of the bridge", "The bridge over the river was closed on Monday."),
        ("Mayor on camera", "ANN LEE, MAYOR: It will open in May."),
    ]
    assert "Wide shot" not in parse_bytes(word_table(rows), "x.docx").text


def test_a_table_of_something_else_stays_text() -> None:
    rows = [("Monday", "9", "Council"), ("Tuesday", "10", "Press")]
    text = parse_bytes(word_table(rows, *TALK), "x.docx").text
    assert "Good evening." in text
    assert "Council" in text


def test_a_document_without_words_is_empty() -> None:
    with pytest.raises(EmptyFile, match="Word document without words"):
        parse_bytes(word(""), "x.docx")


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ([("[Content_Types].xml", b""), ("xl/workbook.xml", b"")], "an Excel workbook"),
        ([("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")], "a PowerPoint presentation"),
        ([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"")], "an OpenDocument file"),
        ([("mimetype", b"application/epub+zip"), ("a.xhtml", b"")], "an EPUB book"),
    ],
)
def test_other_documents_are_refused_by_name(entries: list[tuple[str, bytes]], kind: str) -> None:
    with pytest.raises(BinaryFile, match=kind) as caught:
        parse_bytes(zipped(entries), "x.docx")
    assert "DOCX" in caught.value.remedy


@pytest.mark.parametrize("name", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1 Hello"])
def test_older_documents_are_refused_with_a_way_out(name: bytes) -> None:
    with pytest.raises(BinaryFile, match="document") as caught:
        parse_bytes(name, "x.doc")
    assert "Save it as DOCX" in caught.value.remedy


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE])
def test_entities_are_refused(before: str) -> None:
    with pytest.raises(Malformed, match="cannot be read"):
        parse_bytes(word_xml(paragraph(run("&c;")), before=before), "x.docx")


def test_a_document_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(TooLarge):
        parse_bytes(word_xml(paragraph(run("a" * 30_000_000))), "x.docx")


@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl>" * 50_000 + "</w:tbl>" * 50_000,
        "<w:p>" * 50_000 + "</w:p>" * 50_000,
        paragraph(properties="<w:rPr><w:del/></w:rPr>") * 20_000,
        "<w:tbl><w:tr><w:tc>" + paragraph(run("word")) * 20_000 + "</w:tc></w:tr></w:tbl>",
    ],
    ids=["tables", "paragraphs", "joined", "cell"],
)
def test_deep_and_long_documents_are_read_in_the_end(body: str) -> None:
    assert_sound(outcome(word_xml(body + paragraph(run("x y z " * 100))), "x.docx"), "x.docx")


def test_a_main_part_by_another_name_is_found() -> None:
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        b'Target="/word/maindocu.xml"/></Relationships>'
    )
    data = word_xml("".join(paragraph(run(line)) for line in TALK))
    renamed = data.replace(b"word/document.xml", b"word/maindocu.xml")
    assert said(with_part(renamed, "_rels/.rels", relations)) == said(data)


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    out = BytesIO(data)
    with ZipFile(out, "a") as archive:
        archive.writestr(name, part)
    return out.getvalue()


GOOD = (
    word(*TALK, title="The bridge", heading="Briefing"),
    word_table([("Time", "Speaker", "Text"), ("0:01", "Ann Lee", "Good evening to you all.")], "A title"),
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(GOOD),
    st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)), max_size=15),
    st.integers(0, 40_000),
)
def test_a_damaged_document_is_a_transcript_or_a_clear_error(
    good: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(good)
    for place, byte in changes:
        data[place % len(data)] = byte
    assert_sound(outcome(bytes(data[: cut or None]), "x.docx"), "x.docx")


XML = st.sampled_from(
    ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>ANN LEE: Yes.</w:t>", "<w:tab/>", "<w:br/>", "<w:del>", "</w:del>",
     "<w:pPr>", "</w:pPr>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:vanish/>",
     "<w:pStyle w:val='Title'/>", "words", "<w:t/>", "&#0;", "&x;", "<", "<!--", "<![CDATA[x]]>"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(XML, max_size=40).map("".join))
def test_any_body_is_a_transcript_or_a_clear_error(body: str) -> None:
    assert_sound(outcome(word_xml(body), "x.docx"), "x.docx")
