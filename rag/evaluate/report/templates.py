"""The page's template with its style and script. All text that goes in is escaped, and its hidden characters show."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from ingest.clock import format_clock
from rag.evaluate.report.misses import MISSES
from rag.evaluate.report.shown import counted, milliseconds, share, visible
from rag.evaluate.report.survey import SHOWN
from rag.evaluate.tally import NO_KIND, OTHER_KINDS


def page_template() -> Template:
    """report.html.j2, ready to be given the report's parts."""
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_asset),
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= _inline("style", "report.css") | _inline("script", "report.js")
    environment.globals |= {"MISSES": MISSES, "SHOWN": SHOWN, "NO_KIND": NO_KIND, "OTHER_KINDS": OTHER_KINDS}
    environment.filters |= {"ms": milliseconds, "share": share, "counted": counted, "clock": _clock}
    return environment.get_template("report.html.j2")


def _inline(name: str, asset: str) -> dict[str, str]:
    """A file of ours to stand in the page, and its hash, by which the page's policy lets it and nothing else."""
    text = _asset(asset)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {name: Markup(text), f"{name}_hash": f"sha256-{digest}"}  # noqa: S704


def _finalized(value: Any) -> Any:  # noqa: ANN401
    """What every expression in a template goes through: text becomes plain to see, our own markup stays."""
    return value if hasattr(value, "__html__") else visible(value)


def _clock(start_ms: int, interpolated: bool) -> str:
    return format_clock(start_ms, interpolated=interpolated)


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
