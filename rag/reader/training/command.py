"""What the training commands share: their arguments, and lines on how it goes."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch

EVERY = 25


def parsed(program: str, about: str | None, steps: int, arguments: Sequence[str]) -> argparse.Namespace:
    """`data`, `out` and `steps`, and as many threads as asked for set to work."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=about)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    given = parser.parse_args(arguments)
    torch.set_num_threads(given.threads)
    return given


def progress(losses: Iterable[float]) -> Iterator[str]:
    """A line for every 25 losses, as they are made."""
    start, some = time.monotonic(), list[float]()
    for step, loss in enumerate(losses, 1):
        some.append(loss)
        if step % EVERY == 0:
            yield f"{step} steps, loss {sum(some) / EVERY:.3f}, {(time.monotonic() - start) / step:.2f} s a step"
            some.clear()


def tell(lines: Iterable[str]) -> None:
    """Prints each as it comes."""
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
