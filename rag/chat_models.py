"""Makes a LangChain chat model from "provider:model", repeatable and bounded, or says what is missing for it.

Any provider `init_chat_model` knows will do; the table holds what we know about some of them. What a
provider raises becomes an AnswererError through `Failures`. It does not prompt.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from rag.errors import AnswererError
from rag.failures import Failures, first_line

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

ANSWER_TOKENS = 700
# `rag.retries` asks again, within the time of the answer and for every provider alike.
_RETRIES = 0
_SEED = 20180419
_OLLAMA_CONTEXT = 8192
URL_KEY = "ONRECORD_LLM_KEY"
EXAMPLE = "openai:gpt-4o-mini, anthropic:claude-sonnet-4-5, google_genai:gemini-2.5-flash or ollama:llama3.2"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What limits the use of a model: seconds for a request, requests a minute, tokens that it can read and write."""

    timeout_s: float = 120.0
    requests_per_minute: float | None = None
    context: int | None = None


Arguments = Callable[[Bounds], dict[str, Any]]


def _usual(bounds: Bounds) -> dict[str, Any]:
    return {"temperature": 0, "max_tokens": ANSWER_TOKENS, "timeout": bounds.timeout_s, "max_retries": _RETRIES}


def _seeded(bounds: Bounds) -> dict[str, Any]:
    return {**_usual(bounds), "seed": _SEED}


def _openai(bounds: Bounds) -> dict[str, Any]:
    return {**_seeded(bounds), "stream_usage": True}


def _ollama(bounds: Bounds) -> dict[str, Any]:
    limits = {"num_predict": ANSWER_TOKENS, "num_ctx": bounds.context or _OLLAMA_CONTEXT}
    return {"temperature": 0, "seed": _SEED, "client_kwargs": {"timeout": bounds.timeout_s}, **limits}


@dataclass(frozen=True, slots=True)
class Provider:
    """What is particular to a provider: the extra that installs it, where its key is, its settings."""

    extra: str | None = None
    keys: tuple[str, ...] = ()
    arguments: Arguments = field(default=_usual)


PROVIDERS: Mapping[str, Provider] = {
    "openai": Provider("openai", ("OPENAI_API_KEY",), _openai),
    "anthropic": Provider("anthropic", ("ANTHROPIC_API_KEY",)),
    "google_genai": Provider("google", ("GOOGLE_API_KEY", "GEMINI_API_KEY")),
    "ollama": Provider("ollama", arguments=_ollama),
    "mistralai": Provider(keys=("MISTRAL_API_KEY",)),
    "groq": Provider(keys=("GROQ_API_KEY",)),
    "deepseek": Provider(keys=("DEEPSEEK_API_KEY",), arguments=_seeded),
    "openrouter": Provider(keys=("OPENROUTER_API_KEY",)),
    "xai": Provider(keys=("XAI_API_KEY",), arguments=_seeded),
}
_KEYLESS = frozenset({"ollama"})


def load(
    spec: str,
    *,
    url: str | None = None,
    timeout_s: float = 120.0,
    requests_per_minute: float | None = None,
    context: int | None = None,
    key: str | None = None,
) -> BaseChatModel:
    """The chat model "provider:model", at temperature 0 and with a fixed seed where the provider has one.

    Output and waits are bounded; requests beyond so many a minute wait their turn; `context` is how many tokens the
    model can take in and give out together, where it is known.

    With `url`, requests go there and not to the provider, with the key in ONRECORD_LLM_KEY if that is set
    and a placeholder if not: the provider's own key is never sent to another address. `key` goes in place of the
    environment's; with a `url`, an empty one is none. Raises AnswererError, which says what to install, set or correct.
    """
    provider, model = _parsed(spec)
    known = PROVIDERS.get(provider, Provider())
    if provider in PROVIDERS and not find_spec(f"langchain_{provider}"):
        raise AnswererError(_install(provider, f"langchain_{provider}"))
    address = _address(provider, url, key) if url else _with_key(provider, known, key)
    with Failures(spec, url):
        bounds = Bounds(timeout_s, requests_per_minute, context)
        return _made(provider, model, {**known.arguments(bounds), **_limiter(bounds), **address})


def _limiter(bounds: Bounds) -> dict[str, Any]:
    if bounds.requests_per_minute is None:
        return {}
    from langchain_core.rate_limiters import InMemoryRateLimiter

    limiter = InMemoryRateLimiter(requests_per_second=bounds.requests_per_minute / 60)
    limiter.available_tokens = 1.0  # it begins with none, and the first question would wait for its turn
    return {"rate_limiter": limiter}


def _made(provider: str, model: str, arguments: dict[str, Any]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    try:
        made: BaseChatModel = init_chat_model(model, model_provider=provider, **arguments)
    except ImportError as error:
        missing = getattr(error.__cause__, "name", None) or first_line(error)
        raise AnswererError(_install(provider, missing)) from error
    except ValueError as error:
        said = first_line(error).rstrip(".")
        raise AnswererError(f"{provider}:{model} cannot be used: {said}. Examples of what can: {EXAMPLE}.") from error
    return made


def _parsed(spec: str) -> tuple[str, str]:
    provider, colon, model = (part.strip() for part in spec.partition(":"))
    if not (provider and colon and model):
        raise AnswererError(f"“{spec}” does not name a language model. Write provider:model, for example {EXAMPLE}.")
    return provider.lower().replace("-", "_"), model


def _address(provider: str, url: str, key: str | None) -> dict[str, str]:
    if not url.startswith(("http://", "https://")):
        raise AnswererError(f"“{url}” is no address of a language model. Write it like http://127.0.0.1:8089/v1.")
    sent = os.environ.get(URL_KEY) if key is None else key
    return {"base_url": url, **({} if provider in _KEYLESS else {"api_key": sent or "none"})}


def _with_key(provider: str, known: Provider, key: str | None) -> dict[str, str]:
    if key and provider not in _KEYLESS:
        return {"api_key": key}
    if known.keys and not any(os.environ.get(name, "").strip() for name in known.keys):
        names = " or ".join(known.keys)
        raise AnswererError(
            f"{provider} needs an API key. Set {names} in the environment, or name a server with --llm-url."
        )
    return {}


def _install(provider: str, missing: str) -> str:
    extra = PROVIDERS.get(provider, Provider()).extra
    package = f"onrecord[{extra}]" if extra else f"langchain-{provider.replace('_', '-')}"
    return f"{provider} models need a package that is not installed ({missing}). Run: pip install '{package}'"
