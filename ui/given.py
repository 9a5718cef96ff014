"""What was given on the command line, as settings; and JSON back. Shared by the commands."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rag.config import Settings
    from rag.filters import Filters


def settings_for(archive: Path | None, **given: str | None) -> Settings:
    """Settings with what was given on the command line on top.

    Raises typer.BadParameter naming what is wrong, and where `nli` is given with no language model to check.
    """
    from pydantic import ValidationError

    from rag.config import Settings

    chosen: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if archive is not None:
        chosen["archive"] = archive
    try:
        settings = Settings(**chosen)
    except ValidationError as error:
        first = error.errors()[0]
        name = "ONRECORD_" + "_".join(map(str, first["loc"])).upper()
        cause = f"{first['input']!r} will not do: {first['msg']}."
        raise typer.BadParameter(cause, param_hint=name) from None
    if "nli" in chosen and settings.llm is None:
        cause = "it checks what a language model writes, and none is set. Name one with --llm."
        raise typer.BadParameter(cause, param_hint="--nli")
    return settings


def check_nli(settings: Settings) -> None:
    """Tells before a page is served that the NLI model, where one is set to be used, is none. Raises ModelError."""
    if settings.nli and settings.llm:
        from rag.entails import Entails

        Entails(settings.nli).warm()


def given_filters(
    speakers: Sequence[str] | None,
    since: str | None,
    until: str | None,
    sources: Sequence[str] | None,
    *,
    anywhere: bool = False,
) -> Filters | None:
    """The filters given on the command line; None without any, NO_FILTERS when the question's own are switched off.

    Raises typer.BadParameter naming a day that is none, or what contradicts `anywhere`.
    """
    from rag.filters import NO_FILTERS, Filters

    first, last = _days(since, "--since")[0], _days(until, "--until")[1]
    given = Filters(tuple(speakers or ()), first, last, tuple(sources or ()))
    if given and anywhere:
        raise typer.BadParameter(f"contradicts: {'; '.join(given.describe())}.", param_hint="--anywhere")
    return given or (NO_FILTERS if anywhere else None)


def _days(text: str | None, option: str) -> tuple[date | None, date | None]:
    """The first and the last day of a year, a month or a day."""
    if text is None:
        return None, None
    try:
        year, month, day = [*map(int, text.strip().split("-")), 0, 0][:3]
        first = date(year, month or 1, day or 1)
        last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day. Write 2022, 2022-03 or 2022-03-31.", param_hint=option) from None
    return first, last


def print_json(value: object) -> None:
    """The value as JSON on stdout."""
    from ui.jsonout import dumps

    typer.echo(dumps(value))
