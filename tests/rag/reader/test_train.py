"""The whole of training on a handful of texts: from data to weights that the program reads with."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from rag.reader import train
from rag.reader.own import OwnReader
from rag.reader.training.material import is_held_back
from rag.reader.training.mine import load_groups
from tests.rag.builders import hits, transcript

TOPICS = ("bridge", "harbour", "school", "hospital", "railway", "library")


def write_data(folder: Path) -> None:
    """Six briefings and seven articles, each with a question that it answers and one that it does not."""
    (folder / "training").mkdir(parents=True)
    (folder / "squad2").mkdir()
    asked, told, articles = [], [], []
    for number, topic in enumerate(TOPICS):
        name, fact = f"2021-01-0{number + 1}-{topic}", f"The {topic} costs {number + 2} million dollars."
        text = f"MS. LEE: Good morning. {fact} We open it in May.\n\nQ Thank you. What about the weather?"
        told.append({"id": f"x/{name}", "title": f"Briefing on the {topic}", "date": "2021-01-02", "text": text})
        evidence = [{"source": f"{name}.md", "quote": fact}]
        about = {"history": [], "distractors": evidence}
        asked += [
            {"id": f"{topic}-1", "kind": "number", "question": f"What does the {topic} cost?", **about}
            | {"answers": [f"{number + 2} million"], "evidence": evidence},
            {"id": f"{topic}-2", "kind": "unanswerable", "question": f"Who painted the {topic}?", **about}
            | {"answers": [], "evidence": []},
        ]
    for topic in ("alder", *TOPICS):
        context = f"The old {topic} was built in 1890. Nobody knows who built it."
        answer = {"text": "1890", "answer_start": context.index("1890")}
        questions = [{"id": topic, "question": f"When was the old {topic} built?", "answers": [answer]}]
        articles.append({"title": topic, "paragraphs": [{"context": context, "qas": questions}]})
    (folder / "training" / "questions.jsonl").write_text("\n".join(map(json.dumps, asked)))
    (folder / "squad2" / "dev-12-articles.json").write_text(json.dumps({"data": articles}))
    with gzip.open(folder / "press-briefings-all.jsonl.gz", "wt") as lines:
        lines.writelines(json.dumps(each) + "\n" for each in told)


def test_from_data_to_weights_and_what_they_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_data(tmp_path / "data")
    given = [str(tmp_path / "data"), str(tmp_path / "out"), "--steps", "2"]
    train.main(given)
    printed = capsys.readouterr().out
    assert "sha256 " in printed
    assert "articles   captions        n 2 share 0.4: recall@1" in printed
    groups = list(load_groups(tmp_path / "out" / "briefings.jsonl"))
    assert len(groups) == 2 * len(TOPICS)
    answered = [group for group in groups if group.answerable]
    assert all(sum(each.is_right for each in group.mined) == 1 for group in answered)
    assert not any(each.is_right for group in groups if not group.answerable for each in group.mined)
    whole = transcript()
    readings = OwnReader(lambda _: whole, folder=tmp_path / "out" / "model").read("How did they vote?", hits(whole))
    assert len({reading.rank for reading in readings}) > 1
    train.main(given)
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("sha256")] == [
        line for line in printed.splitlines() if line.startswith("sha256")
    ]


def test_what_cannot_teach_is_told_before_anything_is_learned(tmp_path: Path) -> None:
    write_data(tmp_path / "data")
    only_held_back = [
        line
        for line in (tmp_path / "data" / "training" / "questions.jsonl").read_text().splitlines()
        if is_held_back(json.loads(line)["distractors"][0]["source"])
    ]
    (tmp_path / "data" / "training" / "questions.jsonl").write_text("\n".join(only_held_back))
    with pytest.raises(SystemExit, match="briefings"):
        train.main([str(tmp_path / "data"), str(tmp_path / "out")])
