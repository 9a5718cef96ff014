"""What was given on the command line, as settings; and JSON back. Shared by the commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rag.config import Settings


def settings_for(archive: Path | None, **given: str | None) -> Settings:
    """Settings with what was given on the command line on top. Raises typer.BadParameter naming what is wrong."""
    from pydantic import ValidationError

    from rag.config import Settings

    chosen: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if archive is not None:
        chosen["archive"] = archive
    try:
        return Settings(**chosen)
    except ValidationError as error:
        first = error.errors()[0]
        name = "ONRECORD_" + "_".join(map(str, first["loc"])).upper()
        cause = f"{first['input']!r} will not do: {first['msg']}."
        raise typer.BadParameter(cause, param_hint=name) from None


def print_json(value: object) -> None:
    """The value as JSON on stdout."""
    from ui.jsonout import dumps

    typer.echo(dumps(value))
