"""Ways to spoil a file. Each takes the bytes, a source of chance and another file, and gives other bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from tests.ingest.fuzz.seeds import Seed

Mutation = Callable[[bytes, Random, bytes], bytes]

MOST_BYTES = 200_000
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"9" * 20, b"9" * 5000, b"1e999", b"NaN", b"99", b"60", b"\xd9\xa3", b"0" * 400, b"1.5", b"")
_BRACKETS = (
    (b"[", b"]"), (b"{", b"}"), (b'{"a":', b"}"), (b"(", b")"), (b"<div>", b"</div>"), (b"<v A>", b"</v>"),
    (b"<p>", b"</p>"), (b"{\\i1}", b""), (b"> ", b""), (b'"', b'"'), ("“".encode(), b""), (b"<!--", b"-->"),
    (b"&amp;", b""), (b"- ", b""), (b"<object>", b"</object>"), (b"<div hidden>", b"</div>"),
)  # fmt: skip
SCRAPS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n\n", b"\x0c", b"-->", b"<", b"&", b"]]>", b">> ",
    b"---\n", b"WEBVTT\n\n", b"Q  ", b"MR. X:", b"NOTE ", b"# ", b"**", b"%PDF-1.7", b"PK\x03\x04", b"\x1f\x8b\x08",
    b"<!DOCTYPE a [", b"\\u", b"\\ud800", b'\\"', "\u202e\u200b".encode(), "İßŉ".encode(), b"date: 9999-99-99\n",
    b"00:00:01.000 --> 00:00:00.000\n", b"[00:01:02] ", b"Aired April 31, 2015", b"<!ENTITY a '&a;&a;'>", b"<tt>",
    b"{{", b"\x85", b"%s", b"${x}",
)  # fmt: skip


def _cut(data: bytes, chance: Random, _: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:] if chance.random() < 0.7 else data[:end]


def _doubled(data: bytes, chance: Random, _: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 8, 80, 800))]
    return data[:start] + piece * chance.choice((1, 2, 50)) + data[start:]


def _spliced(data: bytes, chance: Random, other: bytes) -> bytes:
    at, there = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    piece = other[there : there + chance.choice((20, 200, 5000))]
    return data[:at] + piece + (data[at:] if chance.random() < 0.7 else b"")


def _flipped(data: bytes, chance: Random, _: bytes) -> bytes:
    out = bytearray(data)
    for _time in range(chance.choice((1, 3, 30)) if out else 0):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _shuffled(data: bytes, chance: Random, _: bytes) -> bytes:
    lines = data.split(b"\n")
    start = chance.randrange(len(lines))
    part = lines[start : start + chance.choice((3, 10, 10_000))]
    chance.shuffle(part)
    return b"\n".join(lines[:start] + part + lines[start + len(part) :])


def _numbered(data: bytes, chance: Random, _: bytes) -> bytes:
    share = chance.choice((0.01, 0.1, 1.0))
    return _NUMBER.sub(lambda match: chance.choice(_NUMBERS) if chance.random() < share else match[0], data)


def _nested(data: bytes, chance: Random, _: bytes) -> bytes:
    opens, closes = chance.choice(_BRACKETS)
    depth = chance.choice((2, 50, 2_000))
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + opens * depth + data[start:end] + closes * depth + data[end:]


def _scrapped(data: bytes, chance: Random, _: bytes) -> bytes:
    for _time in range(chance.choice((1, 4))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(SCRAPS) * chance.choice((1, 1, 3_000)) + data[at + chance.choice((0, 3)) :]
    return data


def _recased(data: bytes, chance: Random, _: bytes) -> bytes:
    return chance.choice((data.upper, data.lower, data.swapcase))()


def _respaced(data: bytes, chance: Random, _: bytes) -> bytes:
    old, new = chance.choice(
        ((b"\n", b"\r\n"), (b"\n", b" "), (b" ", b"\n"), (b"\n", b"\n\n\n"), (b":", b""), (b" ", b""), (b"\n", b"\n\t"))
    )
    return data.replace(old, new)


def _recoded(data: bytes, chance: Random, _: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(
        chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "cp500")), "replace"
    )


MUTATIONS: Sequence[Mutation] = (
    _cut, _doubled, _spliced, _flipped, _shuffled, _numbered, _nested, _scrapped, _recased, _respaced, _recoded,
)  # fmt: skip


def spoilt(seed: Seed, others: Sequence[Seed], chance: Random) -> Seed:
    """The file after one to four mutations, at most MOST_BYTES long, mostly under its own name."""
    data = seed.data
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(MUTATIONS)(data, chance, chance.choice(others).data)[:MOST_BYTES]
    name = seed.name if chance.random() < 0.8 else chance.choice(others).name
    return Seed(name, data)
