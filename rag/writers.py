"""The answerer that writes, made as the settings say. It loads LangChain: import it only where a model is set."""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel

from rag.chat_models import load
from rag.config import Settings
from rag.further import further_checks
from rag.write import Limits, Writer


def load_writer(llm: str | BaseChatModel, url: str | None, settings: Settings) -> Writer:
    """A Writer over "provider:model", at `url` where that is given, or over a chat model.

    Raises AnswererError, and ModelError where the NLI model is none: it is loaded before a language model is paid.
    """
    limits = Limits(seconds=settings.llm_timeout_s, context_tokens=settings.llm_context)
    further = further_checks(settings.nli, settings.nli_timeout_s)
    if not isinstance(llm, str):
        return Writer(llm, limits=limits, further=further)
    model = load(
        llm,
        url=url,
        timeout_s=settings.llm_timeout_s,
        requests_per_minute=settings.llm_requests_per_minute,
        context=settings.llm_context,
    )
    return Writer(model, name=llm, url=url, limits=limits, further=further)
