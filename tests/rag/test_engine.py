"""The engine over the real samples: real archive, real indexes, the real small model."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from ingest import sync
from ingest.errors import ArchiveMissing
from rag import Answer, Engine, Settings, ask
from rag.errors import QuestionError
from rag.refusal import REFUSAL
from tests.ingest.builders import script


@pytest.fixture(scope="module")
def engine(sample_archive: Path) -> Iterator[Engine]:
    with Engine(sample_archive) as engine:
        yield engine


def assert_citations_hold(answer: Answer, engine: Engine) -> None:
    """Every quote is verbatim, and speaker, role and time are those of the turn it stands in."""
    for citation in answer.citations:
        transcript = engine.transcript(citation.transcript_id)
        assert transcript.text[citation.char_start : citation.char_end] == citation.quote
        turn = transcript.turn_at(citation.char_start)
        assert (citation.speaker, citation.role) == (turn.speaker, turn.role)
        assert f"[{citation.marker}]" in answer.text
        assert citation.quote.replace("\n", " ") in answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Why is Huawei turning to Europe?", "harder to enter"),
        ("How did the FCC vote?", "5-0"),
        ("By how much did Huawei's profits rise in 2017?", "28.1 percent"),
        ("At what rate was the kuna exchanged for the euro?", "7.5345"),
        ("Which rocket carried the Webb telescope?", "Ariane 5"),
    ],
)
def test_the_first_quote_answers(engine: Engine, question: str, words: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "grounded"
    assert words.lower() in answer.text.lower()
    assert 1 <= len(answer.citations) <= 4
    assert_citations_hold(answer, engine)


@pytest.mark.parametrize(
    "question",
    [
        "What did Ericsson's CEO say about Huawei?",
        "Who won the football World Cup in Qatar?",
        "What is the best recipe for pancakes?",
        "asdf qwer zxcv",
    ],
)
def test_what_the_transcripts_do_not_say_is_refused_with_the_nearest_passages(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "refused"
    assert answer.text.startswith(REFUSAL)
    assert answer.citations == ()
    assert answer.hits


def test_a_speaker_is_quoted_and_nobody_else(engine: Engine) -> None:
    answer = engine.ask("What did Mara Lindqvist say about the American phone market?")
    assert answer.citations
    assert {citation.speaker for citation in answer.citations} == {"Mara Lindqvist"}
    assert_citations_hold(answer, engine)


def test_a_follow_up_takes_its_subject_from_the_question_before(engine: Engine) -> None:
    first = engine.ask("How large is the mirror of the Webb telescope?")
    for history in ([first.question], [first]):
        answer = engine.ask("How many segments is it made of?", history)
        assert "18 hexagonal segments" in answer.text
        assert answer.read_as == "How many segments is it made of? (mirror of the Webb telescope)"
        assert answer.notice == ""
        assert answer.citations[0].title.startswith("Webb telescope")


def test_conversations_are_kept_apart(engine: Engine) -> None:
    question = "How long is its border with Russia?"
    with_history = engine.ask(question, ["When did Finland join NATO?"])
    assert with_history.hits[0].title.startswith("Finland")
    assert engine.ask(question, ["Why is Huawei turning to Europe?"]).hits != with_history.hits


def test_streaming_grows_to_the_same_answer(engine: Engine) -> None:
    grown = list(engine.stream("Why is Huawei turning to Europe?"))
    whole = engine.ask("Why is Huawei turning to Europe?")
    assert (grown[-1].text, grown[-1].citations) == (whole.text, whole.citations)
    assert all(len(a.text) <= len(b.text) for a, b in pairwise(grown))


def test_search_ranks_passages_with_their_parts(engine: Engine) -> None:
    hits = engine.search("Ever Given in the Suez Canal", limit=5)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {"words", "vectors"} <= set(hits[0].parts)
    assert "Ever Given" in hits[0].title


def test_timings_tell_the_stages(engine: Engine) -> None:
    assert set(engine.ask("Why is Huawei turning to Europe?").timings) == {"understand", "retrieve", "answer"}


@pytest.mark.parametrize("question", ["", " ", "?", "x" * 50_000])
def test_questions_nobody_can_look_up_are_clear_errors(engine: Engine, question: str) -> None:
    with pytest.raises(QuestionError):
        engine.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        'text:"FCC" AND (NOT title:*) OR ~5^2',
        "[0-9]+ \\d {}() || && !",
        "¿Por qué Huawei? 为什么 🙂",
        "the of and to is",
        "Huawei' OR 1=1; DROP TABLE passages; --",
        "<script>alert(1)</script> Huawei",
    ],
)
def test_signs_in_a_question_are_only_text(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status in {"grounded", "refused"}
    assert_citations_hold(answer, engine)


def test_it_is_a_langchain_runnable(engine: Engine) -> None:
    chain = engine.as_runnable()
    question = "How did the FCC vote?"
    answer = chain.invoke(question)
    assert "5-0" in answer.text
    assert [each.text for each in chain.batch([question, {"question": question, "history": []}])] == [answer.text] * 2
    assert list(chain.stream(question))[-1].text == answer.text
    assert asyncio.run(chain.ainvoke(question)).text == answer.text


def test_it_is_a_langchain_retriever(engine: Engine) -> None:
    documents = engine.as_retriever().invoke("Webb telescope launch")
    assert len(documents) == Settings().top_k
    metadata = documents[0].metadata
    transcript = engine.transcript(metadata["transcript_id"])
    assert transcript.text[metadata["char_start"] : metadata["char_end"]] == documents[0].page_content
    assert metadata["published"] == "2021-12-25"


def test_many_threads_get_their_own_answers(engine: Engine) -> None:
    wanted = {"How did the FCC vote?": "5-0", "At what rate was the kuna exchanged for the euro?": "7.5345"}
    answers: list[tuple[str, str]] = []

    def work(question: str) -> None:
        answers.append((question, engine.ask(question).text))

    threads = [threading.Thread(target=work, args=(question,)) for question in [*wanted] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert all(wanted[question] in text for question, text in answers)


def test_an_open_engine_sees_what_is_ingested_after_it_opened(tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(script(1))
    second.write_text(
        "A lighthouse keeper\nThe lighthouse on Skerry Rock was lit again on Monday.\nIt burns paraffin.\n"
    )
    sync([first], tmp_path / "archive")
    with Engine(tmp_path / "archive") as engine:
        assert engine.ask("When was the lighthouse lit again?").status == "refused"
        code = "import sys; from ingest import sync; sync([sys.argv[1]], sys.argv[2])"
        subprocess.run([sys.executable, "-c", code, str(second), str(tmp_path / "archive")], check=True)
        assert "Monday" in engine.ask("When was the lighthouse lit again?").text


def test_ask_is_one_call(sample_archive: Path) -> None:
    assert "5-0" in ask("How did the FCC vote?", archive=sample_archive).text


def test_no_archive_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="onrecord ingest"):
        ask("Why?", archive=tmp_path / "nothing")


def test_settings_come_from_the_environment_and_typos_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(tmp_path))
    monkeypatch.setenv("ONRECORD_QUOTES", "2")
    assert (Settings().archive, Settings().quotes) == (tmp_path, 2)
    with pytest.raises(ValueError, match="quots"):
        Settings(quots=2)  # type: ignore[call-arg]


def test_asking_loads_neither_sentence_transformers_nor_gradio_nor_langchain(sample_archive: Path) -> None:
    code = (
        "import sys; from rag import ask; ask('How did the FCC vote?', archive=sys.argv[1]);"
        "print([m for m in ('sentence_transformers', 'gradio', 'langchain_core') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(sample_archive)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
