"""`onrecord eval`: ask a test question set, compare two runs, draft a set. What is typed, checked and passed on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from ui.exits import Exit, reported
from ui.given import print_json, settings_for
from ui.options import ArchiveFolder, Json, Llm, LlmUrl, Nli, Quiet, Reranker

if TYPE_CHECKING:
    from rag.config import Settings
    from rag.evaluate.run import Results

EXAMPLES = (
    "onrecord eval questions.jsonl --out results/",
    "onrecord eval questions.csv --fail-under recall@5=0.85,answer=0.7",
    "onrecord eval --compare results-monday/ results-tuesday/",
    "onrecord eval --make 40 --out drafts.jsonl",
)
Questions = Annotated[
    Path | None,
    typer.Argument(metavar="QUESTIONS", help="The question set: JSONL, CSV, YAML, RAGAS, SQuAD, MTRAG, a BEIR folder."),
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Keep results and report here; a stopped run goes on. With --make: a file."),
]
Judge = Annotated[
    str | None,
    typer.Option(metavar="PROVIDER:MODEL", help="Let a language model judge too; the results name it."),
]
JudgeUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="Where the judge's OpenAI-compatible server listens.")
]
FailUnder = Annotated[
    str | None,
    typer.Option(metavar="MEASURE=VALUE,…", help="Exit with 6 when a measure is below its value, for builds."),
]
Compare = Annotated[
    tuple[Path, Path] | None,
    typer.Option(metavar="A B", help="Compare two folders of results, question by question; asks nothing."),
]
Make = Annotated[
    int | None, typer.Option(metavar="N", min=1, max=10_000, help="Draft N questions from the archive, to be edited.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Throw away what an earlier run left in --out.")]
Measures = Annotated[bool, typer.Option("--measures", help="Print what is measured, with formulas and sources.")]


def evaluate(  # noqa: PLR0913, PLR0917
    questions: Questions = None,
    archive: ArchiveFolder = None,
    out: Out = None,
    llm: Llm = None,
    llm_url: LlmUrl = None,
    nli: Nli = None,
    reranker: Reranker = None,
    judge: Judge = None,
    judge_url: JudgeUrl = None,
    fail_under: FailUnder = None,
    compare: Compare = None,
    make: Make = None,
    fresh: Fresh = False,
    measures: Measures = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Measure the answers to a set of test questions: what is found, what is right, what is refused, how fast.

    With --out, the folder gets report.html (every question with its answer and what was missed), results.jsonl, a
    TREC run and a RAGAS export.
    """
    modes = {"QUESTIONS": questions, "--compare": compare, "--make": make, "--measures": measures or None}
    chosen = [name for name, value in modes.items() if value is not None]
    if len(chosen) != 1:
        raise typer.BadParameter(f"give one of {', '.join(modes)}; {' and '.join(chosen) or 'none'} was given.")
    with reported():
        if measures:
            _print_measures()
        elif compare:
            _compare(compare, json)
        elif make:
            _make(make, settings_for(archive, llm=llm, llm_url=llm_url), out, quiet)
        elif questions:
            test = _Test(questions, archive, out, llm, llm_url, nli, reranker, judge, judge_url, fresh)
            _run(test, fail_under, json, quiet)


@dataclass(frozen=True, slots=True)
class _Test:
    """What is to be asked of what, by whom judged, and kept where."""

    questions: Path
    archive: Path | None
    out: Path | None
    llm: str | None
    llm_url: str | None
    nli: str | None
    reranker: str | None
    judge: str | None
    judge_url: str | None
    fresh: bool

    def run(self, quiet: bool) -> Results:
        """Asks the questions, with a bar that tells how long it will take."""
        from rag.evaluate.judges import load_judge
        from rag.evaluate.run import evaluate as run
        from ui.progress import bar

        with bar(quiet) as progress:
            return run(
                self.questions,
                self.archive,
                settings=self._settings(),
                judge=load_judge(self.judge, self.judge_url) if self.judge else None,
                out=self.out,
                fresh=self.fresh,
                progress=progress,
            )

    def _settings(self) -> Settings:
        return settings_for(self.archive, llm=self.llm, llm_url=self.llm_url, nli=self.nli, reranker=self.reranker)


def _run(test: _Test, fail_under: str | None, json: bool, quiet: bool) -> None:
    from rag.evaluate.gate import read_gate, shortfalls
    from ui.console import complain, note, output
    from ui.printing_eval import show_results

    asked = read_gate(fail_under) if fail_under is not None else {}
    results = test.run(quiet or json)
    if json:
        print_json({"about": results.about, "summary": results.summary})
    else:
        show_results(output(), results.summary, results.about)
        if results.kept:
            note(f"\nReport: {results.folder / 'report.html'}", quiet)
    short = shortfalls(results.summary, asked)
    for each in short:
        complain(f"{each}.")
    if short:
        raise typer.Exit(Exit.BELOW)


def _compare(folders: tuple[Path, Path], json: bool) -> None:
    from rag.evaluate.comparison import compare
    from ui.console import output
    from ui.printing_eval import show_comparison

    comparison = compare(*folders)
    if json:
        print_json(comparison)
    else:
        show_comparison(output(), comparison)


def _make(count: int, settings: Settings, out: Path | None, quiet: bool) -> None:
    from ingest.sync import open_any
    from rag.chat_models import load
    from rag.evaluate.draft import draft
    from ui.console import complain
    from ui.jsonout import dumps_line
    from ui.progress import busy

    llm = settings.llm
    model = load(llm, url=settings.llm_url, timeout_s=settings.llm_timeout_s) if llm else None
    with open_any(settings.archive) as store, busy("Drafting…", quiet), _to(out) as lines:
        drafts = (dumps_line(each) for each in draft(store, count, model=model))
        made = sum(bool(lines.write(line + "\n")) for line in drafts)
    if made < count:
        complain(f"Only {made} of {count} could be drafted: there are not more sentences here that make a question.")
    if out and made and not quiet:
        complain(f'{made} drafts in {out}. Each says what to check; delete its "draft" key once you have.')


@contextmanager
def _to(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a new file: drafts somebody has edited are not written over. One left empty is removed."""
    if path is None:
        yield sys.stdout
        return
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError:
        raise typer.BadParameter(f"{path} is there already and may have been edited.", param_hint="--out") from None
    try:
        with file:
            yield file
    finally:
        if not path.stat().st_size:
            path.unlink()


def _print_measures() -> None:
    from rag.evaluate.measures.document import document

    typer.echo(document(), nl=False)
