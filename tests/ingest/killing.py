"""A process that is to be killed: it changes files and brings them into an archive, again and again, until it is.

Before each step it writes down what the archive is to hold after it, and after the step that it is done.
"""

from __future__ import annotations

import contextlib
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from ingest.archive import Archive
from ingest.errors import UnknownTranscript
from ingest.sync import reindex, remove, sync_with
from tests.ingest.builders import HashEmbedder, script

FILES, PARAGRAPHS = 24, 50
RECORDS = range(900, 912)
State = dict[str, int]
"""The number of the script in each file."""


@dataclass(slots=True)
class Work:
    """The folders of one trial: `source` are the files, `ledger` is what was begun and done."""

    source: Path
    folder: Path
    ledger: Path
    chance: random.Random
    state: State = field(default_factory=dict)

    def begin(self, step: str, state: State) -> None:
        self.note({"step": step, "state": state})
        self.state = state

    def note(self, line: object) -> None:
        with self.ledger.open("a") as file:
            file.write(json.dumps(line) + "\n")

    def add(self) -> None:
        free = [name for number in range(FILES) if (name := f"report-{number:03d}.txt") not in self.state]
        self.change_some(self.chance.sample(free, min(len(free), self.chance.randrange(1, FILES))))

    def update(self) -> None:
        self.change_some(self.chance.sample(sorted(self.state), min(3, len(self.state))))

    def change_some(self, names: list[str]) -> None:
        numbers = {name: self.chance.randrange(1000, 10**9) for name in names}
        self.begin("ingest", {**self.state, **numbers})
        for name, number in numbers.items():
            put(self.source / name, script(number, PARAGRAPHS))
        self.sync()

    def prune(self) -> None:
        gone = self.chance.sample(sorted(self.state), len(self.state) // 3)
        self.begin("prune", {name: number for name, number in self.state.items() if name not in gone})
        for name in gone:
            (self.source / name).unlink(missing_ok=True)
        self.sync()

    def move(self) -> None:
        if self.state and len(self.state) < FILES:
            name = self.chance.choice(sorted(self.state))
            free = next(new for number in range(FILES) if (new := f"report-{number:03d}.txt") not in self.state)
            left = {each: number for each, number in self.state.items() if each != name}
            self.begin("move", {**left, free: self.state[name]})
            if (self.source / name).exists():
                (self.source / name).rename(self.source / free)
            self.sync()

    def withdraw(self) -> None:
        if self.state:
            name = self.chance.choice(sorted(self.state))
            self.begin("remove", {each: number for each, number in self.state.items() if each != name})
            (self.source / name).unlink(missing_ok=True)
            with Archive.open(self.folder, embedder=None) as store:
                held = [entry.id for entry in store.entries() if entry.place == str(self.source / name)]
            for key in held:
                with contextlib.suppress(UnknownTranscript):
                    remove(key, self.folder)

    def rename_records(self) -> None:
        self.begin("records", dict(self.state))
        key = self.chance.randrange(10**9)
        rows = ({"id": f"{key}-{number}", "text": script(number, 3)} for number in RECORDS)
        put(self.source / "news.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
        self.sync()

    def build_again(self) -> None:
        self.begin("reindex", dict(self.state))
        reindex(self.folder)

    def sync(self) -> None:
        sync_with([self.source], self.folder, HashEmbedder(), prune=True)


STEPS = (Work.add, Work.update, Work.prune, Work.move, Work.withdraw, Work.rename_records, Work.build_again)


def put(path: Path, text: str) -> None:
    """Writes the file so that it is there whole or as it was."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text)
    fresh.replace(path)


def on_disk(source: Path) -> State:
    """The number of the script in each file there is."""
    return {path.name: int(path.read_text().split()[2]) for path in source.glob("*.txt")}


def run(source: str, folder: str, ledger: str, seed: int) -> None:
    """Works until it is killed."""
    work = Work(Path(source), Path(folder), Path(ledger), random.Random(seed))
    work.begin("catch up", on_disk(work.source))
    work.sync()
    work.note("done")
    while True:
        work.chance.choice(STEPS)(work)
        work.note("done")
