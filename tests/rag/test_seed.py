"""The transcript everything started from: what its user asked of us, in the archive that holds only it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import sync
from ingest.formats import parse
from rag import Engine

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture(scope="module")
def seed() -> Path:
    found = sorted(SEEDS.glob("*.txt"))
    if not found:
        pytest.skip(f"the user's transcript is not here ({SEEDS})")
    return found[0]


@pytest.fixture(scope="module")
def engine(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("seed") / "archive"
    assert sync([seed], folder).ok
    with Engine(folder) as engine:
        yield engine


def test_it_is_parsed_as_what_it_is(seed: Path) -> None:
    transcript = parse(seed)
    assert transcript.duration_ms == 184_000
    assert transcript.speakers == ("Kevin Ho", "Josephine Wolff", "Jim Xu")
    ho = transcript.turns[1]
    assert ho.label == "KEVIN HO, PRESIDENT HUAWEI HANDSET PRODUCT LINE"
    assert ho.role == "President Huawei Handset Product Line"
    assert ho.text.startswith("The European area")
    assert ho.text.endswith("improve our investments.")
    assert (
        next(turn.role for turn in transcript.turns if turn.speaker == "Jim Xu") == "VP Huawei Consumer Business Group"
    )
    assert all(turn.interpolated for turn in transcript.turns)
    assert (transcript.turns[0].start_ms, transcript.turns[-1].end_ms) == (0, 184_000)
    assert sum(turn.speaker == "Josephine Wolff" for turn in transcript.turns) == 2


def test_why_leads_with_the_reason_and_lets_kevin_ho_speak(engine: Engine) -> None:
    answer = engine.ask("why is Huawei pivoting to Europe?")
    assert "the US is getting harder to enter" in answer.citations[0].quote
    [ho] = [citation for citation in answer.citations if "top number one area" in citation.quote]
    assert ho.speaker == "Kevin Ho"
    assert ho.interpolated


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How did the FCC vote?", "5-0"),
        ("By how much did Huawei's profits rise in 2017?", "28.1 percent"),
        ("What makes 5G important?", "artificial intelligence"),
        ("Which two companies did the order name as possible threats?", "Huawei and Chinese rival ZTE"),
        (
            "What have American companies long complained about?",
            "share technology with potential competitors",
        ),
    ],
)
def test_facts_are_in_the_first_quote(engine: Engine, question: str, words: str) -> None:
    assert words in engine.ask(question).citations[0].quote


def test_jim_xu_is_quoted_and_nobody_else(engine: Engine) -> None:
    answer = engine.ask("What did Jim Xu say about the US market?")
    assert answer.citations
    assert {citation.speaker for citation in answer.citations} == {"Jim Xu"}


@pytest.mark.parametrize("question", ["What did Ericsson's CEO say about Huawei?", "What is the capital of France?"])
def test_what_it_does_not_say_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "refused"
    assert answer.hits
