"""How many transcripts an archive has of each month, by source, as an SVG of our own and as a table. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ui.asker import Listed
from ui.escape import isolated, plain

WIDTH, HEIGHT = 720, 120
_SERIES = 5
_MOST_BARS = 60
_OTHERS, _NONE = "Other sources", "No source"


def plot(entries: Sequence[Listed]) -> str:
    """Bars by month, or by year where there are too many months; empty where fewer than two are dated."""
    dated = [entry for entry in entries if entry.published]
    if len(dated) < 2:
        return ""
    steps, unit = _steps(sorted(entry.published for entry in dated if entry.published))
    names = _names(dated)
    counts = Counter((_step(entry.published, unit), _series(entry, names)) for entry in dated if entry.published)
    shown = [name for name in (*names, _OTHERS) if any(counts[step, name] for step in steps)]
    title = f"Transcripts by {unit}"
    return (
        f'<figure class="shape"><figcaption>{title}</figcaption>{_svg(steps, shown, counts, title)}'
        f"{_legend(shown)}{_table(steps, shown, counts, unit)}</figure>"
    )


def _steps(days: Sequence[date]) -> tuple[list[str], str]:
    first, last = days[0], days[-1]
    months = [f"{at // 12}-{at % 12 + 1:02}" for at in range(_month(first), _month(last) + 1)]
    if len(months) <= _MOST_BARS:
        return months, "month"
    return [f"{year}" for year in range(first.year, last.year + 1)], "year"


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _step(day: date | None, unit: str) -> str:
    return (f"{day.year}-{day.month:02}" if unit == "month" else f"{day.year}") if day else ""


def _names(entries: Iterable[Listed]) -> list[str]:
    """The sources that get a colour of their own."""
    return [name for name, _ in Counter(entry.source or _NONE for entry in entries).most_common(_SERIES)]


def _series(entry: Listed, names: Sequence[str]) -> str:
    name = entry.source or _NONE
    return name if name in names else _OTHERS


def _svg(steps: Sequence[str], shown: Sequence[str], counts: Mapping[tuple[str, str], int], title: str) -> str:
    most = max(sum(counts.get((step, name), 0) for name in shown) for step in steps)
    wide = WIDTH / len(steps)
    bars = []
    for at, step in enumerate(steps):
        under = 0.0
        for series, name in enumerate(shown):
            tall = HEIGHT * counts.get((step, name), 0) / most
            under += tall
            if tall:
                place = f'x="{at * wide:.1f}" y="{HEIGHT - under:.1f}" width="{max(1.0, wide - 1.5):.1f}"'
                bars.append(f'<rect class="series-{series}" {place} height="{tall:.1f}"/>')
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}, {steps[0]} to {steps[-1]}; the most in '
        f'one: {most}. The numbers are in the table below." preserveAspectRatio="none">{"".join(bars)}</svg>'
        f'<p class="axis"><span>{steps[0]}</span><span>{steps[-1]}</span></p>'
    )


def _legend(shown: Sequence[str]) -> str:
    items = (f'<li><span class="key series-{at}"></span>{isolated(name)}</li>' for at, name in enumerate(shown))
    return f'<ul class="legend">{"".join(items)}</ul>'


def _table(steps: Sequence[str], shown: Sequence[str], counts: Mapping[tuple[str, str], int], unit: str) -> str:
    heads = "".join(f'<th scope="col">{plain(name)}</th>' for name in shown)
    rows = "".join(
        f'<tr><th scope="row">{step}</th>{"".join(f"<td>{counts.get((step, name), 0)}</td>" for name in shown)}</tr>'
        for step in steps
        if any(counts.get((step, name), 0) for name in shown)
    )
    box = f'<div class="table" tabindex="0" role="region" aria-label="Transcripts by {unit} and source">'
    head = f'<tr><th scope="col">{unit.capitalize()}</th>{heads}</tr>'
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    return f"<details><summary>As a table</summary>{box}{table}</div></details>"
