"""`--set KEY=VALUE` and `--columns OURS=THEIRS`: what is given on the command line, checked before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

Facts = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="A fact that holds for these transcripts whatever they say, and stays with them: title, source, "
        "programme, date, url, media_url or language. KEY= takes it back. Give it again for more.",
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar="OURS=THEIRS",
        help="For tables of transcripts (CSV, JSON lines): the column that is the text, title, date, source or url, "
        "such as text=body, where its name does not tell. Give it again for more.",
    ),
]


def given_facts(pairs: Sequence[str] | None) -> dict[str, str]:
    """The pairs as keys and values. Raises typer.BadParameter, which names the keys."""
    from ingest.metadata import KEYS, BadFact, read_given

    given = _parted(pairs, "--set", f"KEY=VALUE, such as source=BBC. The keys are: {', '.join(KEYS)}")
    try:
        read_given(given)
    except BadFact as error:
        raise typer.BadParameter(str(error), param_hint="--set") from None
    return given


def given_columns(pairs: Sequence[str] | None) -> dict[str, str]:
    """The pairs as our columns and theirs. Raises typer.BadParameter, which names our columns."""
    from ingest.formats.columns import SYNONYMS

    known = f"The columns are: {', '.join(SYNONYMS)}"
    given = _parted(pairs, "--columns", f"OURS=THEIRS, such as text=body. {known}")
    if unknown := [ours for ours in given if ours not in SYNONYMS]:
        raise typer.BadParameter(f"{unknown[0]!r} is none of ours. {known}.", param_hint="--columns")
    return given


def _parted(pairs: Sequence[str] | None, option: str, form: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs or ():
        key, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"{pair!r} is not {form}.", param_hint=option)
        if given.setdefault(key.strip(), value) != value:
            raise typer.BadParameter(f"{key.strip()} is given twice, as two different things.", param_hint=option)
    return given
