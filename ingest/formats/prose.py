"""Tells words that people say from what only looks like text: tables of numbers, source code, JSON, HTML.

Used for files without any mark of a format, which may still be a script that is nothing but narration.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from itertools import islice

_SAMPLE = 20_000
_CODE_BEGINS = re.compile(
    r"""\s*(?:
      (?:async\ )?def\ \w+\( | class\ \w+[(:{] | from\ [\w.]+\ import\ | import\ [\w.{*]
    | return\b.*[;)\]]$
    | (?:if|elif|for|while|with|except|try|else)\b.*:$ | @\w+ | \#!?[a-z/] | // | /\*
    | (?:public|private|static|const|let|var|function|void|int|package|using|namespace|func|struct)\b.*[;{(]
    | (?:select|insert|create|drop|update)\ .+(?:from|into|table|set)\b | [\w.\[\]'"]+\ ?[-+:]?=[^=]
    | [)}\]]+[;,]?$ )""",
    re.VERBOSE,
)
_CODE_ENDS = re.compile(r"(?:[;{}]|\w\([^()]{0,200}\);?)\s*$")
_GLUED = re.compile(r"[A-Za-z][.:,(][A-Za-z]{2}")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_LOG_LINE = re.compile(r"\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3}\s")


def not_prose(text: str) -> str | None:
    """What the text is instead of words people say ("JSON", "source code"), None when it reads like them."""
    sample = text[:_SAMPLE].strip()
    return next((name for name, looks_like in _KINDS.items() if looks_like(sample)), None)


def _is_json(sample: str) -> bool:
    if sample[:1] not in "{[":
        return False
    try:
        json.loads(sample)
    except RecursionError:
        return True
    except ValueError:
        return bool(re.match(r"[{\[]\s*(?:[\"{\[\]}]|-?\d+\s*[,\]]|true|false|null)", sample))
    return True


def _is_markup(sample: str) -> bool:
    return bool(re.match(r"<(?:!doctype|\?xml|html|svg|tt|rss|!--)", sample, re.IGNORECASE))


def _is_styled_subtitles(sample: str) -> bool:
    return sample.startswith("[Script Info]")


def _is_table(sample: str) -> bool:
    """Rows with the same number of cells, three at least, that are short or numbers."""
    lines = [line for line in sample.split("\n") if line.strip()][:200]
    return any(_is_separated_by(mark, lines) for mark in ",;\t|")


def _is_separated_by(mark: str, lines: list[str]) -> bool:
    cells = [line.split(mark) for line in lines]
    width = len(cells[0]) if cells else 0
    if len(lines) < 3 or width < 2 or sum(len(row) == width for row in cells) < 0.9 * len(lines):
        return False
    flat = [cell.strip() for row in cells for cell in row]
    words = sorted(len(cell.split()) for cell in flat)
    numbers = sum(any(char.isdigit() for char in cell) for cell in flat)
    return words[len(words) * 9 // 10] <= 3 and (width > 2 or 2 * numbers >= len(flat))


def _is_code(sample: str) -> bool:
    lines = [line[:500] for line in islice((line for line in sample.split("\n") if line.strip()), 400)]
    symbols = sum(map(sample.count, "{}<>=;_\\|")) + 2 * len(_GLUED.findall(sample))
    if sample.startswith("#!") or 20 * symbols > len(sample):
        return True
    return 4 * sum(map(_is_code_line, lines)) > len(lines)


def _is_code_line(line: str) -> bool:
    return bool(_CODE_BEGINS.match(line) or _CODE_ENDS.search(line[-220:]))


def _is_log(sample: str) -> bool:
    lines = [line for line in sample.split("\n") if line.strip()]
    return 2 * sum(bool(_LOG_LINE.match(line)) for line in lines) > len(lines)


def _lacks_letters(sample: str) -> bool:
    """Fewer than 6 in 10 of the printed characters are letters or the marks that belong to them."""
    printed = "".join(_CLOCK.sub("", sample).split())
    letters = sum(map(str.isalpha, printed))
    if not printed:
        return False
    if 10 * letters < 6 * len(printed):
        letters += sum(unicodedata.category(char)[0] == "M" for char in printed)
    return 10 * letters < 6 * len(printed) or not letters


_KINDS: dict[str, Callable[[str], bool]] = {
    "HTML or XML": _is_markup,
    "JSON": _is_json,
    "SubStation subtitles": _is_styled_subtitles,
    "a log": _is_log,
    "a table": _is_table,
    "numbers or symbols": _lacks_letters,
    "source code": _is_code,
}
