"""What every training here shares: groups without end, the pace of learning, and going on after a break."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from rag.reader.training.mine import Group


def endless(sets: Sequence[tuple[float, Sequence[Group]]], seed: int) -> Iterator[Group]:
    """Groups without end: each set by its share, and within it every group once before any comes again."""
    chance = random.Random(seed)  # noqa: S311
    decks = [_deck(groups, chance) for _, groups in sets]
    shares = [share for share, _ in sets]
    while True:
        yield next(chance.choices(decks, weights=shares)[0])


def _deck(groups: Sequence[Group], chance: random.Random) -> Iterator[Group]:
    while True:
        yield from chance.sample(groups, len(groups))


def pace(step: int, steps: int, warm_up: float) -> float:
    """The share of the peak rate at a step: up over the warm-up, a share of all, then in a line down to nothing."""
    rise = max(1, round(warm_up * steps))
    return min((step + 1) / rise, (steps - step) / max(1, steps - rise), 1.0)


def restore(path: Path, network: nn.Module, optimizer: torch.optim.Optimizer, plan: Mapping[str, Any]) -> int:
    """How many steps are done: those of the file, from which all is taken up again, or none if its plan was another."""
    if not path.exists():
        return 0
    saved = torch.load(path, weights_only=True)
    if saved["plan"] != plan:
        return 0
    network.load_state_dict(saved["network"])
    optimizer.load_state_dict(saved["optimizer"])
    return int(saved["step"])


def keep(path: Path, network: nn.Module, optimizer: torch.optim.Optimizer, plan: Mapping[str, Any], step: int) -> None:
    """Writes the file that `restore` reads, whole or not at all."""
    saved = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "plan": plan, "step": step}
    part = path.with_suffix(".part")
    torch.save(saved, part)
    part.replace(path)
