"""Teaches the embedder: `python -m rag.embedder.train DATA OUT [--steps N] [--threads N]`, an hour on two free cores.

DATA is as `rag.reader.train` takes it, and OUT may be the same folder: the questions with what search finds for them
are made once for both. A run that was broken off goes on from there; a GPU is used where there is one. At the end
OUT/model has the changes, and shares of them, in a folder for each share; what each does on transcripts held back is
printed. Copy the files of one to ingest/model to use it as onrecord-minilm.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import torch

from ingest.archive import Archive
from ingest.own_model import STORED
from rag.embedder.changed import begun, changes
from rag.embedder.fit import Plan, train
from rag.embedder.judge import judged
from rag.embedder.pairs import reporters
from rag.embedder.pool import Pool, passages_of, pool
from rag.reader.network import Network
from rag.reader.train import groups_of
from rag.reader.training.command import parsed, progress, tell
from rag.reader.training.course import endless
from rag.reader.training.material import SETS, held_back
from rag.reader.training.mine import Group, load_groups, save_groups
from rag.reader.training.styles import as_is, captions

STEPS = 400
REPORTERS = "reporters"
LEARNED = {REPORTERS: 0.45, "briefings": 0.35, "articles": 0.2}
"""How often a question comes from each set."""
SHARES = (0.5, 0.75, 1.0)
"""How much of the changes is added: between none and all lies what has learned and not forgotten."""


def asked_by_reporters(out: Path) -> list[Group]:
    """The questions that reporters ask in the briefings of `groups_of`, with their answers; made once and kept."""
    kept = out / f"{REPORTERS}.jsonl"
    if not kept.exists():
        with Archive.open(out / "briefings-archive") as archive:
            save_groups(reporters(archive), kept)
    return list(load_groups(kept))


def taught(found: Mapping[str, Sequence[Group]]) -> list[tuple[float, list[Group]]]:
    """What is learned from, with its share: questions that have an answer, about transcripts not held back."""
    sets = []
    for name, share in LEARNED.items():
        kept = held_back(name, {group.source for group in found[name]})
        sets.append((share, [group for group in found[name] if _teaches(group) and group.source not in kept]))
        if not sets[-1][1]:
            raise SystemExit(f"Nothing can be learned from {name}: no question finds its evidence.")
    return sets


def _teaches(group: Group) -> bool:
    return group.answerable and any(each.is_right for each in group.mined)


def pools(found: Mapping[str, Sequence[Group]], out: Path) -> Iterator[tuple[str, Pool]]:
    """What is held back of each set, by name; sets of which nothing is are left out."""
    for name in SETS:
        kept = held_back(name, {group.source for group in found[name]})
        with Archive.open(out / f"{name}-archive") as archive:
            held = pool([group for group in found[name] if group.source in kept], passages_of(archive, kept))
        if held.questions:
            yield name, held


def told(network: Network, pools: Mapping[str, Pool]) -> Iterator[str]:
    """Lines of a table: each pool in two styles, by vectors alone."""
    for name, held in pools.items():
        for style in (as_is, captions):
            scores = " ".join(f"{each} {value:.3f}" for each, value in judged(network, held, style).items())
            yield f"  {name:10} {style.__name__:10} n {len(held.questions)} of {len(held.passages)} passages: {scores}"


def main(arguments: Sequence[str]) -> None:
    """Everything from data to changes."""
    given = parsed("rag.embedder.train", __doc__, STEPS, arguments)
    found = {name: groups_of(name, given.data, given.out) for name in SETS}
    found[REPORTERS] = asked_by_reporters(given.out)
    sets, held = taught(found), dict(pools(found, given.out))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network, kept = begun().to(device), given.out / "embedder.pt"
    tell(progress(train(network, lambda seed: endless(sets, seed), Plan(steps=given.steps), kept)))
    tell(["share 0, as published", *told(begun().to(device), held)])
    for share in SHARES:
        folder = given.out / "model" / f"{share:g}"
        tell([f"share {share:g}, sha256 {STORED.save(changes(network, share), folder)}"])
        tell(told(begun(STORED.load(folder)).to(device), held))


if __name__ == "__main__":
    main(sys.argv[1:])
