"""The types of a question's fields, and pydantic's findings as a sentence for whoever wrote the file."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from rag.evaluate.formats.place import Unfit

_SAYS = {
    "missing": "`{at}` is missing",
    "string_type": "`{at}` must be text, not {value}",
    "string_too_short": "`{at}` is empty",
    "too_short": "`{at}` is empty",
    "tuple_type": "`{at}` must be a list, not {value}",
    "list_type": "`{at}` must be a list, not {value}",
    "bool_parsing": "`{at}` must be true or false, not {value}",
    "bool_type": "`{at}` must be true or false, not {value}",
    "int_type": "`{at}` must be a whole number, not {value}",
    "int_parsing": "`{at}` must be a whole number, not {value}",
    "int_from_float": "`{at}` must be a whole number, not {value}",
    "greater_than_equal": "`{at}` must not be below 0, but is {value}",
    "less_than_equal": "`{at}` must not be above {limit}, but is {value}",
    "model_type": "`{at}` must be an object with named fields, not {value}",
}
_LONGEST = 60
MOST_RELEVANT = 1000
"""The highest grade that is read. trec_eval makes room for every grade up to the highest there is."""


def one_or_many(value: object) -> object:
    """A text alone as a list of one."""
    return (value,) if isinstance(value, str) else value


def _whole_or_text(value: object) -> object:
    if isinstance(value, float) and not value.is_integer():
        raise Unfit(f"an id must be a text or a whole number, not {shown(value)}")
    return int(value) if isinstance(value, float) else value


Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
Texts = Annotated[tuple[Words, ...], BeforeValidator(one_or_many)]
Id = Annotated[
    str, StringConstraints(strip_whitespace=True), Field(coerce_numbers_to_str=True), BeforeValidator(_whole_or_text)
]


def explain(error: ValidationError | Unfit) -> str:
    """What is wrong with a record, as a sentence without its end: at most three findings."""
    if not isinstance(error, ValidationError):
        return str(error)
    found = list(dict.fromkeys(_sentence(each) for each in error.errors(include_url=False)))
    rest = f"; and {len(found) - 3} more in this question" if len(found) > 3 else ""
    return "; ".join(found[:3]) + rest


def _sentence(details: ErrorDetails) -> str:
    """One finding. Whatever a validator of ours says comes as it stands."""
    if details["type"] == "value_error":
        return details["msg"].removeprefix("Value error, ")
    says = _SAYS.get(details["type"], "`{at}`: {message}, not {value}")
    told = {"value": shown(details["input"]), "message": details["msg"], "limit": details.get("ctx", {}).get("le")}
    return says.format(at=_path(details["loc"]) or "it", **told)


def _path(loc: tuple[int | str, ...]) -> str:
    """("evidence", 0, "quote") as evidence[0].quote."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return "".join(steps).removeprefix(".")


def shown(value: object) -> str:
    """A value as JSON writes it, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
