"""Trains the reader: `python -m rag.reader.train DATA OUT [--steps N] [--threads N]`, about an hour on two free cores.

DATA is a folder with `training`, `squad2` and `press-briefings-all.jsonl.gz`. What is made on the way is kept in OUT,
and a run that was broken off goes on from there. At the end the weights are in OUT/model, and what they do on
transcripts held back is printed; copy the files to rag/reader/model to use them.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file

from ingest.archive import Archive
from ingest.embed import packaged_model
from ingest.index import open_index
from rag.config import Settings
from rag.engine import Engine
from rag.evaluate.locate import Locator
from rag.reader.network import Network, from_bert
from rag.reader.stored import load, save
from rag.reader.training.command import parsed, progress, tell
from rag.reader.training.course import endless
from rag.reader.training.fit import Plan, train
from rag.reader.training.judge import READ, area, best_sentence, figures, mixed, ranks, read_group
from rag.reader.training.material import SETS, held_back, prepared
from rag.reader.training.mine import Group, load_groups, mine, save_groups
from rag.reader.training.styles import STYLES
from rag.readers import NONE

STEPS, SHARE_OF_BRIEFINGS, JUDGED = 1500, 0.6, 200
SHARES = (0.0, 0.3, 0.4, 0.5, 0.7, 1.0)


def groups_of(name: str, data: Path, out: Path) -> list[Group]:
    """A set's questions with what search finds for them; made once and kept."""
    kept = out / f"{name}.jsonl"
    if not kept.exists():
        asked, archive = prepared(name, data, out)
        with Archive.open(archive) as held, Engine(archive, settings=Settings(reranker=NONE)) as engine:
            save_groups(mine(engine, asked, Locator(held, open_index(held).words)), kept)
    return list(load_groups(kept))


def begun() -> Network:
    """The network with the default embedder's weights and untaught heads."""
    torch.manual_seed(7)
    network = Network()
    network.load_state_dict(from_bert(load_file(packaged_model() / "model.safetensors")), strict=False)
    return network


def judged(network: Network, name: str, groups: Sequence[Group]) -> Iterator[str]:
    """Lines of a table: a set in each style, search alone (share 0) and with the reader."""
    chosen = random.Random(3).sample(groups, min(JUDGED, len(groups)))  # noqa: S311
    for style in STYLES:
        reads = [read_group(network, group, style) for group in chosen if group.mined]
        asked = [each for each in reads if each.answerable]
        if not asked:
            yield f"{name:10} {style.__name__:15} nothing is held back"
            continue
        for share in SHARES:
            told = " ".join(f"{measure} {value:.3f}" for measure, value in figures(ranks(asked, mixed(share))).items())
            yield f"{name:10} {style.__name__:15} n {len(asked)} share {share:.1f}: {told}"
        within = sum(each.is_found for each in asked) / len(asked)
        best = " ".join(f"best {count} sentences {best_sentence(asked, count):.3f}" for count in (1, 4))
        yield f"{name:10} {style.__name__:15} in first {READ} {within:.3f}, {best}, AUROC of answers {area(reads):.3f}"


def main(arguments: Sequence[str]) -> None:
    """Everything from data to weights."""
    given = parsed("rag.reader.train", __doc__, STEPS, arguments)
    found = {name: groups_of(name, given.data, given.out) for name in SETS}
    kept = {name: held_back(name, {group.source for group in groups}) for name, groups in found.items()}
    taught = {name: [each for each in found[name] if each.source not in kept[name] and each.teaches] for name in SETS}
    if lacking := [name for name, groups in taught.items() if not groups]:
        raise SystemExit(f"Nothing can be learned from {' and '.join(lacking)}: no question finds its evidence.")
    shares = {"briefings": SHARE_OF_BRIEFINGS, "articles": 1 - SHARE_OF_BRIEFINGS}
    sets = [(shares[name], groups) for name, groups in taught.items()]
    network = begun()
    tell(progress(train(network, lambda seed: endless(sets, seed), Plan(steps=given.steps), given.out)))
    tell([f"sha256 {save(network, given.out / 'model')}"])
    stored = load(given.out / "model").bfloat16()
    for name in SETS:
        tell(judged(stored, name, [each for each in found[name] if each.source in kept[name]]))


if __name__ == "__main__":
    main(sys.argv[1:])
