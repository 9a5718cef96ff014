"""What a small model makes up, and what of it reaches the reader: `python -m tests.benchmarks.invented --out FOLDER`.

SmolLM2-135M-Instruct, as `make llm` sets it up, answers questions on the samples and on the briefings through the whole
program. Every sentence that is shown is looked at once more by means of its own: the citation's words as they stand in
the transcript, and each number and capitalised word of the sentence in the words around the citation. Whatever these
do not have is listed to be read by a person. Each answer is written to FOLDER at once; asked again, it goes on there.
"""

from __future__ import annotations

import argparse
import json
import re
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest import samples, sync
from rag import Answer, Engine, Settings
from rag.checks import UNCITED
from rag.engine import INSTEAD
from rag.evaluate import read_questions
from rag.evidence import given
from rag.further import further_checks
from rag.results import Rejected
from rag.verify import Supported, verify
from rag.written import take
from tests.benchmarks.cases import data_folder

SETTINGS = Settings(llm_timeout_s=600.0, llm_context=1800, top_k=5)
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_CAPITALS = re.compile(r"(?<=[\w,;:“\"] )[“\"(]?([A-Z][\w’'-]+)")

Record = Mapping[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Asks what was not asked yet, then prints the count of all."""
    chosen = _arguments(argv)
    chosen.out.mkdir(parents=True, exist_ok=True)
    kept = chosen.out / "invented.jsonl"
    done = {(each["set"], each["question"]) for each in _records(kept)}
    with _serving() as url:
        for name, archive, questions in _sets(chosen):
            left = [question for question in questions if (name, question) not in done]
            for record in _asked(name, archive, left, url):
                with kept.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")
    print("\n".join(told(list(_records(kept)))))
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.invented", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--questions", type=int, default=50, help="how many of each set (default: 50)")
    parser.add_argument("--out", type=Path, default=Path("build/invented"), help="where answers and archives are kept")
    return parser.parse_args(argv)


def _sets(chosen: argparse.Namespace) -> Iterator[tuple[str, Path, list[str]]]:
    """Each set of questions: its name, an archive of its transcripts, and every so many-th of its questions."""
    briefings = data_folder() / "briefings"
    sets = {"samples": (list(samples.paths()), samples.questions_path())}
    if briefings.is_dir():
        sets["briefings"] = (sorted(briefings.glob("*.md")), briefings / "questions.jsonl")
    for name, (files, path) in sets.items():
        sync(files, chosen.out / name)
        asked = list(dict.fromkeys(case.question for case in read_questions(path).cases() if not case.history))
        yield name, chosen.out / name, asked[:: max(len(asked) // chosen.questions, 1)][: chosen.questions]


def _asked(name: str, archive: Path, questions: Sequence[str], url: str) -> Iterator[Record]:
    with Engine(archive, settings=SETTINGS, llm="openai:smollm2", llm_url=url) as engine:
        for question in questions:
            yield {"set": name, "question": question, **record(engine.ask(question), engine)}


def record(answer: Answer, engine: Engine) -> Record:
    """What the model wrote: what is shown of it, with what of that no cited passage has, and what is struck out."""
    by_model = bool(answer.citations) and INSTEAD not in answer.notice
    return {
        "status": answer.status,
        "notice": answer.notice,
        "by_model": by_model,
        "verbatim": all(
            engine.transcript(one.transcript_id).text[one.char_start : one.char_end] == one.quote
            for one in answer.citations
        ),
        "kept": list(_kept(answer, engine)) if by_model else [],
        "struck": [[one.text, one.reason] for one in answer.rejected],
        "as_if_cited": list(_as_if_cited(answer, engine)),
        "seconds": round(answer.timings.get("write", 0) / 1000, 1),
    }


def _as_if_cited(answer: Answer, engine: Engine) -> Iterator[Record]:
    """What was struck out for want of a marker alone, judged as if it cited whichever passage bears it out."""
    further = further_checks()
    passages = [given(at, hit, engine.transcript(hit.passage.transcript_id)) for at, hit in enumerate(answer.hits, 1)]
    bare = (one.text for one in answer.rejected if one.reason == UNCITED)
    for sentence in (each for text in bare for each in take(text, final=True)[0]):
        cited = (replace(sentence, markers=(each.number,)) for each in passages)
        outcomes = [verify(one, passages, answer.question, further) for one in cited]
        passed = [one.evidence[0] for one in outcomes if isinstance(one, Supported)]
        reasons = [one.reason for one in outcomes if isinstance(one, Rejected)]
        yield {
            "text": sentence.text,
            "quotes": [each.transcript.text[each.start : each.end] for each in passed[:1]],
            "reason": "" if passed else reasons[0] if reasons else "There is no passage.",
        }


def _kept(answer: Answer, engine: Engine) -> Iterator[Record]:
    by_marker = {one.marker: one for one in answer.citations}
    for sentence in take(answer.text, final=True)[0]:
        cited = [by_marker[number] for number in sentence.markers if number in by_marker]
        texts = [
            hit.passage.text for hit in answer.hits if hit.passage.transcript_id in {one.transcript_id for one in cited}
        ]
        about = [f"{one.title} {one.source} {one.published} {one.speaker} {one.role} {one.quote}" for one in cited]
        known = " ".join([*texts, *about, answer.question])
        yield {
            "text": sentence.text,
            "quotes": [one.quote for one in cited],
            "unknown": []
            if not cited
            else [word for word in checkable(sentence.text) if word.lower() not in known.lower()],
            "cited": bool(cited),
        }


def checkable(text: str) -> list[str]:
    """Its numbers, and its capitalised words but the first."""
    return [*_DIGITS.findall(text), *(re.sub(r"['’]s?$", "", word) for word in _CAPITALS.findall(text))]


def told(records: Sequence[Record]) -> list[str]:
    """The count, the reasons, and all that is shown and should be read."""
    kept = [each for one in records for each in one["kept"]]
    struck = [each for one in records for each in one["struck"]]
    as_if = [each for one in records for each in one.get("as_if_cited", ())]
    passing = [each for each in as_if if each["quotes"]]
    doubtful = [each for each in kept if each["unknown"] or not each["cited"]]
    return [
        f"{len(records)} questions, {len(kept) + len(struck)} sentences: {len(kept)} shown, {len(struck)} struck out",
        f"answers: {dict(Counter(_kind(one) for one in records))}",
        f"citations that are not verbatim: {sum(not one['verbatim'] for one in records)}",
        f"shown with a number or name that no cited passage has, or without citation: {len(doubtful)}",
        *(f"  ! {each['text']}  ← {each['unknown']}" for each in doubtful),
        "struck out because:",
        *(f"{count:5} {reason}" for reason, count in Counter(_reason(each[1]) for each in struck).most_common()),
        f"of these, had they cited a passage: {len(passing)} of {len(as_if)} would be shown, to be read:",
        *(f"  {each['text']}\n      {' | '.join(each['quotes'])}" for each in passing),
        "shown, to be read against what is cited:",
        *(f"  {each['text']}\n      {' | '.join(each['quotes'])}" for each in kept),
    ]


def _kind(one: Record) -> str:
    if one["status"] == "refused":
        return "refused"
    return "the model's" if one["by_model"] else "quotes instead"


def _reason(reason: str) -> str:
    """Without what is particular to the sentence."""
    return re.sub(
        r"“[^”]*”|\[\d+\]|(?<=It says )\S.*?(?=, and)|(?<=It names ).*?(?=, and)|(?<=says that ).*", "…", reason
    )


def _records(path: Path) -> Iterator[Record]:
    if path.is_file():
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


@contextmanager
def _serving() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rag.llm_server", "--port", str(port), "--threads", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        if not server.stdout or not server.stdout.readline():
            raise SystemExit("The small language model is not installed. Run: make llm")
        try:
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
