"""What an answer cost and how sure it was: calls, tokens, stages, confidence, and the same search behind all."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk

from rag import Engine
from rag.chat_models import load
from rag.errors import AnswererError
from rag.quote_weights import BY_SEARCH
from rag.refusal import REFUSAL
from rag.results import Answer
from rag.usage import added
from rag.write import Limits, Writer
from tests.rag.builders import Saying, hits, lookup, transcript

QUESTION = "why is Huawei pivoting to Europe?"
GOOD = "Huawei is pivoting to Europe because the US is getting harder to enter [1]."
FCC = "How did the FCC vote on the draft order?"
STAGES = {"understand", "retrieve", "answer"}


class Counting(Saying):
    """Says its text and tells its tokens as Anthropic does: those read first, those written last."""

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        yield self._told(210, 1)
        yield from super()._stream(messages, stop, run_manager, **kwargs)
        yield self._told(0, 16)

    def _told(self, read: int, written: int) -> ChatGenerationChunk:
        counted = UsageMetadata(input_tokens=read, output_tokens=written, total_tokens=read + written)
        return ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=counted))


class Broken(Saying):
    """A provider that drops the line at once."""

    def pieces(self) -> Iterator[str]:
        yield from ()
        raise ConnectionError("connection reset by peer")


def written(model: Saying, **limits: Any) -> Answer:
    of = transcript()
    return Writer(model, limits=Limits(**limits)).write(QUESTION, hits(of), lookup(of))


def test_tokens_told_in_several_pieces_are_added_up() -> None:
    assert written(Counting(says=GOOD)).usage == {"calls": 1, "input_tokens": 210 + 0, "output_tokens": 1 + 16}


def test_a_provider_that_tells_nothing_has_its_call_counted_and_no_tokens_made_up() -> None:
    assert written(Saying(says=GOOD)).usage == {"calls": 1}


def test_a_refusal_costs_too() -> None:
    assert written(Counting(says=REFUSAL)).usage["output_tokens"] == 1 + 16


def test_no_passages_cost_no_call() -> None:
    assert Writer(Counting(says=GOOD)).write(QUESTION, (), lookup()).usage == {}


def test_a_reply_broken_off_keeps_what_was_told_so_far() -> None:
    assert written(Counting(says=GOOD * 50), chars=100).usage == {"calls": 1, "input_tokens": 210, "output_tokens": 1}


def test_writing_and_verifying_are_timed_apart() -> None:
    timings = written(Saying(says=GOOD)).timings
    assert set(timings) == {"write", "verify"}
    assert timings["write"] > 0
    assert timings["verify"] > 0


def test_added_counts_key_by_key() -> None:
    assert added({"calls": 1}, {"calls": 2, "input_tokens": 5}) == {"calls": 1 + 2, "input_tokens": 5}
    assert added({}, {}) == {}


def asked(archive: Path, model: Saying | None, question: str = FCC) -> Answer:
    with Engine(archive, llm=model) as engine:
        return engine.ask(question)


def test_quotes_cost_nothing(sample_archive: Path) -> None:
    answer = asked(sample_archive, None)
    assert answer.usage == {}
    assert set(answer.timings) == STAGES


@pytest.mark.parametrize(
    ("model", "tokens"),
    [
        (Counting(says="The moon is made of cheese [1]."), {"input_tokens": 210, "output_tokens": 1 + 16}),
        (Counting(says=REFUSAL), {"input_tokens": 210, "output_tokens": 1 + 16}),
        (Broken(says=""), {}),
    ],
    ids=["nothing confirmed", "declines", "fails"],
)
def test_what_was_asked_in_vain_is_counted_with_the_answer_given_instead(
    sample_archive: Path, model: Saying, tokens: dict[str, int]
) -> None:
    answer = asked(sample_archive, model)
    assert answer.usage == {"calls": 1, **tokens}
    assert set(answer.timings) >= STAGES


def test_a_written_answer_has_all_its_stages(sample_archive: Path) -> None:
    timings = asked(sample_archive, Saying(says="The moon is made of cheese [1].")).timings
    assert set(timings) == STAGES | {"write", "verify"}
    assert timings["write"] + timings["verify"] <= timings["answer"]


def test_confidence_is_told_with_answers_and_refusals(sample_archive: Path) -> None:
    quoted = asked(sample_archive, None)
    refused = asked(sample_archive, None, "What is the best recipe for pancakes?")
    unknown = asked(sample_archive, None, "What did Ericsson's CEO say about Huawei?")
    assert refused.status == unknown.status == "refused"
    assert quoted.confidence is not None
    assert refused.confidence is not None
    assert 0 <= refused.confidence < BY_SEARCH.threshold <= quoted.confidence <= 1
    assert unknown.confidence == 0.0


def test_a_written_answer_has_no_confidence_and_quotes_in_its_place_have(sample_archive: Path) -> None:
    assert asked(sample_archive, Saying(says=REFUSAL)).confidence is None
    assert asked(sample_archive, Broken(says="")).confidence is not None


CONVERSATION = ("When did Finland join NATO?", "How long is its border with Russia?")


@pytest.mark.parametrize(
    ("question", "history"),
    [
        (FCC, ()),
        ("What did Mara Lindqvist say about the American phone market?", ()),
        ("What did Mara Lindqvist say about trust?", ("Why is Huawei turning to Europe?",)),
        (CONVERSATION[1], CONVERSATION[:1]),
        ("And Sweden?", CONVERSATION),
    ],
)
def test_search_finds_what_ask_finds(sample_archive: Path, question: str, history: tuple[str, ...]) -> None:
    with Engine(sample_archive) as engine:
        found = engine.ask(question, history).hits
        for limit in (1, 3, len(found), 20):
            searched = engine.search(question, limit, history)
            assert searched[: len(found)] == found[:limit]
            assert len(searched) <= limit


def test_search_takes_answers_for_history(sample_archive: Path) -> None:
    with Engine(sample_archive) as engine:
        first = engine.ask(CONVERSATION[0])
        assert engine.search(CONVERSATION[1], 10, [first]) == engine.search(CONVERSATION[1], 10, CONVERSATION[:1])
        assert engine.search(CONVERSATION[1], 10, [first]) != engine.search(CONVERSATION[1], 10)


class OpenAICompatible(BaseHTTPRequestHandler):
    """A chat server. Its path names the status it gives a request to count the stream, 200 to count it."""

    asked: list[dict[str, Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body)
        status = int(self.path.split("/")[1]) if "stream_options" in body else 200
        if status != 200:
            self._send(status, json.dumps({"error": {"message": "unknown field stream_options", "code": None}}))
            return
        said: list[dict[str, Any]] = [
            {"choices": [{"index": 0, "delta": {"role": "assistant", "content": GOOD}, "finish_reason": None}]},
            {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
        ]
        if "stream_options" in body:
            counted = {"prompt_tokens": 321, "completion_tokens": 17, "total_tokens": 338}
            said += [{"choices": [], "usage": counted}]
        frame = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "x"}
        lines = [f"data: {json.dumps({**frame, **each})}\n\n" for each in said]
        self._send(200, "".join([*lines, "data: [DONE]\n\n"]), "text/event-stream")

    def _send(self, status: int, body: str, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    asked: list[dict[str, Any]] = []
    handler = type("Handler", (OpenAICompatible,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def writer_at(url: str) -> Writer:
    return Writer(load("openai:x", url=url), "openai:x", url)


def test_a_server_of_ones_own_is_asked_to_count(server: tuple[str, list[dict[str, Any]]]) -> None:
    url, _ = server
    of = transcript()
    answer = writer_at(f"{url}/200").write(QUESTION, hits(of), lookup(of))
    assert answer.usage == {"calls": 1, "input_tokens": 321, "output_tokens": 17}
    assert len(answer.citations) == 1


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_cannot_count_answers_all_the_same_and_is_told_but_once(
    server: tuple[str, list[dict[str, Any]]], status: int
) -> None:
    url, asked = server
    of, writer = transcript(), writer_at(f"{url}/{status}")
    for _ in range(2):
        answer = writer.write(QUESTION, hits(of), lookup(of))
        assert answer.usage == {"calls": 1}
        assert len(answer.citations) == 1
    assert ["stream_options" in each for each in asked] == [True, False, False]


def test_another_refusal_is_not_taken_for_that_one(server: tuple[str, list[dict[str, Any]]]) -> None:
    url, asked = server
    of, writer = transcript(), writer_at(f"{url}/401")
    with pytest.raises(AnswererError, match="does not accept the API key"):
        writer.write(QUESTION, hits(of), lookup(of))
    assert len(asked) == 1
