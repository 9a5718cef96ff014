"""Turns whatever a model provider raises into an AnswererError that a person can act on.

Providers' libraries share no root but `Exception`: httpx, the SDKs and LangChain's own classes each have
theirs. So this one context manager takes any exception of the code it is put around, which must be the
provider's only, and chains it as the cause. Cancellation, Ctrl-C and our own errors pass through as they
are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType

from langchain_core import exceptions as langchain
from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from rag.errors import AnswererError, RagError

_LONGEST = 240
_SECRET_ENDINGS = ("_KEY", "_TOKEN", "_SECRET")
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (langchain.ModelAuthenticationError, "does not accept the API key. Check it and try again."),
    (langchain.ModelPermissionDeniedError, "does not let this API key use the model."),
    (langchain.ModelNotFoundError, "is not known to the provider. Check the model's name."),
    (langchain.ModelRateLimitError, "has had too many requests, or its quota is used up. Try again later."),
    (
        langchain.ContextOverflowError,
        "cannot take so long a prompt. Set ONRECORD_LLM_CONTEXT to the tokens it can take, or use another model.",
    ),
    (langchain.ModelTimeoutError, "did not answer in time."),
    (langchain.ModelConnectionError, "cannot be reached. Is the server running, and the network there?"),
    (langchain.ModelAPIError, "has a fault at the provider's. Try again later."),
    (TimeoutError, "did not answer in time."),
    (ConnectionError, "cannot be reached. Is the server running, and the network there?"),
)


@dataclass(frozen=True, slots=True)
class Failures:
    """Put around a provider's code: `with Failures("openai:gpt-4o-mini", url): …` raises AnswererError."""

    model: str
    url: str | None = None
    secrets: tuple[str, ...] = ()

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, RagError):
            raise AnswererError(self._message(error)) from error

    def _message(self, error: Exception) -> str:
        where = f" at {self.url}" if self.url else ""
        known = next((text for kind, text in _REASONS if isinstance(error, kind)), "")
        reason = known or f"failed: {first_line(error, self.secrets)}"
        return f"The language model {self.model}{where} {reason}"


def keys_of(model: BaseChatModel) -> tuple[str, ...]:
    """The keys that a model was made with."""
    return tuple(each.get_secret_value() for each in vars(model).values() if isinstance(each, SecretStr))


def first_line(error: BaseException, secrets: Iterable[str] = ()) -> str:
    """What the error says, on one bounded line, with any key of this environment, and the secrets, left out."""
    text = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    for name, value in os.environ.items():
        if name.endswith(_SECRET_ENDINGS) and len(value) >= 8:
            text = text.replace(value, f"[{name}]")
    for value in secrets:
        text = text.replace(value, "[key]") if len(value) >= 8 else text
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
