"""BEIR folders: judged queries, grades, documents as transcripts, and judgements of what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import QuestionSetError
from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats import read_questions
from tests.rag.evaluate.questions_on_disk import BEIR_CORPUS, BEIR_QUERIES, beir, cases, error, to_file


def test_a_folder(tmp_path: Path) -> None:
    read = read_questions(beir(tmp_path / "set"))
    assert read.transcripts is not None
    moon, sea, nobody = read.transcripts()
    assert (moon.title, moon.text, moon.format) == ("Moon", "The lander touched down. It was evening.", "beir")
    assert (sea.title, sea.text) == ("Sea", "Sea")
    assert nobody.title == "Nobody asks about this."
    assert list(read.cases()) == [
        Case(
            id="q1",
            question="Who landed?",
            evidence=(Evidence(moon.id, "", 2), Evidence(sea.id, "", 0)),
            answerable=True,
            line=1,
        ),
        Case("3", "Where?", evidence=(Evidence(sea.id, ""),), answerable=True, line=3),
    ]
    assert (read.count, read.format) == (2, "BEIR (test)")


def test_the_only_split_is_taken_and_named(tmp_path: Path) -> None:
    only = beir(tmp_path / "only", qrels={"dev": "query-id\tcorpus-id\tscore\nq2\td1\t1\n"})
    read = read_questions(only)
    assert (read.format, [case.id for case in read.cases()]) == ("BEIR (dev)", ["q2"])
    both = beir(tmp_path / "both", qrels={"dev": "q2\td1\t1\n", "test": "q1\td1\t1\n", "train": "q2\td2\t1\n"})
    assert [case.id for case in cases(both)] == ["q1"]
    unclear = beir(tmp_path / "unclear", qrels={"dev": "q2\td1\t1\n", "train": "q1\td1\t1\n"})
    assert "has the splits dev.tsv, train.tsv and no test.tsv" in error(unclear)


@pytest.mark.parametrize(
    "table",
    [
        "q1\td1\t2\nq1\td2\t0\n",
        "\ufeffquery-id\tcorpus-id\tscore\r\nq1\td1\t2\r\n\r\nq1\td2\t0",
        "q1 0 d1 2\nq1 0 d2 -1\n",
        "q1\tQ0\td1\t2.0\nq1\tQ0\td2\t0\n",
    ],
)
def test_tables_with_and_without_header_and_of_trec(tmp_path: Path, table: str) -> None:
    [case] = cases(beir(tmp_path / "set", qrels={"test": table}))
    assert [piece.relevance for piece in case.evidence] == [2, 0]


def test_nothing_relevant_leaves_it_open_whether_there_is_an_answer(tmp_path: Path) -> None:
    [case] = cases(beir(tmp_path / "set", qrels={"test": "q1\td1\t0\n"}))
    assert case.answerable is None


def test_a_query_that_is_a_conversation(tmp_path: Path) -> None:
    text = "|user|: Who landed?\n|agent|: The lander.\nIn August.\n|user|: Where\nexactly?"
    [case] = cases(beir(tmp_path / "set", queries=[{"_id": "q1", "text": text}], qrels={"test": "q1\td1\t1\n"}))
    assert (case.question, case.history) == ("Where\nexactly?", ("Who landed?",))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("q1\td1\t1\nq9\td1\t1\n", "line 2: judges the query 'q9', which queries.jsonl does not have"),
        (
            "q1\td1\t1\nq1\td9\t1\n3\td9\t0\n",
            "line 2: judges the document 'd9', which corpus.jsonl does not have; and 1 more",
        ),
        ("q1\td1\t1\nq1\td2\t1\nq1\td1\t2\n", "line 3: judges 'd1' for the query 'q1' again, as line 1 does"),
        ("q1\td1\t1\nq1\td2\n", "line 2: is no judgement"),
        ("q1\td1\t1\nq1\t\t1\n", "line 2: is no judgement"),
        ("q1\td1\t1\nq1\td2\tmuch\n", "line 2: the score must be a whole number, not 'much'"),
        ("q1\td1\t1\nq1\td2\tnan\n", "line 2: the score must be a whole number, not 'nan'"),
        ("q1\td1\t1\nq1\td2\tinf\n", "line 2: the score must be a whole number, not 'inf'"),
        ("q1\td1\t1\nq1\td2\t1e300\n", "line 2: the score must not be above 1000, but is 1e300"),
        ("q1\td1\t1000\nq1\td2\t1001\n", "line 2: the score must not be above 1000, but is 1001"),
    ],
)
def test_wrong_judgements_are_named_by_their_line(tmp_path: Path, table: str, said: str) -> None:
    message = error(beir(tmp_path / "set", qrels={"test": table}))
    assert message.startswith(f"set/qrels/test.tsv, {said}")


def test_wrong_queries_and_documents_are_named_by_their_line(tmp_path: Path) -> None:
    queries = beir(tmp_path / "q", queries=[*BEIR_QUERIES, {"_id": "q4"}, {"text": "x"}])
    assert error(queries) == "q/queries.jsonl, line 4: `text` is missing; and 1 more: queries.jsonl, line 5"
    twins = beir(tmp_path / "t", queries=[*BEIR_QUERIES, BEIR_QUERIES[0]])
    assert error(twins) == "t/queries.jsonl, line 4: the id 'q1' is taken: the question on line 1 has it"
    documents = beir(tmp_path / "d", corpus=[*BEIR_CORPUS, {"_id": "d4", "text": 3}])
    assert error(documents) == "d/corpus.jsonl, line 4: `text` must be text, not 3"
    twice = beir(tmp_path / "w", corpus=[*BEIR_CORPUS, {"_id": "d3", "text": "again"}, {"_id": "d3"}])
    said = (
        "w/corpus.jsonl, line 4: the id 'd3' is taken: the document on line 3 has it; and 1 more: corpus.jsonl, line 5"
    )
    assert error(twice) == said


def test_documents_without_words_have_no_turns(tmp_path: Path) -> None:
    read = read_questions(beir(tmp_path / "set", corpus=[*BEIR_CORPUS, {"_id": "d4", "title": " ", "text": ""}]))
    assert read.transcripts is not None
    *_, empty = read.transcripts()
    assert (empty.text, empty.turns) == ("", ())


def test_a_corpus_that_was_changed_since(tmp_path: Path) -> None:
    folder = beir(tmp_path / "set")
    read = read_questions(folder)
    assert read.transcripts is not None
    to_file(folder / "corpus.jsonl", '{"_id": "d1", "text": "x"}\n{"_id": "d2", "text": "y"}\n')
    with pytest.raises(QuestionSetError, match="set: was changed after it was read through"):
        list(read.transcripts())


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_part_that_is_missing_or_empty(tmp_path: Path, name: str) -> None:
    folder = beir(tmp_path / "set")
    to_file(folder / name, "")
    assert error(folder).startswith("set")
    (folder / name).unlink()
    assert f"is a folder without {name}; name a file, or a BEIR folder" in error(folder)
