"""For tests of what is kept out of passages: a count from scratch, and an archive held against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from ingest.archive import Archive
from ingest.boilerplate import least, signs, source_of, spans_of
from ingest.passages import indexed_text, split
from ingest.sentences import Span
from ingest.transcript import Transcript
from tests.ingest.builders import HashEmbedder


def expected(transcripts: Iterable[Transcript]) -> dict[str, tuple[Span, ...]]:
    """The boilerplate of each, counted from scratch in plain sets."""
    said, days, keys = defaultdict(set), defaultdict(set), dict[str, set[int]]()
    for one in (held := list(transcripts)):
        day = str(one.published or one.id)
        days[source_of(one)].add(day)
        keys[one.id] = {sign.key for sign in signs(one)}
        for key in keys[one.id]:
            said[key].add(day)
    enough = {source: least(len(found)) for source, found in days.items()}
    repeated = {one.id: {key for key in keys[one.id] if len(said[key]) >= enough[source_of(one)]} for one in held}
    return {one.id: spans_of(one, repeated[one.id].__contains__) for one in held}


def assert_in_step(store: Archive) -> dict[str, tuple[Span, ...]]:
    """Boilerplate is what a count from scratch finds, passages are all the rest, vectors are those of their texts."""
    held = [store.transcript(entry.id) for entry in store.entries()]
    wanted = expected(held)
    for one in held:
        assert store.boilerplate(one.id) == wanted[one.id]
        passages = split(one, without=wanted[one.id])
        assert store.passage_spans(one.id) == tuple((each.char_start, each.char_end) for each in passages)
        stored = store.passages(each.id for each in passages)
        vectors = HashEmbedder().embed([indexed_text(one, each) for each in passages])
        assert [stored[each.id].passage for each in passages] == list(passages)
        assert all(np.array_equal(stored[each.id].vector, row) for each, row in zip(passages, vectors, strict=True))
    assert store.waiting() == 0
    assert store.passage_count() == sum(entry.passages for entry in store.entries())
    return wanted
