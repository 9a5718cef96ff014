"""What `make measure` rests on: the sets it makes, where evidence is found, what is kept, the table."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import samples as packaged
from ingest.formats import parse
from rag.evaluate import read_questions
from rag.evaluate.locate import spans_of
from rag.evaluate.match import contains
from rag.evaluate.record import FoundEvidence, Ranked, Record
from rag.evaluate.units import ranked
from rag.reader.training.material import articles
from tests.benchmarks.retrieval import captions, meetings, unseen
from tests.benchmarks.retrieval.__main__ import main
from tests.benchmarks.retrieval.alike import Text
from tests.benchmarks.retrieval.figures import Run
from tests.benchmarks.retrieval.kept import made, recorded
from tests.benchmarks.retrieval.page import chapter, circumstances, overview
from tests.benchmarks.retrieval.pipelines import PLAIN, available
from tests.benchmarks.retrieval.running import Bench, lacking
from tests.benchmarks.retrieval.sets import Absent, Asked, asked


def record(number: int, *, rank: int | None = 1, ms: float = 10.0, history: tuple[str, ...] = ()) -> Record:
    """A question with one piece of evidence, found at the rank, or nowhere."""
    evidence = (FoundEvidence("a.txt", "words", transcript_id="t", spans=((0, 5),)),)
    hits = [Ranked(f"p{at}", "t", 0 if at == rank else 90, 5 if at == rank else 99, 1 / at) for at in range(1, 21)]
    found, marked = ranked(evidence, hits)
    empty = Record(f"q{number}", "as asked", "fact", "Who?", history, (), False, True, False, "grounded")
    return replace(empty, evidence=found, hits=marked, timings={"find": ms})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. won’t – it’s $1.66, 28.1% – go.", "the us won't it's $1.66 28.1% go"),
        ("At 10:30 p.m., F-35s: “No-fly” zone (no. 5)", "at 10:30 pm f 35 s no fly zone no 5"),
        ("A. B. said: 1,000 in the U.N", "a b said 1,000 in the un"),
        ("… — *", ""),
    ],
)
def test_captions_have_words_alone(text: str, words: str) -> None:
    assert captions.spoken(text) == words


@given(st.lists(st.sampled_from("The U.S. won’t pay $1.66 — 28.1%; “No-fly” p.m.".split())), st.data())
def test_evidence_stays_verbatim_when_both_are_captions(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words)))
    quote = words[first : data.draw(st.integers(first, len(words)))]
    assert f" {captions.spoken(' '.join(quote))} ".replace("  ", " ") in f" {captions.spoken(' '.join(words))} "


def test_caption_files_hold_every_word_once_in_short_lines(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(100)]
    (tmp_path / "a.srt").write_text(captions.subrip(words))
    assert parse(tmp_path / "a.srt").text.split() == words
    lines = [line for line in (tmp_path / "a.srt").read_text().splitlines() if line.startswith("word")]
    assert max(len(line.split()) for line in lines) <= 9
    assert sum(len(line.split()) for line in lines) == 100


def test_briefings_become_captions_with_their_evidence(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "made"
    for each in (data / "briefings", folder / "files"):
        each.mkdir(parents=True)
    quote = "Both were cleared on October 5, and the\nagreement takes effect thirty days after that."
    sample = next(path for path in packaged.paths() if path.name == "paris-agreement-briefing.md")
    (data / "briefings" / sample.name).write_bytes(sample.read_bytes())
    question = {"question": "When?", "answers": ["October 5"], "evidence": [{"source": sample.name, "quote": quote}]}
    (data / "briefings" / "questions.jsonl").write_text(json.dumps(question) + "\n")
    captions.write(data, folder)
    [case] = read_questions(folder / "questions.jsonl").cases()
    transcript = parse(folder / "files" / case.evidence[0].source)
    assert len(spans_of(case.evidence[0].quote, transcript.text)) == 1
    assert case.answers == ("october 5",)
    assert not any(turn.speaker for turn in transcript.turns)
    assert transcript.text == transcript.text.lower()


def test_meetings_lose_marks_and_keep_words_and_spans() -> None:
    assert meetings.told("So {vocalsound} . It 's F_ five , isn 't it ?") == "So. It's F five, isn't it?"
    assert meetings.told("{disfmarker} , well <unk>") == "well"
    turns = [{"speaker": "A", "content": f"turn {number} ."} for number in range(5)]
    query = {"id": "q", "type": "specific", "query": "What?", "meeting_id": "m"}
    found = meetings.question({**query, "relevant_turn_spans": [[1, 2], [4, 4]]}, turns)["evidence"]
    assert [each["quote"] for each in found] == ["turn 1. turn 2.", "turn 4."]
    assert meetings.question({**query, "relevant_turn_spans": []}, turns)["evidence"] == []
    assert meetings.question(query, turns)["evidence"] == []


def test_articles_have_the_sentence_around_the_answer_as_evidence(tmp_path: Path) -> None:
    context = "Normans came. They gave\ntheir name to Normandy. They spoke."
    paragraph = {
        "context": context,
        "qas": [
            {"id": "1", "question": "To what?", "answers": [{"text": "name to Normandy", "answer_start": 30}]},
            {"id": "2", "question": "Why?", "answers": []},
        ],
    }
    (tmp_path / "squad2").mkdir()
    document = {"data": [{"title": "The_Normans", "paragraphs": [paragraph]}]}
    (tmp_path / "squad2" / "dev-12-articles.json").write_text(json.dumps(document))
    question, unanswerable = articles(tmp_path, tmp_path)
    assert unanswerable["answers"] == unanswerable["evidence"] == []
    assert question["evidence"] == [{"source": "The_Normans.txt", "quote": "They gave their name to Normandy."}]
    assert question["answers"] == ["name to Normandy"]


def test_only_what_nothing_learns_from_is_asked(tmp_path: Path) -> None:
    (tmp_path / "training").mkdir()
    (tmp_path / "made" / "files").mkdir(parents=True)
    names = [f"day-{number}" for number in range(200)]
    with gzip.open(tmp_path / "press-briefings-all.jsonl.gz", "wt") as texts:
        for name in names:
            told = {"title": "A day", "date": "2021-02-03T00:00", "text": f"MR. X: {name}."}
            texts.write(json.dumps({"id": f"briefings/{name}", **told}) + "\n")
    questions = [
        {"question": "Which?", "history": [], "answers": [name], "evidence": [{"source": f"{name}.md", "quote": name}]}
        for name in names
    ]
    (tmp_path / "training" / "questions.jsonl").write_text("".join(json.dumps(each) + "\n" for each in questions))
    unseen.write(tmp_path, tmp_path / "made")
    files = {path.name for path in (tmp_path / "made" / "files").iterdir()}
    asked_of = {case.evidence[0].source for case in read_questions(tmp_path / "made" / "questions.jsonl").cases()}
    assert files == asked_of == {f"{name}.md" for name in names if sha256(f"{name}.md".encode()).hexdigest()[0] in "01"}
    assert 0 < len(files) < 200 / 4


FILE = """00:01.000 - 00:04.000:  so the vessel ran
00:04.100 - 00:07.000:  aground on the twenty third of march
**MS. LEE:** No\\. She is still there, I think, and she
*stays* there for two weeks.
MS. ROY: She is gone."""


@pytest.mark.parametrize(
    ("quote", "begins", "ends"),
    [
        ("the vessel ran aground on the twenty third of March", "the vessel", "march"),
        ("No. She is still there, I think, and she stays there", "No\\.", "*stays* there"),
        ("aground on the twenty third of march No. She is still there, I think", "aground", "think"),
        ("She is gone", "She is gone", "gone"),
    ],
)
def test_evidence_is_found_in_a_file_whatever_stands_between_its_words(quote: str, begins: str, ends: str) -> None:
    span = Text(FILE).span(quote)
    assert span is not None
    found = FILE[slice(*span)]
    assert (found.startswith(begins), found.endswith(ends)) == (True, True)


@pytest.mark.parametrize("quote", ["", "…", "she is coming back", "the vessel is gone", "so the vessel ran she is"])
def test_evidence_that_is_not_in_the_file_is_not_found(quote: str) -> None:
    assert Text(FILE).span(quote) is None


def test_records_are_kept_and_only_the_rest_is_asked(tmp_path: Path) -> None:
    path, told = tmp_path / "a" / "b.jsonl", list[frozenset[str]]()

    def ask(done: frozenset[str]) -> Iterator[Record]:
        told.append(done)
        return (record(number) for number in range(3) if f"q{number}" not in done)

    whole = recorded(path, ask)
    lines = path.read_text().splitlines()
    path.write_text(f"{lines[0]}\n{lines[1][:40]}")
    assert sorted(each.id for each in recorded(path, ask)) == [each.id for each in whole] == ["q0", "q1", "q2"]
    assert told == [frozenset(), frozenset({"q0"})]
    assert len(path.read_text().splitlines()) == 3


def test_what_a_stopped_run_left_is_made_again(tmp_path: Path) -> None:
    def breaks(folder: Path) -> None:
        folder.mkdir()
        (folder / "half").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "plain", breaks)
    folder = made(tmp_path / "plain", lambda folder: folder.mkdir())
    assert not list(folder.iterdir())
    assert made(tmp_path / "plain", breaks) == folder


def test_the_table_has_each_measure_with_its_interval_and_the_difference() -> None:
    ranks = (1, 3, 7, None)
    one = Run([record(number, rank=rank, ms=10 * number) for number, rank in enumerate(ranks)])
    other = Run([record(number, rank=None, history=("Why?",) * (number == 0)) for number in range(4)])
    found = {name: one.estimate(name).value for name in ("recall@1", "recall@5", "recall@20", "mrr@10")}
    assert found == {"recall@1": 1 / 4, "recall@5": 2 / 4, "recall@20": 3 / 4, "mrr@10": (1 + 1 / 3 + 1 / 7) / 4}
    assert (one.ms, one.lost()) == ((10 + 20) / 2, {})
    told = chapter("set", "What it is.", {"ours": one, "plain": other})
    assert re.search(r"\| ours +\| 4 \| +25\.0 \[\d+–\d+\] \| +50\.0 \[\d+–\d+\] \|", told)
    assert "plain, follow-ups" in told
    assert "ours, follow-ups" not in told
    assert "- ours less plain: recall@1 +25.0 [" in told
    rows = overview({"a": {"ours": one}, "b": {"ours": one, "plain": other}}).splitlines()
    assert [cell.strip() for cell in rows[3].split("|")][1:3] == ["plain: recall@5", "–"]


@pytest.mark.parametrize(("load", "busy"), [(None, False), (2.9, False), (3.1, True)])
def test_times_of_a_busy_machine_are_not_to_be_trusted(load: float | None, busy: bool) -> None:
    told = circumstances({"load": load, "cores": 2, "processor": "Some", "system": "Linux x86_64"})
    assert told.endswith("trust no time here.") is busy


def test_questions_without_their_evidence_are_counted_apart() -> None:
    lost = replace(record(1), evidence=(FoundEvidence("a.txt", "x", problem="its quote is not found in 'a.txt'"),))
    run = Run([record(0), lost])
    assert run.lost() == {"its quote is not found in 'a.txt'": 1}
    assert "Not judged: ours: 1 × its quote is not found in 'a.txt'" in chapter("set", "", {"ours": run})


def test_what_is_held_back_by_us_is_sound(tmp_path: Path) -> None:
    """Evidence verbatim and in one place, answers within it, the mix of questions as it should be."""
    over = asked("heldback", tmp_path, tmp_path)
    transcripts = {path.name: parse(path) for path in over.files}
    for case in over.cases:
        for each in case.evidence:
            assert len(spans_of(each.quote, transcripts[each.source].text)) == 1, case.id
        assert not case.answers or contains(" ".join(each.quote for each in case.evidence), case.answers), case.id
    kinds = Counter(case.kind for case in over.cases)
    assert (len(over.files), len(over.cases), kinds["unanswerable"], kinds["follow_up"]) == (10, 60, 10, 6)
    assert {each.source for case in over.cases for each in case.evidence} == set(transcripts)
    assert all(900 <= len(each.text.split()) <= 1500 for each in transcripts.values())
    assert not {each.title for each in transcripts.values()} & {parse(path).title for path in packaged.paths()}


def few(tmp_path: Path) -> Asked:
    """Two of the samples, with the questions that these answer."""
    files = tuple(path for path in packaged.paths() if re.search("huawei|gdpr", path.name))
    lines = packaged.questions_path().read_text().splitlines()
    names = {path.name for path in files}
    asked_of = {line: {each["source"] for each in json.loads(line)["evidence"]} for line in lines}
    kept = [line for line, sources in asked_of.items() if sources and sources <= names]
    (tmp_path / "questions.jsonl").write_text("\n".join(kept[:5]) + "\n")
    return Asked("few", files, tmp_path / "questions.jsonl")


@pytest.mark.parametrize("pipeline", ["ours", PLAIN])
def test_a_pipeline_is_asked_once_and_its_records_are_kept(pipeline: str, tmp_path: Path) -> None:
    if pipeline == PLAIN and lacking():
        pytest.skip(lacking())
    over, told = few(tmp_path), list[str]()
    bench = Bench(tmp_path / "out", tmp_path / "kept", told.append)
    run = bench.run(over, pipeline)
    recall = run.estimate("recall@20")
    assert (recall.value, recall.n, run.lost()) == (1.0, 5, {})
    assert len(told) == 1
    assert bench.run(over, pipeline).records == run.records
    assert len(told) == 1


def test_ways_that_are_no_others_are_left_out() -> None:
    ways = {"ours": {}, "same": {"candidates": 50}, "more": {"candidates": 60}, "later": {"no_such_setting": 1}}
    assert list(available(ways)) == ["ours", "more"]
    assert next(iter(available())) == "ours"


def test_data_that_are_not_here_are_told_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Absent, match=r"has no qmsum/transcripts_val\.jsonl and no qmsum/queries_val\.jsonl"):
        asked("qmsum", tmp_path, tmp_path)
    monkeypatch.setenv("ONRECORD_DATA", str(tmp_path))
    main(["--sets", "briefings", "--out", str(tmp_path / "out"), "--pipelines", "ours"])
    told = capsys.readouterr()
    assert "left out: briefings: " in told.err
    assert not told.out
    with pytest.raises(SystemExit):
        main(["--sets", "nonsense"])
    assert "there is no 'nonsense'; there are: samples, heldback" in capsys.readouterr().err
