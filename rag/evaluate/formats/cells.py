"""What a cell of a table holds: a text, or a list: as JSON, as Python prints one, or with " | " between its items."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from itertools import pairwise

from pydantic_core import from_json

from rag.evaluate.formats.place import Unfit

_SPLIT = frozenset("answers evidence history source quote".split())
_STRUCTURED = _SPLIT | frozenset("reference_contexts contexts ground_truths user_input".split())
_BEGINS_LIKE_A_LIST = re.compile(r"""\s*(?:\[\s*["'{\]]|\{\s*["'])""")
_BAR = re.compile(r"\s+\|\s+")


def value(column: str, cell: str) -> object:
    """The cell's value, by the name of its column. Raises Unfit for a list that is broken off."""
    if column in _STRUCTURED and _BEGINS_LIKE_A_LIST.match(cell):
        return _listed(column, cell)
    if column in _SPLIT and _BAR.search(cell):
        return _BAR.split(cell.strip())
    return cell


def _listed(column: str, cell: str) -> object:
    try:
        read: object = from_json(cell, allow_inf_nan=False)
    except ValueError:
        read = _python_list(column, cell)
    return read


def _python_list(column: str, cell: str) -> object:
    """A list as RAGAS and pandas write it to CSV: ['one', 'two']. Names and calls in it are never looked up."""
    try:
        read: object = ast.literal_eval(cell.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        cause = f'`{column}` begins like a list but does not end like one; write ["one", "two"], or one | two'
        raise Unfit(cause) from error
    if isinstance(read, list) and _runs_together(cell):
        raise Unfit(f'`{column}` is a list without commas between its texts; write ["one", "two"]')
    return read


def _runs_together(cell: str) -> bool:
    """Whether two texts follow each other with nothing between, as NumPy prints a list; Python would join them."""
    kinds = [token.type for token in tokenize.generate_tokens(io.StringIO(cell.strip()).readline)]
    told = [kind for kind in kinds if kind not in (tokenize.NL, tokenize.NEWLINE)]
    return any(pair == (tokenize.STRING, tokenize.STRING) for pair in pairwise(told))
