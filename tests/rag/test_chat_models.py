"""Making a chat model from a name, and the message a person gets when it cannot be made."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec

import pytest
from langchain_core.rate_limiters import InMemoryRateLimiter
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from rag.chat_models import PROVIDERS, URL_KEY, Bounds, load
from rag.errors import AnswererError
from rag.write import Writer
from tests.rag.builders import hits, lookup, transcript

MISSING = [name for name in PROVIDERS if not find_spec(f"langchain_{name}")]
URL = "http://127.0.0.1:9/v1"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in PROVIDERS.values():
        for name in provider.keys:
            monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("spec", ["", "gpt-4o", ":", "openai:", ":gpt-4o", " : ", "openai"])
def test_a_name_without_provider_or_model_gets_an_example(spec: str) -> None:
    with pytest.raises(AnswererError, match="Write provider:model, for example openai:"):
        load(spec)


def test_an_unknown_provider_gets_examples() -> None:
    with pytest.raises(AnswererError, match=r"nope:x cannot be used: .*nope.* Examples of what can: openai:"):
        load("nope:x", url=URL)


@pytest.mark.parametrize("provider", MISSING)
def test_a_missing_package_is_named_with_what_installs_it(provider: str) -> None:
    extra = PROVIDERS[provider].extra
    package = f"onrecord[{extra}]" if extra else f"langchain-{provider}"
    with pytest.raises(AnswererError) as raised:
        load(f"{provider}:x")
    assert str(raised.value).endswith(f"Run: pip install '{package}'")


def test_a_provider_outside_the_table_says_what_to_install_too() -> None:
    with pytest.raises(AnswererError, match="pip install 'langchain-cohere'"):
        load("cohere:command-r")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(AnswererError, match="Set OPENAI_API_KEY"):
        load("openai:gpt-4o-mini")


def test_a_blank_key_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", " ")
    with pytest.raises(AnswererError, match="Set OPENAI_API_KEY"):
        load("openai:gpt-4o-mini")


def test_settings_are_repeatable_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-example")
    model = load("openai:gpt-4o-mini", timeout_s=7)
    assert isinstance(model, ChatOpenAI)
    assert (model.model_name, model.temperature, model.request_timeout) == ("gpt-4o-mini", 0, 7)
    assert model.max_retries == 0, "rag.retries asks again, within the answer's time"
    assert model.max_tokens
    assert model.seed is not None


def test_a_rate_is_kept_to_where_one_is_set() -> None:
    assert load("openai:x", url=URL).rate_limiter is None
    limiter = load("openai:x", url=URL, requests_per_minute=30).rate_limiter
    assert isinstance(limiter, InMemoryRateLimiter)
    assert limiter.requests_per_second == 30 / 60
    assert limiter.acquire(blocking=False)
    assert not limiter.acquire(blocking=False)


def test_ollama_is_told_the_context() -> None:
    arguments = PROVIDERS["ollama"].arguments
    assert arguments(Bounds(context=4096))["num_ctx"] == 4096
    assert arguments(Bounds())["num_ctx"] == 8192


@pytest.mark.parametrize("spec", ["OpenAI:gpt-4o-mini", " openai : gpt-4o-mini "])
def test_spelling_of_the_provider_does_not_matter(spec: str) -> None:
    model = load(spec, url=URL)
    assert isinstance(model, ChatOpenAI)
    assert model.model_name == "gpt-4o-mini"


def test_a_models_name_may_hold_colons() -> None:
    model = load("openai:ft:gpt-4o:mine", url=URL)
    assert isinstance(model, ChatOpenAI)
    assert model.model_name == "ft:gpt-4o:mine"


def key_sent(url: str | None) -> str:
    model = load("openai:smollm2", url=url)
    assert isinstance(model, ChatOpenAI)
    assert isinstance(model.openai_api_key, SecretStr)
    return model.openai_api_key.get_secret_value()


def test_a_server_of_ones_own_needs_no_key_and_never_gets_the_providers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert key_sent(URL) == "none"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-example")
    assert key_sent(URL) == "none"
    assert key_sent(None) == "sk-example"
    monkeypatch.setenv(URL_KEY, "own")
    assert key_sent(URL) == "own"
    assert key_sent(None) == "sk-example"


def test_the_server_is_asked() -> None:
    model = load("openai:smollm2", url=URL)
    assert isinstance(model, ChatOpenAI)
    assert model.openai_api_base == URL


@pytest.mark.parametrize("url", ["127.0.0.1:8089", "localhost", "ftp://127.0.0.1", "file:///etc/passwd"])
def test_what_is_no_address_gets_an_example(url: str) -> None:
    with pytest.raises(AnswererError, match="Write it like http://"):
        load("openai:smollm2", url=url)


class Refusing(BaseHTTPRequestHandler):
    """A server that answers every request with the status its path names."""

    def do_POST(self) -> None:
        status = int(self.path.split("/")[1])
        body = json.dumps({"error": {"message": f"status {status}", "code": None}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After-Ms", "1")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture(scope="module")
def refusing() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def failure(url: str) -> str:
    of = transcript()
    writer = Writer(load("openai:smollm2", url=url), "openai:smollm2", url)
    with pytest.raises(AnswererError) as raised:
        writer.write("Why?", hits(of), lookup(of))
    return str(raised.value)


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (400, "failed: "),
        (401, "does not accept the API key"),
        (403, "does not let this API key use the model"),
        (404, "is not known to the provider"),
        (429, "has had too many requests"),
        (500, "has a fault at the provider's"),
        (503, "has a fault at the provider's"),
    ],
)
def test_what_a_provider_refuses_is_told_in_words(refusing: str, status: int, says: str) -> None:
    url = f"{refusing}/{status}"
    assert failure(url).startswith(f"The language model openai:smollm2 at {url} {says}")


def test_no_server_there() -> None:
    assert "cannot be reached. Is the server running" in failure("http://127.0.0.1:9/v1")
