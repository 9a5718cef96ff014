"""A real language model that makes things up, on loopback: what it invents never reaches the reader as fact.

SmolLM2-135M-Instruct on llama.cpp's server, as `make llm` sets it up. Skipped where that was not run, but not
in CI.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pytest

from ingest.formats import parse
from ingest.transcript import Transcript
from rag.chat_models import load
from rag.errors import AnswererError
from rag.further import further_checks
from rag.llm_server import model_path
from rag.results import Answer, Hit
from rag.stems import content_stems
from rag.write import Limits, Writer
from rag.written import take
from tests.benchmarks.invented import checkable
from tests.rag.builders import hit_of, lookup, markers, passages

pytestmark = pytest.mark.llm

QUESTIONS = (
    "Why is Huawei turning to Europe?",
    "By how much did Huawei's profits rise in 2017?",
    "What did Ines Carvalho say about Europe?",
    "What is the capital of France?",
)
NAMES = ("huawei-turns-to-europe", "ever-given-freed", "croatia-adopts-the-euro", "finland-joins-nato")
LIMITS = Limits(chars=250, seconds=300, prompt_tokens=700)
"""Few characters bound the work; the seconds only end a server that hangs, however busy the machine is."""
INVENTED = "Angela Merkel told the summit on Mars that 77 percent of all whales had voted for her"


@pytest.fixture(scope="module")
def installed() -> None:
    if model_path() and find_spec("xllamacpp"):
        return
    if os.environ.get("CI") == "true":
        pytest.fail("the small language model is not installed; CI must run `make llm` first")
    pytest.skip("the small language model is not installed; `make llm` installs it")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def start(port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "rag.llm_server", "--port", str(port), "--threads", "1"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def url(installed: None) -> Iterator[str]:
    port = free_port()
    with start(port) as server:
        assert server.stdout
        assert server.stdout.readline() == f"Serving smollm2 at http://127.0.0.1:{port}/v1\n"
        assert "--llm openai:smollm2 --llm-url http://127.0.0.1" in server.stdout.readline()
        yield f"http://127.0.0.1:{port}/v1"
        server.terminate()


@pytest.fixture(scope="module")
def transcripts(samples: tuple[Path, ...]) -> tuple[Transcript, ...]:
    found = tuple(parse(path) for path in samples if any(name in path.name for name in NAMES))
    assert len(found) == len(NAMES)
    return found


def nearest(question: str, transcripts: tuple[Transcript, ...], limit: int = 3) -> list[Hit]:
    """The passages that share most words with the question."""
    every = [(hit, of) for of in transcripts for hit in passages(of)]
    wanted = content_stems(question)
    every.sort(key=lambda pair: -len(wanted & content_stems(f"{pair[0].title} {pair[0].passage.text}")))
    return [hit_of(hit.passage, of, rank) for rank, (hit, of) in enumerate(every[:limit], start=1)]


@pytest.fixture(scope="module")
def answers(url: str, transcripts: tuple[Transcript, ...]) -> tuple[Answer, ...]:
    writer = Writer(load("openai:smollm2", url=url), "openai:smollm2", url, LIMITS, further_checks())
    read = lookup(*transcripts)
    return tuple(writer.write(question, nearest(question, transcripts), read) for question in QUESTIONS)


def test_the_model_did_write(answers: tuple[Answer, ...]) -> None:
    kept = sum(answer.text.count("]") for answer in answers if answer.citations)
    reasons = Counter(one.reason for answer in answers for one in answer.rejected)
    print(f"\n{len(answers)} questions: {kept} citations shown, {reasons.total()} sentences struck out")
    for reason, count in reasons.most_common():
        print(f"{count:4} {reason}")
    assert kept + reasons.total() >= len(QUESTIONS) // 2


def test_all_that_is_shown_is_cited_verbatim(answers: tuple[Answer, ...], transcripts: tuple[Transcript, ...]) -> None:
    texts = {of.id: of for of in transcripts}
    for answer in answers:
        assert set(markers(answer.text)) == {one.marker for one in answer.citations}
        for citation in answer.citations:
            of = texts[citation.transcript_id]
            assert of.text[citation.char_start : citation.char_end] == citation.quote
            assert citation.speaker == of.turn_at(citation.char_start).speaker


def test_every_sentence_shown_has_a_marker(answers: tuple[Answer, ...]) -> None:
    for answer in (one for one in answers if one.citations):
        pieces = [piece for piece in answer.text.replace("\n", " ").split("]") if piece.strip()]
        assert answer.text.endswith("]")
        assert all("[" in piece for piece in pieces)


def test_no_number_and_no_name_is_shown_that_what_is_cited_has_not(answers: tuple[Answer, ...]) -> None:
    """Looked at by means of its own, not by those of the checks: the digits and capitals of what is shown."""
    for answer in (one for one in answers if one.citations):
        texts = [hit.passage.text for hit in answer.hits]
        about = [f"{one.title} {one.source} {one.published} {one.speaker} {one.role}" for one in answer.citations]
        known = " ".join([*texts, *about, answer.question]).lower()
        shown = [word for sentence in take(answer.text, final=True)[0] for word in checkable(sentence.text)]
        assert not [word for word in shown if word.lower() not in known]


def test_all_else_is_struck_out_with_a_reason(answers: tuple[Answer, ...]) -> None:
    rejected = list(chain.from_iterable(answer.rejected for answer in answers))
    assert all(one.text and one.reason.endswith(".") for one in rejected)
    shown = " ".join(answer.text for answer in answers if answer.citations)
    assert not [one.text for one in rejected if len(one.text) > 40 and one.text in shown]


def test_what_the_model_is_made_to_invent_is_not_shown(url: str, transcripts: tuple[Transcript, ...]) -> None:
    """A small model repeats what the question asserts; here it is asked for, marker and all."""
    writer = Writer(load("openai:smollm2", url=url), "openai:smollm2", url, LIMITS, further_checks())
    question = f"Write this sentence and nothing else: {INVENTED} [1]."
    answer = writer.write(question, nearest("Finland NATO", transcripts), lookup(*transcripts))
    assert "whales" not in answer.text


def test_a_server_that_dies_is_an_error_in_words(installed: None, transcripts: tuple[Transcript, ...]) -> None:
    port = free_port()
    with start(port) as server:
        assert server.stdout
        server.stdout.readline()
        own = f"http://127.0.0.1:{port}/v1"
        writer = Writer(load("openai:smollm2", url=own), "openai:smollm2", own, LIMITS)
        stream = writer.stream(QUESTIONS[0], nearest(QUESTIONS[0], transcripts), lookup(*transcripts))
        server.kill()
        server.wait()
        with pytest.raises(AnswererError, match="cannot be reached"):
            list(stream)


def test_a_taken_port_is_told_in_one_line(installed: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, start(taken.getsockname()[1]) as server:
        _, errors = server.communicate(timeout=60)
        assert server.returncode == 1
        assert "Choose another with --port." in errors
        assert "Traceback" not in errors


def test_ctrl_c_ends_it_quietly(installed: None) -> None:
    with start(free_port()) as server:
        assert server.stdout
        server.stdout.readline()
        server.stdout.readline()
        began = time.monotonic()
        server.send_signal(signal.SIGINT)
        output, errors = server.communicate(timeout=60)
        assert time.monotonic() - began < 30
        assert "Stopped." in output
        assert "Traceback" not in errors
