"""Settings: from arguments, then `ONRECORD_*` environment variables, then the defaults here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.embed import DEFAULT_MODEL
from rag.readers import OWN


def default_archive() -> Path:
    """The platform's folder for a user's data, "onrecord" within it."""
    return Path(platformdirs.user_data_dir("onrecord", appauthor=False)) / "archive"


class Settings(BaseSettings):
    """Everything a person can set.

    `llm` is "provider:model" for LangChain's `init_chat_model`, or None for the answerer that only quotes; `llm_url`
    points it at an OpenAI-compatible server; `llm_context` is how many tokens it can take in and give out together,
    where its provider does not tell. `nli` is the name or folder of a cross-encoder for natural language inference that
    has to find each written sentence in what it cites, within `nli_timeout_s`. `words_weight` is the share of BM25 in
    the fused score, the rest is cosine similarity. `reranker` reads the first `read` of the passages found and has
    `reader_weight` of their score: ours ("onrecord"), "none", or the name or folder of a cross-encoder;
    `reader_timeout_s` is all it gets. `today` is the day that "last week" in a question counts from, None the day it is
    asked.
    """

    model_config = SettingsConfigDict(env_prefix="ONRECORD_", frozen=True, extra="forbid")

    archive: Path = Field(default_factory=default_archive)
    embedder: str = DEFAULT_MODEL
    llm: str | None = None
    llm_url: str | None = None
    llm_timeout_s: float = Field(default=120.0, gt=0)
    llm_requests_per_minute: float | None = Field(default=None, gt=0)
    llm_context: int | None = Field(default=None, ge=1500)
    nli: str | None = None
    nli_timeout_s: float = Field(default=10.0, gt=0)
    top_k: int = Field(default=10, ge=1, le=100)
    candidates: int = Field(default=50, ge=1, le=1000)
    words_weight: float = Field(default=0.5, ge=0, le=1)
    reranker: str = OWN
    read: int = Field(default=20, ge=1, le=200)
    reader_weight: float = Field(default=0.4, ge=0, le=1)
    reader_timeout_s: float = Field(default=10.0, gt=0)
    quotes: int = Field(default=4, ge=1, le=10)
    question_chars: int = Field(default=2000, ge=10)
    today: date | None = None
