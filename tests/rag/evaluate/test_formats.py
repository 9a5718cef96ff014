"""Question sets of any format: which one it is, what is wrong and where, and all that is no question set."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import QuestionSetError
from rag.evaluate.formats import READERS, detect, read_questions
from rag.evaluate.formats.look import look_at
from tests.rag.evaluate.questions_on_disk import beir, cases, error, to_file, to_jsonl

MTRAG = '{"task_id": "a::1", "input": [{"speaker": "user", "text": "Who?"}]}'
SQUAD = '{"version": "v2.0", "data": [{"title": "A", "paragraphs": []}]}'


@pytest.mark.parametrize(
    ("name", "content", "reader", "container"),
    [
        ("a.jsonl", '{"question": "Who?"}', "ours", "JSONL"),
        ("a.txt", '\ufeff\n{"question": "Who?"}\n{"question": "When?"}', "ours", "JSONL"),
        ("a.json", '[{"id": 1,\n"question": "Who?"}]', "ours", "JSON"),
        ("a.txt", "Question;Answers\nWho?;x", "ours", "CSV"),
        ("a.dat", "id\tquestion\n1\tWho?", "ours", "CSV"),
        ("a.yaml", "- Who?", "ours", "YAML"),
        ("a.yml", '[{"question": "Who?"}]', "ours", "YAML"),
        ("a.txt", "# ours\n- question: Who?", "ours", "YAML"),
        ("a", "questions:\n- Who?", "ours", "YAML"),
        ("a.jsonl", '{"user_input": "Who?"}', "RAGAS", "JSONL"),
        ("a.json", '[{"question": "Who?", "ground_truth": "x"}]', "RAGAS", "JSON"),
        ("a.csv", "question,contexts,answer\nWho?,x,y", "RAGAS", "CSV"),
        ("a.jsonl", MTRAG, "MTRAG", "JSONL"),
        ("a.json", SQUAD, "SQuAD", "JSON"),
        ("a.jsonl", SQUAD, "SQuAD", "JSON"),
        pytest.param("a.json", SQUAD.replace("[]", f'["{"x" * 2_000_000}"]'), "SQuAD", "JSON", id="SQuAD on one line"),
        ("a.json", SQUAD.replace(" ", "\n"), "SQuAD", "JSON"),
        ("a.jsonl", '{"question": "Who?", "data": [1]}\n{"question": "When?"}', "ours", "JSONL"),
        ("a.jsonl", '{"question": "Who?",\n{"question": "When?"}', "ours", "JSONL"),
        ("a.jsonl", '{"question": "Who?", "answers": ["x"], "reference": "y"}', "ours", "JSONL"),
    ],
)
def test_the_content_tells_the_format(tmp_path: Path, name: str, content: str, reader: str, container: str) -> None:
    look = look_at(to_file(tmp_path / name, content))
    assert (detect(look).name, look.container) == (reader, container)


def test_a_folder_is_beir(tmp_path: Path) -> None:
    assert detect(look_at(beir(tmp_path / "set"))).name == "BEIR"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "The lander touched down in the evening.", "neither JSON nor a table nor YAML"),
        pytest.param("a.txt", "word " * 300_000, "neither JSON nor a table nor YAML", id="one long line"),
        ("a.jsonl", '{"text": "x", "label": 1}', "it looks like JSONL with the fields label, text"),
        ("a.csv", "frage,antwort\nWer?,x", "it looks like CSV with the fields antwort, frage"),
        ("a.json", '[{"author": "x", "messages": []}]', "it looks like JSON with the fields author, messages"),
        ("a.json", "[1, 2]", "it looks like JSON with no fields that can be read"),
    ],
)
def test_what_is_no_question_set_is_told_what_would_be(tmp_path: Path, name: str, content: str, said: str) -> None:
    message = error(to_file(tmp_path / name, content))
    assert message.startswith(f"{name}: is no question set that we know: ")
    assert said in message
    assert all(each.known_by in message for each in READERS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", ""),
        ("a.csv", "question;answers\n;\n"),
        ("a.json", "[]"),
        ("a.json", '{"questions": []}'),
        ("a.json", '{"data": []}'),
        ("a.yaml", "# nothing yet"),
        ("a.yaml", "questions:"),
    ],
)
def test_an_empty_set_is_an_error(tmp_path: Path, name: str, content: str) -> None:
    for written in (content, f"\ufeff{content}\n \n"):
        assert error(to_file(tmp_path / name, written)).startswith(f"{name}: holds no questions")


def thousand(bad: dict[int, str]) -> str:
    good = (f'{{"id": "q{line}", "question": "Who is {line}?"}}' for line in range(1, 1001))
    return "".join(f"{bad.get(line, each)}\n" for line, each in enumerate(good, 1))


def test_a_bad_line_517_of_1000_is_named(tmp_path: Path) -> None:
    path = to_file(tmp_path / "a.jsonl", thousand({517: '{"question": "Who'}))
    with pytest.raises(QuestionSetError) as caught:
        read_questions(path)
    assert (caught.value.line, caught.value.path) == (517, str(path))
    assert caught.value.cause == "is not JSON: EOF while parsing a string at character 17"


def test_nothing_but_bad_lines(tmp_path: Path) -> None:
    message = error(to_file(tmp_path / "a.jsonl", "{question: Who?}\n{question: When?}\n"))
    assert message.startswith("a.jsonl, line 1: is not JSON: ")
    assert message.endswith("; and 1 more: line 2")


def test_further_bad_lines_are_named_up_to_five(tmp_path: Path) -> None:
    bad = dict.fromkeys((517, 520, 611, 700), "oops")
    assert error(to_file(tmp_path / "a.jsonl", thousand(bad))).endswith("; and 3 more: lines 520, 611, 700")
    two = dict.fromkeys((517, 520), "{}")
    assert error(to_file(tmp_path / "a.jsonl", thousand(two))).endswith("; and 1 more: line 520")
    many = error(to_file(tmp_path / "a.jsonl", thousand(dict.fromkeys(range(100, 200), "3"))))
    assert many.startswith("a.jsonl, line 100: ")
    assert many.endswith("; and 99 more: lines 101, 102, 103, 104, 105, …")


def test_twins_are_named_with_both_lines(tmp_path: Path) -> None:
    path = to_jsonl(tmp_path / "a.jsonl", [{"id": each, "question": "Who?"} for each in ("a", "b", "a", "c", "b")])
    assert error(path) == "a.jsonl, line 3: the id 'a' is taken: the question on line 1 has it; and 1 more: line 5"


def test_a_name_given_by_line_can_be_a_twin_too(tmp_path: Path) -> None:
    path = to_jsonl(tmp_path / "a.jsonl", [{"id": "line-2", "question": "Who?"}, {"question": "When?"}])
    assert error(path) == "a.jsonl, line 2: the id 'line-2' is taken: the question on line 1 has it"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"question": "caf\xe9"}', "is not UTF-8 (byte 0xE9); save the file as UTF-8"),
        (b'{"question": "a\0b"}', "has a NUL byte in it, so it is no text"),
        pytest.param(b'{"question": "' + b"x" * 10_000_000 + b'"}', "is longer than 10 MB", id="long"),
        pytest.param(b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "recursion limit exceeded", id="deep"),
        (b'{"question": "\\ud800"}', "is not JSON"),
        pytest.param(b'{"question": ' + b"9" * 100_000 + b"}", "number out of range", id="number"),
        (b'["question"]', 'a question is an object such as {"question": "…"}, not ["question"]'),
        (b"null", "a question is an object"),
    ],
)
def test_hostile_lines(tmp_path: Path, line: bytes, said: str) -> None:
    path = to_file(tmp_path / "a.jsonl", b'{"question": "Who?"}\n' + line + b'\n{"question": "When?"}\n')
    message = error(path)
    assert message.startswith("a.jsonl, line 2: ")
    assert said in message


LONG = "very " * 400_000


@pytest.mark.parametrize(
    "first",
    [
        {"id": "a", "question": f"Who is {LONG}old?"},
        {"question": f"Who is {LONG}old?", "id": "a"},
        {"id": "a", "evidence": [LONG, LONG], "question": "Who?"},
        {"id": "a", "retrieved_contexts": [LONG], "user_input": "Who?"},
    ],
    ids=["question-last", "question-first", "evidence-first", "ragas"],
)
@pytest.mark.parametrize("whole", [False, True], ids=["jsonl", "json"])
def test_one_huge_question_hides_no_format(tmp_path: Path, first: dict[str, object], whole: bool) -> None:
    """Two megabytes and more, before the field that tells the format."""
    key = "user_input" if "user_input" in first else "question"
    records: list[dict[str, object]] = [first, {"id": "b", key: "When?"}]
    path = tmp_path / "a.json"
    found = cases(to_file(path, json.dumps(records)) if whole else to_jsonl(path, records))
    assert [case.id for case in found] == ["a", "b"]
    assert found[0].question == first[key]


def test_a_huge_question_on_a_line_of_its_own_hides_no_format(tmp_path: Path) -> None:
    path = to_file(tmp_path / "a.json", f'[\n{{"id": "a",\n"question": "{LONG}?"}}\n]\n')
    assert [case.id for case in cases(path)] == ["a"]


def test_a_first_line_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = to_file(tmp_path / "a.jsonl", '{"id": "a", "question": "' + "x" * 12_000_000 + '"}\n{"question": "Who?"}\n')
    assert error(path) == "a.jsonl, line 1: is longer than 10 MB"


def test_files_of_windows_put_together_are_read(tmp_path: Path) -> None:
    """Each with a byte order mark and Windows line ends."""
    one, two = (f'\ufeff{{"id": "{each}", "question": "Who?"}}\r\n' for each in "ab")
    assert [case.id for case in cases(to_file(tmp_path / "a.jsonl", one + two))] == ["a", "b"]


def test_the_line_after_a_long_one_has_its_number(tmp_path: Path) -> None:
    path = to_file(tmp_path / "a.jsonl", '{"question": "Who?"}\n' + "x" * 25_000_000 + "\noops\n")
    assert error(path) == "a.jsonl, line 2: is longer than 10 MB; and 1 more: line 3"


def test_utf_16_and_binary_files(tmp_path: Path) -> None:
    assert "is UTF-16; save it as UTF-8" in error(to_file(tmp_path / "a.csv", "question\nWho?".encode("utf-16")))
    assert "has a NUL byte" in error(to_file(tmp_path / "a.jsonl", b"\x7fELF\0\0\0\n"))


def test_what_is_no_file(tmp_path: Path) -> None:
    assert error(tmp_path / "no.jsonl") == "no.jsonl: cannot be read (no such file or directory); check its name"
    assert "is no file name" in error("a\0b")
    assert "without corpus.jsonl, queries.jsonl, qrels/test.tsv" in error(tmp_path)
    assert "is a device or a pipe, not a file" in error("/dev/null")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    said: list[str] = []
    reading = threading.Thread(target=lambda: said.append(error(tmp_path / "pipe.jsonl")), daemon=True)
    reading.start()
    reading.join(timeout=60)
    assert said == ["pipe.jsonl: is a device or a pipe, not a file"]


def test_the_digest_is_the_files(tmp_path: Path) -> None:
    path = to_file(tmp_path / "a.jsonl", '{"question": "Who?"}\n')
    assert read_questions(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    folder = beir(tmp_path / "set")
    before = read_questions(folder).sha256
    assert before == read_questions(folder).sha256
    to_file(folder / "qrels" / "test.tsv", "q1\td1\t1\n")
    assert read_questions(folder).sha256 != before


def test_a_set_is_read_anew_each_time(tmp_path: Path) -> None:
    path = to_jsonl(tmp_path / "a.jsonl", [{"question": "Who?"}, {"question": "When?"}])
    read = read_questions(path)
    first = read.cases()
    assert next(first).question == "Who?"
    assert [case.question for case in read.cases()] == ["Who?", "When?"]
    assert next(first).question == "When?"


def test_a_set_that_was_changed_since_is_another_one(tmp_path: Path) -> None:
    path = to_jsonl(tmp_path / "a.jsonl", [{"question": "Who?"}, {"question": "When?"}])
    read = read_questions(path)
    to_jsonl(path, [{"question": "Who?"}, {"question": "Why?"}])
    with pytest.raises(QuestionSetError, match=r"a\.jsonl: was changed after it was read through"):
        list(read.cases())


PIECES = st.sampled_from(
    [
        '{"question": "Who?"}', '{"question":', '"', ",", ";", "\t", "\n", "- ", "question", ": ", "[", "]", "{", "}",
        "&a ", "*a", "!!x ", "user_input", "answers", "\r\n", "sep=;", '"data"', '"paragraphs"', "null", "NaN", "1",
        " | ", "é", "\0", "---", "#", "<<: ", '["', "'",
    ]
)  # fmt: skip
CONTENT = st.binary(max_size=100) | st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode())
NAME = st.sampled_from(["a.jsonl", "a.json", "a.csv", "a.yaml", "a"])


@settings(max_examples=600, deadline=None)
@given(CONTENT, NAME)
def test_any_bytes_are_questions_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    path = to_file(tmp_path_factory.getbasetemp() / name, content)
    try:
        found = cases(path)
    except QuestionSetError as problem:
        assert str(problem).startswith(str(path)), problem  # noqa: PT017
    else:
        assert found
        assert all(case.id and case.question.strip() for case in found)
