"""What every training here shares: groups without end, the pace of learning, its steps, and going on after a break."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from rag.reader.training.mine import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How many steps, the share of them that warms up, the seed, and after how many steps all is kept."""

    steps: int
    warm_up: float
    seed: int = 7
    save_every: int


def learn(
    network: nn.Module,
    optimizer: torch.optim.Optimizer,
    plan: Course,
    groups: Callable[[int], Iterator[Group]],
    lost: Callable[[Iterator[Group], random.Random], Tensor],
    kept: Path,
) -> Iterator[float]:
    """Goes through the plan, each step's loss as it is made; from the file `kept`, if a run was broken off.

    `groups` gives endless questions from a seed, `lost` a step's loss on some of them; a part of the optimizer has its
    highest rate as "peak". A run that was broken off goes on with other draws than an unbroken one would have made; one
    that was not is the same each time on the same machine.
    """
    done = restore(kept, network, optimizer, asdict(plan))
    chance = random.Random(plan.seed + done)  # noqa: S311
    torch.manual_seed(plan.seed + done)
    source = groups(plan.seed + done)
    network.train()
    for step in range(done, plan.steps):
        for part in optimizer.param_groups:
            part["lr"] = part["peak"] * pace(step, plan.steps, plan.warm_up)
        loss = lost(source, chance)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([each for part in optimizer.param_groups for each in part["params"]], 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if (step + 1) % plan.save_every == 0 or step + 1 == plan.steps:
            keep(kept, network, optimizer, asdict(plan), step + 1)
        yield float(loss.detach())


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
