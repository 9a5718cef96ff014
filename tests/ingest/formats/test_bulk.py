"""Archives of many transcripts in one file: which file is one, its columns, its records, and bad ones among them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import Malformed, TooLarge, TranscriptError, UnknownFormat
from ingest.formats.bulk import Record, bulk_kind, columns_of, read_bulk, transcript_of
from ingest.formats.bulk_rows import json_list
from ingest.formats.columns import SYNONYMS, guess_columns
from ingest.formats.json_split import records

TALK = "ANN LEE, HOST: Is it frozen?\n\nBOB RAY, MAYOR: Yes. Skate!\n\nLEE: So."
FACTS = {"title": "Frost", "date": "2001-12-10", "outlet": "Valley Radio", "link": "https://example.org/1"}


def every(source: str | bytes, name: str = "a.jsonl", columns: Mapping[str, str] | None = None) -> list[Any]:
    data = source.encode() if isinstance(source, str) else source
    return list(read_bulk(io.BytesIO(data), name, columns))


def good(found: list[Any]) -> list[Record]:
    return [each for each in found if isinstance(each, Record)]


def lines(*values: object) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def table(*rows: tuple[str, ...], separator: str = ",") -> str:
    quoted = ([f'"{cell}"' if set(cell) & {separator, "\n"} else cell for cell in row] for row in rows)
    return "".join(separator.join(row) + "\r\n" for row in quoted)


def said(record: Record) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in transcript_of(record, "a.jsonl").turns]


RECORD = {**FACTS, "transcript": TALK, "id": "vr-1"}
AS_TABLE = table(tuple(RECORD), tuple(RECORD.values()))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (lines(RECORD), "a.jsonl"),
        (json.dumps([RECORD], indent=2), "a.json"),
        (AS_TABLE, "a.csv"),
        (table(tuple(RECORD), tuple(RECORD.values()), separator=";"), "a.csv"),
        (table(tuple(RECORD), tuple(RECORD.values()), separator="\t"), "a.tsv"),
        ("sep=;\r\n" + table(tuple(RECORD), tuple(RECORD.values()), separator=";"), "a.csv"),
        ("\ufeff" + AS_TABLE, "a.csv"),
        ("\ufeff" + lines(RECORD), "a.jsonl"),
        (AS_TABLE.encode("utf-16"), "a.csv"),
    ],
)
def test_each_kind_gives_text_and_facts(source: str | bytes, name: str) -> None:
    (record,) = every(source, name)
    transcript = transcript_of(record, name)
    assert said(record) == [("Ann Lee", "Is it frozen?"), ("Bob Ray", "Yes. Skate!"), ("Ann Lee", "So.")]
    assert (transcript.title, str(transcript.published), transcript.source, transcript.url) == tuple(FACTS.values())
    assert (record.key, record.form, record.text) == ("vr-1", "labelled", TALK)


def test_the_titles_of_columns_tell_who_is_meant() -> None:
    text = "MS. PSAKI:  Hi.\n\nQ    Why?\n\nMS. PSAKI:  So."
    briefing = {"title": "Press Briefing by Press Secretary Jen Psaki", "text": text}
    assert [speaker for speaker, _ in said(every(lines(briefing))[0])] == ["Jen Psaki", "Reporter (Q)", "Jen Psaki"]


def test_lines_of_records_are_those_of_the_file() -> None:
    text = lines(RECORD) + "\n" + "{broken\n" + lines(RECORD | {"id": "2"})
    first, broken, second = every(text)
    assert (first.line, broken.line, second.line) == (1, 3, 4)
    csv = table(("title", "text"), ("A", "Good\nevening\neverybody."), ("B", "a", "c"), ("C", "It is a good evening."))
    first, broken, second = every(csv, "a.csv")
    assert (first.line, broken.line, second.line) == (2, 5, 6)
    listed = "[\n " + json.dumps(RECORD) + ',\n {\n\n "text": 5},\n' + json.dumps(RECORD | {"id": "2"}) + "\n]\n"
    first, broken, second = every(listed, "a.json")
    assert (first.line, broken.line, second.line) == (2, 3, 6)


@pytest.mark.parametrize(
    ("bad", "cause"),
    [
        ('{"title": "x"', "broken JSON"),
        ("[1, 2]", "no JSON object"),
        ('"text"', "no JSON object"),
        ('{"text": null}', "without text"),
        ('{"text": ["a"]}', "without text"),
        ('{"body": "a", "headline": "b", "textt": "c"}', ""),
        ('{"text": "  \\n "}', "is empty"),
        ('{"text": "1,2,3\\n4,5,6\\n7,8,9"}', "looks like a table"),
        ('{"text": "00:00:03,000 --> 00:00:02,000\\nNo."}', "ends before it starts"),
        ('{"segments": [{"start": -9, "end": 1, "text": "No."}]}', r"at \$.segments\[0\].start"),
        ('{"text": "a", "text": "b"}', "twice"),
        ("{" * 50_000, "nested too deeply|broken JSON"),
    ],
)
def test_a_bad_record_is_an_error_with_its_line_and_stops_no_other(bad: str, cause: str) -> None:
    found = every(f"{lines(RECORD)}{bad}\n{lines(RECORD)}")
    assert [isinstance(each, Record) for each in found] == [True, cause == "", True]
    if cause:
        with pytest.raises(TranscriptError, match=cause):
            raise found[1]
        assert (found[1].line, found[1].path) == (2, "a.jsonl")


def test_line_517_of_a_thousand() -> None:
    rows = [json.dumps(RECORD | {"id": n}) for n in range(1, 1001)]
    rows[516] = rows[516][:-5]
    found = every("\n".join(rows))
    assert len(good(found)) == 999
    assert [each.line for each in found if isinstance(each, TranscriptError)] == [517]


def test_whole_transcripts_of_services_are_records_too() -> None:
    whisper = {"title": "Frost", "text": "…", "segments": [{"start": 0, "end": 1.5, "text": " It is frozen."}]}
    turns = {"utt": ["It is.", "Is it?"], "speaker": ["ANN LEE, HOST", "RAY"]}
    media_sum = {"id": "V-1", "program": "Valley Today", **turns}
    first, second = every(lines(whisper, media_sum))
    assert (transcript_of(first, "a").title, first.document.speeches[0].end_ms, first.form) == ("Frost", 1500, "json")
    assert (second.key, said(second)) == ("V-1", [("Ann Lee", "It is."), ("Ray", "Is it?")])


def test_columns_are_guessed_by_name() -> None:
    names = ["Transcript_ID", "headline", "AirDate", "network", "programName", "webpage_url", "fullText", "views"]
    assert guess_columns(names) == {
        "text": "fullText", "title": "headline", "date": "AirDate", "source": "network", "programme": "programName",
        "url": "webpage_url", "id": "Transcript_ID",
    }  # fmt: skip
    assert guess_columns(["a", "b"]) == {}
    assert guess_columns(["body", "text"]) == {"text": "text"}


def test_every_synonym_means_one_column_only() -> None:
    words = [word for synonyms in SYNONYMS.values() for word in synonyms.split(", ")]
    assert len(words) == len(set(words))


def test_guesses_are_shown_and_overridden() -> None:
    text = table(("name", "body", "when"), ("Frost", "It is frozen today.", "2001-12-10"))
    assert columns_of(text, "a.csv") == {"title": "name", "text": "body"}
    assert columns_of(lines(RECORD), "a.jsonl") == {
        "title": "title", "date": "date", "source": "outlet", "url": "link", "text": "transcript", "id": "id",
    }  # fmt: skip
    assert columns_of("Just a text.", "a.txt") == {}
    (record,) = every(text, "a.csv", {"date": "when", "title": "body"})
    assert (str(record.metadata.published), record.metadata.title) == ("2001-12-10", "It is frozen today.")


@pytest.mark.parametrize(
    ("source", "name", "columns", "cause"),
    [
        (lines({"question": "Why?", "answers": []}), "q.jsonl", None, "columns question, answers, none of which"),
        (lines(RECORD), "a.jsonl", {"txet": "transcript"}, "no meaning for a column of 'txet'"),
        ("Just a text.\nOf two lines.", "a.txt", None, "is no archive"),
        ('{"title": "one object", "text": "only"}', "a.json", None, "is no archive"),
        ("", "a.csv", None, "is no archive"),
        ("a,b\n1,2\n", "a.csv", None, "columns a, b, none of which"),
    ],
)
def test_what_is_no_archive_is_refused(source: str, name: str, columns: Mapping[str, str] | None, cause: str) -> None:
    with pytest.raises((Malformed, UnknownFormat), match=cause):
        every(source, name, columns)


def test_a_column_asked_for_and_not_there_is_told() -> None:
    (error,) = every(lines(RECORD), columns={"text": "body"})
    assert "without the column 'body'" in error.cause
    assert "title, date, outlet" in error.remedy


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (lines(RECORD, RECORD), "a.txt", "jsonl"),
        (lines(RECORD), "a.jsonl", "jsonl"),
        (lines(RECORD), "a.json", None),
        (json.dumps([RECORD]), "a.json", "json"),
        ('[{"title": "x", "text": "' + "a " * 200, "a.json", "json"),
        (json.dumps([{"start": 0, "end": 1, "text": "No."}]), "a.json", None),
        (json.dumps([{"text": "No.", "start": 0, "duration": 1}]), "a.json", None),
        (json.dumps([{"speaker": "A", "text": "No."}]), "a.json", None),
        (json.dumps([{"speaker": "A", "text": "No.", "title": "x", "date": "2001-12-10"}]), "a.json", "json"),
        (json.dumps([1, 2]), "a.json", None),
        (AS_TABLE, "a.txt", "csv"),
        ("text\nGood evening.\n", "a.csv", "csv"),
        ("The text, the title\nand more.", "a.txt", None),
        ("a,b,c\n1,2,3\n", "a.csv", None),
        ("WEBVTT\n", "a.vtt", None),
        ("", "a", None),
    ],
)
def test_which_files_are_archives(head: str, name: str, kind: str | None) -> None:
    assert bulk_kind(head, name) == kind


def test_a_second_record_of_an_id_goes_by_its_line() -> None:
    assert [record.key for record in every(lines(RECORD, RECORD, RECORD | {"id": ""}))] == ["vr-1", "2", "3"]


def test_ids_of_transcripts_come_from_place_and_content() -> None:
    one, other = every(lines(RECORD, RECORD | {"id": "vr-2"}))
    changed = every(lines(RECORD | {"title": "Thaw"}))[0]
    ids = {transcript_of(record, "a").id for record in (one, other, changed)} | {transcript_of(one, "b").id}
    assert len(ids) == 4
    assert transcript_of(one, "a") == transcript_of(every(lines(RECORD))[0], "a")


def test_the_archives_name_is_no_title_of_its_records() -> None:
    (record,) = every(lines({"text": "The lake is frozen.", "x": 1}), "All-About-Birds.jsonl")
    assert transcript_of(record, "All-About-Birds.jsonl").title == "The lake is frozen."


def test_bytes_that_are_no_utf_8_are_read_record_by_record() -> None:
    rows = [table(("title", "text")).encode(), "A,Le café est gelé.\r\n".encode("cp1252"), "B,Où est-ce ?\r\n".encode()]
    assert [record.text for record in every(b"".join(rows), "a.csv")] == ["Le café est gelé.", "Où est-ce ?"]
    broken = lines(RECORD).encode() + b'{"text": "\xff\xfe\x81\x8d \x00"}\n' + lines(RECORD).encode()
    assert [isinstance(each, Record) for each in every(broken)] == [True, False, True]


def test_an_open_quotation_mark_and_cells_too_many_are_told() -> None:
    text = 'title,text\r\nA,"The lake is frozen\r\nB,As it always was in winter.\r\n'
    (record,) = every(text, "a.csv")
    assert record.text == "The lake is frozen\nB,As it always was in winter.\n"
    (error,) = every("title,text\r\nA,It is, as it was, frozen.\r\n", "a.csv")
    assert "4 cells under 2 names" in error.cause


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_a_json_list_is_cut_alike_wherever_the_pieces_end(size: int) -> None:
    text = '\n[ {"a": "x\\"]}\\\\", "b": [{"c": {}}]}\n,\n{"d": "[{"} , [1], 7, "s" ]\n tail'
    pieces = [text[place : place + size] for place in range(0, len(text), size)]
    assert list(map(str, records(pieces, Path("a.json")))) == list(map(str, records([text], Path("a.json"))))
    rows = list(json_list(pieces, Path("a.json")))
    assert [row.line for row in rows] == [2, 4, 4, 4, 4]
    assert [type(row).__name__ for row in rows] == ["Row", "Row", "Malformed", "Malformed", "Malformed"]


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text() | st.lists(st.text(max_size=3)), max_size=3), min_size=1),
    st.integers(1, 30),
    st.sampled_from([None, 1]),
)
def test_any_json_list_comes_back(values: list[dict[str, object]], size: int, indent: int | None) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=indent)
    pieces = [text[place : place + size] for place in range(0, len(text), size)]
    cuts = list(records(pieces, Path("a.json")))
    assert [json.loads(cut.text) for cut in cuts if not isinstance(cut, TranscriptError)] == values


def test_a_list_that_breaks_off_gives_what_is_whole_and_says_where() -> None:
    first, error = every("[" + json.dumps(RECORD) + ",\n" + json.dumps(RECORD)[:-9], "a.json")
    assert isinstance(first, Record)
    assert (error.line, "ends in the record that begins here" in error.cause) == (2, True)


def test_no_more_is_read_than_the_records_asked_for() -> None:
    read: list[int] = []
    row = json.dumps({"title": "x", "text": "The lake is frozen. " * 5_000}) + "\n"

    def pieces() -> Iterator[str]:
        for number in range(10_000):
            read.append(number)
            yield row

    found = read_bulk(pieces(), "a.jsonl")
    head = 2**20 // len(row) + 1
    for count in range(1, head + 5):
        assert isinstance(next(found), Record)
        assert len(read) <= max(head, count) + 1


def test_a_record_longer_than_any_transcript_is_not_held() -> None:
    def pieces() -> Iterator[str]:
        yield lines(RECORD) + '{"text": "'
        for _ in range(80):
            yield "a " * 2**19
        yield '"}\n' + lines(RECORD | {"id": "3"})

    first, error, third = read_bulk(pieces(), "a.jsonl")
    assert isinstance(error, TooLarge)
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert (error.line, third.line) == (2, 3)


PIECE = st.sampled_from(
    ['{"text": "Good evening all."}', '{"a":', "[", "]", "{", "}", '"', "\\", ",", ";", "\n", "\r", "text",
     "title,text", "A,B", "\x00", "\ufeff", "\udcff", "1", "NaN", ":", '"text": ', "Is it frozen?", "sep=;", "é",
     "\\ud83d"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=80)
    | st.lists(PIECE, max_size=25).map(lambda parts: "".join(parts).encode(errors="surrogateescape")),
    st.sampled_from(["a.jsonl", "a.csv", "a.json", "a.txt"]),
    st.sampled_from([None, {"text": "text"}, {"text": "A"}]),
)
def test_any_bytes_are_records_or_clear_errors(data: bytes, name: str, columns: Mapping[str, str] | None) -> None:
    found: list[Any] = []
    with suppress(Malformed, UnknownFormat):
        found = every(data, name, columns)
    for each in found:
        if isinstance(each, TranscriptError):
            assert each.cause
            assert each.line
        else:
            assert transcript_of(each, name).turns
