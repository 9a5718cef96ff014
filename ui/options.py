"""Options that several `onrecord` commands share, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ArchiveFolder = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        metavar="DIR",
        file_okay=False,
        help="The archive's folder. Default: ONRECORD_ARCHIVE, else the system's folder for your data.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print the result only: no progress, no notes.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout, and nothing else there.")]
Llm = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="PROVIDER:MODEL",
        help="Let a language model write the answer from the passages found, such as ollama:llama3.2. "
        "Default: ONRECORD_LLM, else quotes only.",
    ),
]
LlmUrl = Annotated[
    str | None,
    typer.Option("--llm-url", metavar="URL", help="Where that model's OpenAI-compatible server listens."),
]
Nli = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="With --llm: a cross-encoder for entailment, by name or folder, that must find each written sentence in "
        "what it cites, or it is struck out. Default: ONRECORD_NLI, else none.",
    ),
]
Reranker = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="What reads the passages found, to order them: onrecord, none, or a cross-encoder's name or folder. "
        "Default: ONRECORD_RERANKER, else onrecord.",
    ),
]
Speakers = Annotated[
    list[str] | None,
    typer.Option("--speaker", metavar="NAME", help="Only passages in which NAME speaks. May be given several times."),
]
Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="Only what was published then or later: 2022, 2022-03 or 2022-03-31.")
]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Only what was published then or earlier, likewise.")]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME", help="Only this outlet or programme. May be given several times."),
]
Anywhere = Annotated[
    bool, typer.Option("--anywhere", help="Look everywhere, whatever speaker, time or source the question names.")
]
TranscriptId = Annotated[str, typer.Argument(metavar="ID", help="A transcript's id, or the beginning of it.")]


def examples(*commands: str) -> str:
    """The end of a command's help. The backspace keeps the lines as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)
