"""Question sets from spreadsheets: separators, marks, quoted line ends, lists in cells, and what goes wrong there."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats import read_questions
from tests.rag.evaluate.questions_on_disk import cases, error, to_file

FROM_A_SPREADSHEET = (
    "\ufeffID;Kind;Question;Answers;Source;Quote;Draft\r\n"
    '1;Follow-up;"Who said ""yes""?";Kevin Ho;moon.txt;"It landed,\r\nhe said.";FALSE\r\n'
    "2;;When; why?;23 August | in August;moon.txt;On 23 August. | In August.;TRUE\r\n".replace(
        "When; why?", '"When; why?"'
    )
    + ";;;;;;\r\n"
    "3;;Where?;[];;;\r\n"
)


def test_a_spreadsheets_csv(tmp_path: Path) -> None:
    path = to_file(tmp_path / "a.csv", FROM_A_SPREADSHEET)
    assert cases(path) == [
        Case(
            id="1",
            question='Who said "yes"?',
            kind="follow_up",
            answers=("Kevin Ho",),
            evidence=(Evidence("moon.txt", "It landed,\nhe said."),),
            answerable=True,
            line=2,
        ),
        Case(
            id="2",
            question="When; why?",
            answers=("23 August", "in August"),
            evidence=(Evidence("moon.txt", "On 23 August."), Evidence("moon.txt", "In August.")),
            answerable=True,
            draft=True,
            line=4,
        ),
        Case("3", "Where?", answerable=False, line=6),
    ]
    assert read_questions(path).format == "CSV"


@pytest.mark.parametrize("first", ["", "\ufeff", "sep=;\r\n", "\ufeffsep=;\n", "\n\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_first_lines(tmp_path: Path, first: str, separator: str) -> None:
    rows = ["id|QUESTION|Other", 'a|"Who| and why?"|x']
    content = first + "\n".join(rows).replace("|", separator)
    [case] = cases(to_file(tmp_path / "a.csv", content))
    assert (case.id, case.question) == ("a", f"Who{separator} and why?")
    assert case.line == content.count("\n") + 1


@pytest.mark.parametrize(
    ("answers", "read"),
    [
        ("5-0 | five to zero", ("5-0", "five to zero")),
        ('["a | b", "c"]', ("a | b", "c")),
        ("['it''s', \"x\"]".replace("''", "\\'"), ("it's", "x")),
        ("a|b", ("a|b",)),
        ("[laughter] yes", ("[laughter] yes",)),
        ("[]", ()),
        ("", ()),
    ],
)
def test_lists_in_a_cell(tmp_path: Path, answers: str, read: tuple[str, ...]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["question", "answers"], ["Who?", answers]])
    [case] = cases(to_file(tmp_path / "a.csv", out.getvalue()))
    assert case.answers == read
    assert case.answerable == (True if read else False if answers == "[]" else None)


def test_evidence_as_json_and_history(tmp_path: Path) -> None:
    json = 'When?,Who? | Where?,"[{""source"": ""a"", ""quote"": ""b | c""}]"'
    plain, told = cases(to_file(tmp_path / "a.csv", f"question,history,evidence\nWho?,,It landed. | b\n{json}\n"))
    assert told.history == ("Who?", "Where?")
    assert told.evidence == (Evidence("a", "b | c"),)
    assert plain.evidence == (Evidence("", "It landed."), Evidence("", "b"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("question,answers\nWho?\n", "line 2: has 1 cells where the header has 2"),
        ("question,answers\nWho, me?,x\n", "line 2: has 3 cells where the header has 2"),
        ('question,answers\nWho?,"a"b\n', "line 2: is not CSV: ',' expected after '\"'"),
        ('question\nWho?\n"When?\nWhere?\n', "line 3: a quotation mark opened in this row is never closed"),
        ('question\n"When?\n' + "Where?\n" * 50_000, "line 2: a quotation mark opened in this row is never closed"),
        ("question,Question\nWho?,x\n", "line 1: the header names question twice"),
        ('question,answers\nWho?,"[""a"", ""b"""\n', "line 2: `answers` begins like a list but does not end like one"),
        ("question,answers\nWho?,\"['a' 'b']\"\n", "line 2: `answers` is a list without commas"),
        (
            "question,answers\nWho?,\"['a', open('b')]\"\n",
            "line 2: `answers` begins like a list but does not end like one",
        ),
        ("id,question\n1,Who?\n2,\n", "line 3: `question` is missing"),
        ("id,question\n1,Who?\n1,When?\n", "line 3: the id '1' is taken: the question on line 2 has it"),
        ("question,answerable\nWho?,perhaps\n", 'line 2: `answerable` must be true or false, not "perhaps"'),
        ("question,source,quote\nWho?,a | b,c | d | e\n", "line 2: it has 2 sources and 3 quotes"),
        ('question,evidence\nWho?,"[{""source"": 1}]"\n', "line 2: `evidence[0].source` must be text, not 1"),
    ],
    ids=range(14),
)
def test_what_goes_wrong(tmp_path: Path, content: str, said: str) -> None:
    assert error(to_file(tmp_path / "a.csv", content)).startswith(f"a.csv, {said}")


def test_a_bad_row_517_of_1000_is_named_by_the_line_it_begins_on(tmp_path: Path) -> None:
    rows = [f'q{n},"Who is\n{n}?",true' for n in range(1, 1001)]
    rows[516] = 'q517,"Who is\n517?",perhaps'
    rows[999] = 'q1000,"Who is\n1000?",perhaps'
    message = error(to_file(tmp_path / "a.csv", "id,question,answerable\n" + "\n".join(rows)))
    header, lines_a_row = 1, 2
    first, last = header + 516 * lines_a_row + 1, header + 999 * lines_a_row + 1
    assert message.startswith(f"a.csv, line {first}: `answerable` must be")
    assert message.endswith(f"; and 1 more: line {last}")


def test_a_line_that_is_not_utf_8_ends_the_reading(tmp_path: Path) -> None:
    path = to_file(tmp_path / "a.csv", "question\nWho?\ncafé\nWhen?\n".encode("cp1252"))
    assert error(path) == "a.csv, line 3: is not UTF-8 (byte 0xE9); save the file as UTF-8"


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r|"), min_size=1, max_size=30)
TOLD = TEXT.map(str.strip).filter(lambda text: text and not text.startswith(("[", "{")))


@given(st.lists(st.tuples(TOLD, TOLD, TOLD), min_size=1, max_size=5), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_what_a_csv_writer_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], separator: str, mark: bool
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["question", "answers", "quote"])
    writer.writerows(rows)
    path = to_file(tmp_path_factory.getbasetemp() / "a.csv", ("\ufeff" if mark else "") + out.getvalue())
    found = [(case.question, *case.answers, case.evidence[0].quote) for case in cases(path)]
    assert found == rows
