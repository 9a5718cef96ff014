"""Our own sets in JSONL and JSON: what the fields mean, what is filled in, what is refused."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats import read_questions
from tests.rag.evaluate.questions_on_disk import cases, error, to_file, to_jsonl


def one(folder: Path, **fields: Any) -> Case:
    [case] = cases(to_jsonl(folder / "set.jsonl", [{"question": "Who?", **fields}]))
    return case


def refusal(folder: Path, **fields: Any) -> str:
    return error(to_jsonl(folder / "set.jsonl", [{"question": "Who?", **fields}]))


def test_a_full_record(tmp_path: Path) -> None:
    record = {
        "id": "q-1",
        "kind": "follow-up",
        "question": " And when? ",
        "history": ["Who landed?"],
        "answers": ["in August", "23 August"],
        "evidence": [{"source": "moon.txt", "quote": "It landed\non 23 August."}],
        "draft": True,
        "distractors": [{"source": "sea.txt", "quote": "x"}],
    }
    path = to_jsonl(tmp_path / "set.jsonl", [record])
    assert cases(path) == [
        Case(
            id="q-1",
            question="And when?",
            kind="follow_up",
            history=("Who landed?",),
            answers=("in August", "23 August"),
            evidence=(Evidence("moon.txt", "It landed\non 23 August."),),
            answerable=True,
            draft=True,
            line=1,
        )
    ]
    assert read_questions(path).format == "JSONL"
    assert read_questions(path).transcripts is None


def test_a_question_alone_will_do_and_is_called_after_its_line(tmp_path: Path) -> None:
    path = to_file(tmp_path / "set.jsonl", '\n{"question": "Who?"}\r\n   \n{"question": "When?", "id": null}')
    assert cases(path) == [Case("line-2", "Who?", line=2), Case("line-4", "When?", line=4)]


@pytest.mark.parametrize(
    ("fields", "answerable"),
    [
        ({}, None),
        ({"answers": None, "evidence": None}, None),
        ({"answers": ["a"]}, True),
        ({"evidence": [{"quote": "a"}]}, True),
        ({"answers": [], "evidence": [{"source": "a.txt"}]}, True),
        ({"answers": []}, False),
        ({"evidence": []}, False),
        ({"kind": "Unanswerable"}, False),
        ({"answers": [], "answerable": True}, True),
        ({"answers": ["a"], "answerable": False}, False),
        ({"answers": ["a"], "answerable": None}, True),
    ],
)
def test_whether_there_is_an_answer(tmp_path: Path, fields: dict[str, Any], answerable: bool | None) -> None:
    assert one(tmp_path, **fields).answerable is answerable


@pytest.mark.parametrize(
    ("given_evidence", "read"),
    [
        ({"evidence": "a quote"}, [Evidence("", "a quote")]),
        ({"evidence": {"source": "a", "quote": "b", "relevance": 3}}, [Evidence("a", "b", 3)]),
        ({"evidence": [{"source": "a"}, {"quote": "b", "source": None}]}, [Evidence("a", ""), Evidence("", "b")]),
        ({"source": "a", "quote": ["b", "c"]}, [Evidence("a", "b"), Evidence("a", "c")]),
        ({"source": ["a", "b"], "quote": ["c", "d"]}, [Evidence("a", "c"), Evidence("b", "d")]),
        ({"source": ["a", "b"]}, [Evidence("a", ""), Evidence("b", "")]),
        ({"quote": "b"}, [Evidence("", "b")]),
    ],
)
def test_the_shapes_of_evidence(tmp_path: Path, given_evidence: dict[str, Any], read: list[Evidence]) -> None:
    assert list(one(tmp_path, **given_evidence).evidence) == read


def test_one_answer_may_stand_without_a_list(tmp_path: Path) -> None:
    assert one(tmp_path, answers="a").answers == one(tmp_path, answer="a").answers == ("a",)


def test_a_comparison_needs_every_answer_unless_it_says_otherwise(tmp_path: Path) -> None:
    two = {"kind": "compare", "answers": ["a", "b"], "evidence": ["c", "d"]}
    assert one(tmp_path, **two).every
    assert one(tmp_path, kind="list", answers=["a"], evidence=["c"], every=True).every
    assert not one(tmp_path, **two, every=False).every
    assert one(tmp_path, kind="compare", answers=["a", "b"]).every
    unpaired = {**two, "evidence": ["c"]}
    assert "2 of `answers` and 1 of `evidence`" in refusal(tmp_path, **unpaired)
    assert one(tmp_path, **unpaired, every=False).answers == ("a", "b")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"question": None}, "`question` must be text, not null"),
        ({"question": " "}, "`question` is empty"),
        ({"question": 3}, "`question` must be text, not 3"),
        ({"answers": ["a", 5]}, "`answers[1]` must be text, not 5"),
        ({"answers": 5}, "`answers` must be a list, not 5"),
        ({"answers": float("nan")}, "`answers` must be a list, not NaN"),
        ({"answers": {"text": ["a"]}}, '`answers` must be a list, not {"text": ["a"]}'),
        ({"answers": ["a", ""]}, "`answers[1]` is empty"),
        ({"answers": ["a"], "answer": "b"}, "both `answers` and `answer`"),
        ({"evidence": [{"source": "a", "quote": 1}]}, "`evidence[0].quote` must be text, not 1"),
        ({"evidence": [3]}, "`evidence[0]` must be an object with named fields, not 3"),
        ({"evidence": [{"source": " "}]}, "neither `source` nor `quote`"),
        ({"evidence": [{"quote": "a", "relevance": -1}]}, "`evidence[0].relevance` must not be below 0"),
        (
            {"evidence": [{"quote": "a", "relevance": 2_147_483_648}]},
            "`evidence[0].relevance` must not be above 1000, but is 2147483648",
        ),
        ({"evidence": "a", "source": "b"}, "`evidence` and also `source`"),
        ({"source": ["a", "b"], "quote": ["c", "d", "e"]}, "2 sources and 3 quotes"),
        ({"answerable": "perhaps"}, '`answerable` must be true or false, not "perhaps"'),
        ({"history": [{"role": "user"}]}, '`history[0]` must be text, not {"role": "user"}'),
        ({"id": 1.5}, "an id must be a text or a whole number, not 1.5"),
        ({"id": float("nan")}, "an id must be a text or a whole number, not NaN"),
        ({"question": 3, "answers": 4}, "`question` must be text, not 3; `answers` must be a list, not 4"),
        ({"question": 1, "id": [], "kind": 2, "answers": 3, "draft": []}, "and 2 more in this question"),
    ],
)
def test_what_is_refused_and_how_it_is_said(tmp_path: Path, fields: dict[str, Any], said: str) -> None:
    message = refusal(tmp_path, **fields)
    assert message.startswith("set.jsonl, line 1: ")
    assert said in message


def test_numbers_will_do_as_ids_and_the_last_of_twin_keys_counts(tmp_path: Path) -> None:
    path = to_file(tmp_path / "set.jsonl", '{"id": 7, "question": "Who?", "question": "When?"}')
    assert cases(path) == [Case("7", "When?", line=1)]


@pytest.mark.parametrize(
    "content", ['[{"question": "Who?"}]', '[\n{"question": "Who?"}\n]', '{"questions": [{"question": "Who?"}]}']
)
def test_a_json_list_is_read_too(tmp_path: Path, content: str) -> None:
    path = to_file(tmp_path / "set.json", content)
    [case] = cases(path)
    assert (case.question, case.line, read_questions(path).format) == ("Who?", 0, "JSON")
    assert case.id.startswith("item")


def test_a_json_list_names_the_item_that_is_wrong(tmp_path: Path) -> None:
    path = to_file(
        tmp_path / "set.json", '[{"question": "a", "id": 1}, {"question": 2}, 3, {"question": "b", "id": 1}]'
    )
    assert error(path) == "set.json: [1]: `question` must be text, not 2; and 2 more: [2], [3]"
    assert error(to_file(path, '[\n{"question": "a"},\noops]')).startswith("set.json, line 3: is not JSON: ")
    assert error(to_file(path, '{\n"question": "a"\n}')) == "set.json: questions: a list of questions is wanted here"


WORDS = st.text(st.characters(codec="utf-8"), max_size=30).map(str.strip).filter(bool)
EVIDENCE = st.fixed_dictionaries({"source": WORDS, "quote": WORDS, "relevance": st.integers(0, 3)})
LEAVES = st.none() | st.floats() | WORDS
ANYTHING = LEAVES | st.lists(LEAVES, max_size=3) | st.dictionaries(WORDS, st.lists(LEAVES, max_size=3), max_size=3)
RECORD = st.fixed_dictionaries(
    {"question": WORDS},
    optional={
        "kind": st.sampled_from(["who", "follow_up", ""]),
        "history": st.lists(WORDS, max_size=3),
        "answers": st.lists(WORDS, max_size=3),
        "evidence": st.lists(EVIDENCE, max_size=3),
        "answerable": st.sampled_from([True, False, None]),
        "every": st.just(False),
        "draft": st.booleans(),
        "other": ANYTHING,
    },
)


@given(st.lists(RECORD, min_size=1, max_size=5))
def test_what_is_written_is_read(records: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        found = cases(to_jsonl(Path(folder) / "set.jsonl", records))
    assert [each.line for each in found] == list(range(1, len(records) + 1))
    for record, case in zip(records, found, strict=True):
        assert (case.question, case.kind) == (record["question"], record.get("kind", ""))
        assert list(case.history) == record.get("history", [])
        assert list(case.answers) == record.get("answers", [])
        assert [asdict(piece) for piece in case.evidence] == record.get("evidence", [])
        assert case.draft == record.get("draft", False)
        assert record.get("answerable") in (None, case.answerable)


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "count", "unanswerable", "compare"), [("briefings", 60, 7, 6), ("training", 1577, 91, 0)]
)
def test_the_real_sets(data_dir: Path, name: str, count: int, unanswerable: int, compare: int) -> None:
    path = data_dir / name / "questions.jsonl"
    if not path.is_file():
        pytest.skip(f"the {name} questions are not here ({path}); ONRECORD_DATA names another place")
    found = cases(path)
    assert len(found) == count
    assert sum(case.answerable is False for case in found) == unanswerable
    assert sum(case.every for case in found) == compare
    assert all(case.evidence and case.answers for case in found if case.answerable)
    assert all(case.history for case in found if case.kind == "follow_up")


def test_the_samples(root: Path) -> None:
    found = cases(root / "ingest" / "samples" / "questions.jsonl")
    assert all(case.history for case in found if case.kind == "follow_up")
    assert {case.kind for case in found if case.every} == {"compare"}
    assert {case.answerable for case in found} == {True, False}
