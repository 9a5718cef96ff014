"""The `onrecord` command: what a person types, checked and passed on. Printing is in `ui.printing`.

Commands import what they need when they run, so that help and lists come at once. Results go to stdout,
progress and complaints to stderr. The exit codes are the table MEANINGS in `ui.exits`.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, cast

import typer

from ui.cli_backup import BACKUP_EXAMPLES, RESTORE_EXAMPLES, backup, restore
from ui.cli_chat import EXAMPLES as CHAT_EXAMPLES
from ui.cli_chat import chat
from ui.cli_doctor import EXAMPLES as DOCTOR_EXAMPLES
from ui.cli_doctor import doctor
from ui.cli_eval import EXAMPLES as EVAL_EXAMPLES
from ui.cli_eval import evaluate
from ui.cli_search import EXAMPLES as SEARCH_EXAMPLES
from ui.cli_search import search
from ui.cli_users import users
from ui.cli_watch import EXAMPLES as WATCH_EXAMPLES
from ui.cli_watch import show_elsewhere, watch
from ui.exits import MEANINGS, Exit, reported
from ui.facts import Columns, Facts, given_columns, given_facts
from ui.given import given_filters, print_json, settings_for
from ui.options import (
    Anywhere,
    ArchiveFolder,
    Json,
    Llm,
    LlmUrl,
    Nli,
    Quiet,
    Reranker,
    Since,
    Sources,
    Speakers,
    TranscriptId,
    Until,
    examples,
)

_CODES = "\n".join(["\n\n\b\nExit codes:", *(f"  {code.value:<4} {text}" for code, text in MEANINGS.items())])

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback(
    epilog=examples("onrecord ingest news/", 'onrecord ask "How did the FCC vote?"', "onrecord chat") + _CODES
)
def onrecord(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Ask news transcripts a question; get the exact words that answer it, who said them, where and when."""


@app.command(
    epilog=examples(
        "onrecord ingest news/ interview.vtt",
        "onrecord ingest --prune news/",
        'onrecord ingest --set source=BBC --set programme="Newsnight" newsnight/',
    )
)
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Transcripts, or folders of them.")],
    archive: ArchiveFolder = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take out transcripts whose file is gone from the folders given.")
    ] = False,
    facts: Facts = None,
    columns: Columns = None,
    quiet: Quiet = False,
) -> None:
    """Put transcripts into the archive. What has not changed since is left alone."""
    with reported():
        from ingest import IngestReport, sync
        from ui.printing import show_report
        from ui.progress import bar

        settings, given = settings_for(archive), {"facts": given_facts(facts), "columns": given_columns(columns)}
        with bar(quiet) as progress:
            report = sync(paths, settings.archive, embedder=settings.embedder, prune=prune, progress=progress, **given)
        show_report(report, quiet)
        show_elsewhere(report, quiet)
        if report == IngestReport(skipped=report.skipped):
            raise typer.BadParameter(f"no transcripts in {', '.join(map(str, paths))}.", param_hint="PATH")
        if not report.ok:
            raise typer.Exit(Exit.SOME_FILES_FAILED)


@app.command(
    epilog=examples(
        'onrecord ask "What did Jim Xu say about the US market?"',
        'onrecord ask --json "How did the FCC vote?" | jq .citations',
        'onrecord ask --speaker "Jen Psaki" --since 2022-03 "Why was the flight late?"',
        'onrecord ask --llm openai:smollm2 --llm-url http://127.0.0.1:8089/v1 "How did the FCC vote?"',
    )
)
def ask(  # noqa: PLR0913, PLR0917
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question, in quotation marks.")],
    archive: ArchiveFolder = None,
    speakers: Speakers = None,
    since: Since = None,
    until: Until = None,
    sources: Sources = None,
    anywhere: Anywhere = False,
    llm: Llm = None,
    llm_url: LlmUrl = None,
    nli: Nli = None,
    reranker: Reranker = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Answer a question with exact quotes.

    Where the transcripts do not answer it, that is said, the nearest passages are shown, and the exit code
    is 4. A speaker, a time or a source that the question names narrows the search; the options go before that.
    """
    with reported():
        from rag.engine import Engine
        from ui.console import output
        from ui.printing import show_answer
        from ui.progress import busy

        settings = settings_for(archive, llm=llm, llm_url=llm_url, nli=nli, reranker=reranker)
        filters = given_filters(speakers, since, until, sources, anywhere=anywhere)
        with busy("Looking it up…", quiet or json), Engine(settings.archive, settings=settings) as engine:
            answer = engine.ask(question, filters=filters)
        if json:
            print_json(answer)
        else:
            show_answer(output(), answer)
        if answer.status == "refused":
            raise typer.Exit(Exit.NO_ANSWER)


@app.command("list", epilog=examples("onrecord list", "onrecord list --json | jq -r '.[].id'"))
def list_transcripts(
    archive: ArchiveFolder = None,
    json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the ids only.")] = False,
) -> None:
    """List the transcripts in the archive, newest first."""
    with reported():
        from ingest.sync import open_any
        from ui.console import output
        from ui.printing import show_list

        with open_any(settings_for(archive).archive) as store:
            entries = store.entries()
        if json:
            print_json(entries)
        else:
            show_list(output(), entries, quiet)


@app.command(epilog=examples("onrecord show 4f1c", "onrecord show --json 4f1c | jq '.turns[].speaker'"))
def show(transcript_id: TranscriptId, archive: ArchiveFolder = None, json: Json = False, quiet: Quiet = False) -> None:
    """Print a transcript with its speakers and times."""
    with reported():
        from ingest.sync import open_any
        from ui.console import output
        from ui.jsonout import plain
        from ui.printing import show_transcript

        with open_any(settings_for(archive).archive) as store:
            transcript, entry = store.transcript(transcript_id), store.entry(transcript_id)
            boilerplate = store.boilerplate(entry.id)
        if json:
            print_json({**cast("dict[str, object]", plain(transcript)), "boilerplate": boilerplate})
        else:
            show_transcript(output(), transcript, entry.place, quiet, boilerplate)


@app.command(epilog=examples("onrecord remove 4f1c", "onrecord remove --yes 4f1c"))
def remove(
    transcript_id: TranscriptId,
    archive: ArchiveFolder = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    quiet: Quiet = False,
) -> None:
    """Take a transcript out of the archive. The file it came from stays where it is."""
    with reported():
        from ingest.sync import open_any
        from ingest.sync import remove as take_out
        from ui.console import clean, note

        folder = settings_for(archive).archive
        with open_any(folder) as store:
            entry = store.entry(transcript_id)
        if not yes and not _confirmed(f"Remove {clean(entry.title)!r} ({entry.id}) from {folder}?"):
            return
        take_out(entry.id, folder)
        note(f"Removed {entry.title!r} ({entry.id}).", quiet)


@app.command(epilog=examples("onrecord reindex", "onrecord reindex --embedder ./models/e5-small-v2"))
def reindex(
    archive: ArchiveFolder = None,
    embedder: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Embed everything again with this model; else it keeps its own."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Build the search indexes again from the archive."""
    with reported():
        from ingest.sync import reindex as build_again
        from ui.console import note
        from ui.progress import bar

        folder = settings_for(archive).archive
        with bar(quiet) as progress:
            count = build_again(folder, embedder=embedder, progress=progress)
        note(f"Indexed {count:,} passages.", quiet)


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise typer.BadParameter("there is nobody to ask here.", param_hint="--yes")
    return typer.confirm(question)


app.command(epilog=examples(*CHAT_EXAMPLES))(chat)
app.command(epilog=examples(*SEARCH_EXAMPLES))(search)
app.command(epilog=examples(*WATCH_EXAMPLES))(watch)
app.command(epilog=examples(*BACKUP_EXAMPLES))(backup)
app.command(epilog=examples(*RESTORE_EXAMPLES))(restore)
app.command(epilog=examples(*DOCTOR_EXAMPLES))(doctor)
app.command("eval", epilog=examples(*EVAL_EXAMPLES))(evaluate)
app.add_typer(users, name="users")


def main() -> None:
    """Runs the command; a terminal that lacks a character gets a "?" for it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    app(prog_name="onrecord")


if __name__ == "__main__":
    main()
