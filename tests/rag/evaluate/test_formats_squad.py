"""SQuAD: paragraphs as transcripts, the sentences of the answers as evidence, places by their path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.text import clean
from rag.errors import QuestionSetError
from rag.evaluate.cases import Case, Evidence, QuestionSet
from rag.evaluate.formats import read_questions
from rag.evaluate.locate import spans_of
from tests.rag.evaluate.questions_on_disk import cases, error, to_file

CONTEXT = "The lander touched down.  It was evening, on 23 August 2023. They\u00a0cheered."
QAS: list[dict[str, Any]] = [
    {
        "id": "a",
        "question": "When was it?",
        "answers": [
            {"text": "23 August", "answer_start": 45},
            {"text": "23 August", "answer_start": 45},
            {"text": "evening, on 23 August 2023", "answer_start": 33},
        ],
        "is_impossible": False,
    },
    {
        "id": "b",
        "question": "Who sank?",
        "answers": [],
        "plausible_answers": [{"text": "lander", "answer_start": 4}],
        "is_impossible": True,
    },
    {"id": "c", "question": "What happened?", "answers": [{"text": "down.  It was", "answer_start": 19}]},
    {
        "id": "d",
        "question": "Who did?",
        "answers": [{"text": "They", "answer_start": 61}, {"text": "The lander", "answer_start": 0}],
    },
]


def write(path: Path, qas: Any = QAS, *, context: Any = CONTEXT, version: str = "v2.0") -> Path:
    paragraphs = [{"context": context, "qas": qas}, {"context": CONTEXT, "qas": []}]
    articles = [{"title": "Chandrayaan-3_landing", "paragraphs": paragraphs}]
    return to_file(path, json.dumps({"version": version, "data": articles}))


def test_paragraphs_are_transcripts_and_sentences_evidence(tmp_path: Path) -> None:
    read = read_questions(write(tmp_path / "a.json"))
    assert read.transcripts is not None
    first, second = read.transcripts()
    assert first.text == "The lander touched down. It was evening, on 23 August 2023. They cheered."
    assert [turn.text for turn in first.turns] == [first.text]
    assert (first.title, first.format, first.speakers) == ("Chandrayaan-3 landing", "squad", ())
    assert (second.text, second.title) == (first.text, first.title)
    assert second.id != first.id
    evening = "It was evening, on 23 August 2023."
    assert list(read.cases()) == [
        Case(
            id="a",
            question="When was it?",
            answers=("23 August", "evening, on 23 August 2023"),
            evidence=(Evidence(first.id, evening),),
            answerable=True,
        ),
        Case("b", "Who sank?", kind="unanswerable", answerable=False),
        Case(
            id="c",
            question="What happened?",
            answers=("down.  It was",),
            evidence=(Evidence(first.id, f"The lander touched down.  {evening}"),),
            answerable=True,
        ),
        Case(
            id="d",
            question="Who did?",
            answers=("They", "The lander"),
            evidence=(Evidence(first.id, "They\u00a0cheered."), Evidence(first.id, "The lander touched down.")),
            answerable=True,
        ),
    ]
    assert read.format == "SQuAD 2.0"


def test_ids_hang_on_place_and_content(tmp_path: Path) -> None:
    def keys(read: QuestionSet) -> list[str]:
        assert read.transcripts is not None
        return [each.id for each in read.transcripts()]

    once, again = (keys(read_questions(write(tmp_path / name))) for name in ("a.json", "b.json"))
    changed = keys(read_questions(write(tmp_path / "c.json", [QAS[1]], context="Other words.")))
    assert once == again
    assert changed[0] != once[0]
    assert changed[1] == once[1]


def test_version_1_1_has_no_flag(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", [{"id": 7, "question": "Who?", "answers": []}], version="1.1")
    assert cases(path) == [Case("7", "Who?", kind="unanswerable", answerable=False)]
    assert read_questions(path).format == "SQuAD 1.1"


@pytest.mark.parametrize(
    ("qa", "said"),
    [
        (
            {"answers": [{"text": "lander", "answer_start": 5}]},
            "does not stand at `answer_start` 5: the context has 'ander ",
        ),
        ({"answers": [{"text": "lander", "answer_start": 4_000}]}, "the context has '' there"),
        ({"answers": [{"text": "lander", "answer_start": -1}]}, "`answers[0].answer_start` must not be below 0"),
        ({"answers": [{"text": "", "answer_start": 0}]}, "`answers[0].text` is empty"),
        ({"answers": [{"text": "lander"}]}, "`answers[0].answer_start` is missing"),
        ({"is_impossible": True, "answers": QAS[2]["answers"]}, "`is_impossible` is true, yet it has `answers`"),
        ({"question": 3}, "`question` must be text, not 3"),
        ({"id": ""}, "`id` is empty"),
        ({"id": "a"}, "the id 'a' is taken: the question at data[0].paragraphs[0].qas[0] has it"),
    ],
)
def test_the_place_in_the_document_is_named(tmp_path: Path, qa: dict[str, Any], said: str) -> None:
    path = write(tmp_path / "a.json", [QAS[0], {"id": "x", "question": "Who?", **qa}])
    message = error(path)
    assert message.startswith("a.json: data[0].paragraphs[0].qas[1]: ")
    assert said in message


def test_broken_articles_and_paragraphs(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", context=3)
    assert error(path) == "a.json: data[0].paragraphs[0]: `context` must be text, not 3"
    with pytest.raises(QuestionSetError, match="context"):
        assert cases(path)
    broken = to_file(tmp_path / "b.json", '{"data": [{"paragraphs": []}, {"title": "x"}, 3]}')
    assert error(broken).startswith("b.json: data[1]: `paragraphs` is missing; and 1 more: data[2]")
    torn = to_file(tmp_path / "c.json", '{"data": [\n{"paragraphs": [\noops')
    assert error(torn).startswith("c.json, line 3: is not JSON: ")


@pytest.mark.data
def test_the_real_dev_half(data_dir: Path) -> None:
    path = data_dir / "squad2" / "dev-12-articles.json"
    if not path.is_file():
        pytest.skip(f"the SQuAD articles are not here ({path}); ONRECORD_DATA names another place")
    read = read_questions(path)
    assert (read.count, read.format) == (4806, "SQuAD 2.0")
    assert read.transcripts is not None
    texts = {each.id: each.text for each in read.transcripts()}
    for case in read.cases():
        assert bool(case.answers) == bool(case.evidence) == case.answerable
        assert all(spans_of(clean(piece.quote), texts[piece.source]) for piece in case.evidence)
        assert all(any(answer in piece.quote for piece in case.evidence) for answer in case.answers)
