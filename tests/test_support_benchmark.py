"""The measuring of the sentence checks: the fit, the threshold, the tables, and the count of what a model makes up."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import question_embedder
from rag import Engine, Settings
from rag.support import FEATURES, IN_FAVOUR
from tests.benchmarks.fit_support import fit, held_out, threshold
from tests.benchmarks.invented import checkable, record, told
from tests.benchmarks.summedits import Edit, Judged, judged, read
from tests.benchmarks.support import compared, curve, withheld
from tests.rag.builders import Saying

TEXT = (
    "The harbour at Arlen reopened on Tuesday after 12 days. Mayor Rosa Field said the repairs had cost 40 million "
    "dollars. Fishing boats were the first to leave. The ferry will not run before May. It had rained for a week. "
    "Schools were closed in the whole county. A bakery gave bread away. The governor flew in by helicopter."
)
RIGHT, WRONG = "The harbour at Arlen reopened after 12 days.", "The harbour at Bergen reopened after 13 days."


def test_summaries_are_read_with_their_labels(tmp_path: Path) -> None:
    for domain, label in (("news", 1), ("podcast", 0)):
        entry = {"doc": "A text.", "summary": domain, "label": label, "id": "x"}
        (tmp_path / f"summedits_{domain}.json").write_text(json.dumps([entry]))
    assert read(tmp_path) == (Edit("news", "A text.", "news", True), Edit("podcast", "A text.", "podcast", False))


def test_each_is_judged_and_what_holds_once_more_without_its_evidence() -> None:
    seen = judged([Edit("news", TEXT, RIGHT, True), Edit("news", TEXT, WRONG, False)], question_embedder())
    assert [edit.holds for edit in seen.edits] == [True, False, False]
    assert [edit.whole for edit in seen.edits] == [True, True, False]
    assert 0 in seen.edits[2].without
    assert len(seen.edits[2].without) == 3
    assert seen.pass_rules == (True, False, False)
    assert seen.rows[1][FEATURES.index("numbers")] == 1
    assert seen.rows[2][FEATURES.index("coverage")] < seen.rows[0][FEATURES.index("coverage")]


def made_up(texts: int = 6) -> Judged:
    """Claims that hold have, against all sense, less in common with their text, and no names of their own."""
    edits, rows = [], []
    for text in range(texts):
        for holds in (True, False):
            edits.append(Edit("news", f"text {text}", "claim", holds))
            shown = {"similarity": 0.4 if holds else 0.6 + text / 100, "names": 0.0 if holds else 1.0 + text % 2}
            rows.append([shown.get(name, 0.0) for name in FEATURES])
    return Judged(tuple(edits), np.array(rows, dtype=np.float32), (True,) * len(edits))


def test_a_weight_may_only_point_the_way_it_should() -> None:
    seen = made_up()
    holds = np.array([edit.holds for edit in seen.edits])
    signed, _ = fit(seen.rows.astype(np.float64), holds)
    free, _ = fit(seen.rows.astype(np.float64), holds, signed=False)
    at = FEATURES.index("similarity")
    assert at < len(IN_FAVOUR)
    assert signed[at] == 0
    assert free[at] < 0
    assert signed[FEATURES.index("names")] < 0


def test_likelihoods_are_of_weights_that_never_saw_the_text() -> None:
    seen = made_up()
    likely = held_out(seen)
    holds = np.array([edit.holds for edit in seen.edits])
    assert likely[holds].min() > likely[~holds].max()
    own = np.array([edit.text == "text 0" for edit in seen.edits])
    weights, bias = fit(seen.rows[~own].astype(np.float64), holds[~own])
    assert likely[own] == pytest.approx(1 / (1 + np.exp(-(seen.rows[own] @ weights + bias))), abs=1e-6)


def test_the_threshold_leaves_nine_in_ten_of_what_holds_and_passes_the_rules() -> None:
    edits = tuple(Edit("news", str(at), "claim", True) for at in range(11))
    seen = Judged(edits, np.zeros((11, len(FEATURES)), dtype=np.float32), (True,) * 11)
    assert threshold(seen, np.arange(11) / 10) == pytest.approx(0.1)


def test_the_tables_say_what_is_kept_and_struck() -> None:
    holds, shown = np.array([True, True, False, False]), np.array([True, False, True, False])
    same, rules, *_ = compared(holds, shown, np.array([0.9, 0.8, 0.2, 0.1]), np.zeros(4), 0.5)
    assert "balanced accuracy 0.500" in same
    assert "holding kept  50%  edited struck  50%  of those kept hold 0.50" in rules
    seen = made_up()
    likely = held_out(seen)
    assert len(curve(seen, likely, np.ones(12, dtype=bool))) == 1 + 12


def test_what_is_withheld_is_counted_by_itself() -> None:
    edits = (Edit("news", "a b", "x", True), *(Edit("news", "a b", "x", False, frozenset({at})) for at in (0, 1)))
    seen = Judged(edits, np.zeros((3, len(FEATURES)), dtype=np.float32), (True, False, True))
    [line] = withheld(seen, np.array([0.9, 0.1, 0.2]), np.array(seen.pass_rules), 0.15)
    assert "struck by the rules 50%, by the model 50%, by either 50%" in line
    assert "AUROC 1.000" in line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Profits rose 28.1 percent at Huawei.", ["28.1", "Huawei"]),
        ("Huawei’s profits fell.", []),
        ("He met “Kevin Ho” and Jim’s aide at 7:14.", ["7:14", "Kevin", "Ho", "Jim"]),
    ],
)
def test_numbers_and_capitals_are_looked_up_but_for_the_first_word(text: str, words: list[str]) -> None:
    assert checkable(text) == words


def test_what_is_shown_and_struck_is_counted(sample_archive: Path) -> None:
    question = "How did the FCC vote on the draft order?"
    with Engine(sample_archive, settings=Settings(reranker="none")) as engine:
        n = next(hit.rank for hit in engine.search(question) if "voted 5-0" in hit.passage.text)
    bare = "The Federal Communications Commission voted on Tuesday for a draft order."
    says = f"The US Federal Communications Commission voted 5-0 [{n}]. The moon is made of cheese. {bare}"
    with Engine(sample_archive, settings=Settings(reranker="none"), llm=Saying(says=says)) as engine:
        kept = record(engine.ask(question), engine)
    assert kept["by_model"]
    assert [each["unknown"] for each in kept["kept"]] == [[]]
    lines = told([{"set": "samples", "question": question, **kept}])
    assert lines[0] == "1 questions, 3 sentences: 1 shown, 2 struck out"
    assert "of these, had they cited a passage: 1 of 2 would be shown, to be read:" in lines
    assert f"  {bare}" in "\n".join(lines)
    assert lines[2] == "citations that are not verbatim: 0"
    assert any(line.strip() == "2 It cites no passage." for line in lines)
