"""Why a search found what it found, as HTML: what was looked for, through what, and what each passage scored. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from rag.explain import Explained, ExplainedHit
from ui.cards import day_and_source
from ui.escape import isolated, plain

SHOWN = 8
_TERMS = 6
_PARTS = {
    "from_words": "words",
    "from_vectors": "meaning",
    "from_phrase": "quoted phrase",
    "from_time": "time",
    "from_reader": "reading",
}


def why(found: Explained) -> str:
    """The search looked into; each passage with what gave it its place."""
    searched = "".join(f'<li><q dir="auto">{plain(each)}</q></li>' for each in found.searched)
    through = f"<p>Looked only at: {plain('; '.join(found.filters.describe()))}.</p>" if found.filters else ""
    rows = "".join(_row(each) for each in found.hits[:SHOWN])
    box = '<div class="table" tabindex="0" role="region" aria-label="What each passage scored">'
    heads = "".join(f'<th scope="col">{each}</th>' for each in ("Passage", "Score", "Made of", "Terms in it"))
    return (
        f'<p>Searched for:</p><ul class="searched">{searched}</ul>{through}'
        f"{box}<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(each: ExplainedHit) -> str:
    hit = each.hit
    where = day_and_source(hit.source, hit.published)
    title = f"<cite>{isolated(hit.title)}</cite>" if hit.title else ""
    return (
        f'<tr><th scope="row">{title} {where}</th><td>{hit.score:.2f}</td>'
        f"<td>{plain(_parts(hit.parts))}</td><td>{_terms(each.terms)}</td></tr>"
    )


def _parts(parts: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {parts[key]:.2f}" for key, name in _PARTS.items() if key in parts)


def _terms(terms: Mapping[str, float]) -> str:
    return ", ".join(isolated(term) for term in list(terms)[:_TERMS])
