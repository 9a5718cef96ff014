"""The training questions that the reader does not learn from: about an eighth of the transcripts, by their names.

Which these are is told by `rag.reader.training.material`. The reader's share of the score and the weights of sentences
it has read were fitted on them, so what is found is a fair measure here, whether it answers or refuses less so.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.reader.training.material import BRIEFINGS, briefings, is_held_back

NEEDED = BRIEFINGS
DRAWN, SEED = 300, 7


def write(data: Path, folder: Path) -> None:
    """The held-back transcripts under the folder's "files", and at most DRAWN of their answerable questions."""
    drawn(briefings(data, folder / "files", is_held_back), folder)


def drawn(asked: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """At most DRAWN of the answerable questions, as the folder's question set."""
    able = [{name: value for name, value in each.items() if name != "source"} for each in asked if each["answers"]]
    chosen = random.Random(SEED).sample(able, DRAWN) if len(able) > DRAWN else able
    lines = (json.dumps(each, ensure_ascii=False) for each in chosen)
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
