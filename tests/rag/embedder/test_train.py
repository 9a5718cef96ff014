"""The whole of it on a handful of texts: from data to a file that the program embeds with."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import packaged_model, question_embedder
from ingest.minilm import MiniLM
from ingest.own_model import STORED
from rag.embedder import train
from rag.embedder.train import SHARES
from rag.reader.training.material import is_held_back
from rag.reader.training.mine import load_groups
from tests.rag.reader.test_train import write_data

ASKED = "Q Thank you. When does the {topic} open to people who live nearby?\n\nMS. LEE: It opens in {topic} May, once "
ANSWERED = "the last of the cables has been replaced and the river police have agreed to the whole of the plan."


def write_all(folder: Path) -> None:
    """The data of the reader's tests, each briefing with a reporter who asks and is answered at some length."""
    write_data(folder)
    path = folder / "press-briefings-all.jsonl.gz"
    with gzip.open(path, "rt") as lines:
        told = [json.loads(line) for line in lines]
    with gzip.open(path, "wt") as lines:
        for each in told:
            topic = each["id"].split("-")[-1]
            lines.write(json.dumps({**each, "text": f"{each['text']}\n\n{ASKED.format(topic=topic)}{ANSWERED}"}) + "\n")


def hashes(printed: str) -> list[str]:
    return [line.split()[-1] for line in printed.splitlines() if "sha256" in line]


def test_from_data_to_vectors_and_what_they_find(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_all(tmp_path / "data")
    given = [str(tmp_path / "data"), str(tmp_path / "out"), "--steps", "2"]
    train.main(given)
    printed = capsys.readouterr().out
    assert "share 0, as published" in printed
    assert printed.count("  articles   captions   n 2 of ") == 1 + len(SHARES)
    asked = list(load_groups(tmp_path / "out" / "reporters.jsonl"))
    assert asked[0].question.startswith("Thank you. When does the bridge open")
    assert len(asked) == 6
    made = STORED.load(tmp_path / "out" / "model" / "1")
    theirs, ours = question_embedder(), MiniLM(packaged_model(), "taught", made)
    assert 0.9 < float(np.dot(theirs.embed(["A question?"])[0], ours.embed(["A question?"])[0])) < 0.9999999
    assert len(set(hashes(printed))) == len(SHARES)
    train.main(given)
    assert hashes(capsys.readouterr().out) == hashes(printed)


def test_what_cannot_teach_is_told_before_anything_is_learned(tmp_path: Path) -> None:
    write_all(tmp_path / "data")
    path = tmp_path / "data" / "training" / "questions.jsonl"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line for line in lines if is_held_back(json.loads(line)["distractors"][0]["source"])))
    with pytest.raises(SystemExit, match="reporters"):
        train.main([str(tmp_path / "data"), str(tmp_path / "out")])
