"""What a web page states about itself: title, outlet, programme, date, address, recording, language.

Read in this order, for they are the less reliable the later: JSON-LD (https://schema.org/NewsArticle), Open Graph
(https://ogp.me), other meta elements, what is shown. A date is only taken where it says that it is the publication's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from ingest.formats.document import Metadata
from ingest.formats.facts import read_when
from ingest.languages import language_tag
from ingest.text import clean

_MOST_NODES = 5000
_LONGEST = 2000
_TYPES = (
    "newsarticle", "reportagenewsarticle", "article", "report", "radioepisode", "tvepisode", "podcastepisode",
    "episode", "videoobject", "audioobject", "broadcastevent", "clip", "blogposting", "webpage",
)  # fmt: skip
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "uploaddate", "date", "pubdate", "dc.date",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "publishdate", "publish-date", "publication_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "release_date",
)  # fmt: skip
_MEDIA = (
    "og:audio:secure_url", "og:audio:url", "og:audio", "og:video:secure_url", "og:video:url", "og:video",
    "twitter:player:stream",
)  # fmt: skip
_RECORDINGS = frozenset((".mp3", ".m4a", ".mp4", ".ogg", ".oga", ".opus", ".wav", ".webm", ".aac", ".m4v", ".mov"))
_PARTS = re.compile(r"\s+[|»–—-]\s+|\s*\|\s*|\s+::\s+")
_SAYS_NOTHING = frozenset(
    "transcript transcripts home homepage news index page untitled document watch listen video full read the".split()
)


def read_facts(page: Element) -> Metadata:
    """What the page states; what it does not state is None."""
    linked = _linked(page)
    meta = _meta(page)
    source = _name(linked.get("publisher")) or meta.get("og:site_name") or meta.get("application-name")
    series = _name(linked.get("partOfSeries"))
    title = _text(linked.get("headline")) or meta.get("og:title") or meta.get("twitter:title") or _shown_title(page)
    facts = Metadata(
        title=_without_site(title, source),
        source=_line(source),
        programme=series,
        url=_address(page, linked, meta),
        media_url=_recording(page, linked, meta),
        language=language_tag(page.get("lang") or "") or language_tag(meta.get("og:locale", "")),
    )
    return facts.or_else(_published(page, linked, meta)).told_by("web page")


def _meta(page: Element) -> dict[str, str]:
    """The meta elements by name or property, in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for each in page.iter("meta"):
        name = each.get("property") or each.get("name") or each.get("itemprop") or ""
        content = _line(each.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked(page: Element) -> Mapping[str, object]:
    """The JSON-LD node that describes the page's article or broadcast, an empty one where there is none."""
    scripts = (each for each in page.iter("script") if "ld+json" in (each.get("type") or ""))
    nodes = [node for script in scripts for node in _nodes(script.text or "")]
    ranked = [(_rank(node), node) for node in nodes]
    return min((each for each in ranked if each[0] < len(_TYPES)), key=lambda each: each[0], default=(0, {}))[1]


def _nodes(source: str) -> Iterator[Mapping[str, object]]:
    try:
        waiting: list[object] = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(node[:_MOST_NODES])


def _rank(node: Mapping[str, object]) -> int:
    stated = node.get("@type")
    types = stated if isinstance(stated, list) else [stated]
    return min(
        (_TYPES.index(each.lower()) for each in types if isinstance(each, str) and each.lower() in _TYPES), default=99
    )


def _text(value: object) -> str | None:
    return _line(value) if isinstance(value, str) else None


def _name(value: object) -> str | None:
    first = value[0] if isinstance(value, list) and value else value
    return _text(first.get("name")) if isinstance(first, dict) else _text(first)


def _line(value: str | None) -> str | None:
    return " ".join(clean(value).split())[:_LONGEST] or None if value else None


def _shown_title(page: Element) -> str | None:
    heads = [_line("".join(each.itertext())) for each in page.iter("h1")]
    shown = [each for each in heads if each]
    return shown[0] if len(shown) == 1 else _line(page.findtext(".//title"))


def _without_site(title: str | None, source: str | None) -> str | None:
    """The title without the site's name before or after it; None where nothing but general words is left."""
    parts = [part for part in _PARTS.split(title or "") if part]
    own = [part for part in parts if not _is_site(part, source)]
    if not own or not title:
        return None
    kept = title if len(own) == len(parts) else " – ".join(own)
    telling = [word for word in re.findall(r"\w[\w.'’]*", " ".join(own).lower()) if word not in _SAYS_NOTHING]
    return kept if telling else None


def _is_site(part: str, source: str | None) -> bool:
    same = source is not None and part.casefold() == source.casefold()
    return same or bool(re.fullmatch(r"(?:www\.)?[\w-]+\.(?:com|org|net|gov|co\.uk|[a-z]{2})", part, re.IGNORECASE))


def _published(page: Element, linked: Mapping[str, object], meta: Mapping[str, str]) -> Metadata:
    """When it was put out; of times shown without a word about what they are, the only one, if it is."""
    stated = [_text(linked.get("datePublished")), _text(linked.get("uploadDate")), *(meta.get(name) for name in _DATES)]
    marked = [
        each.get("datetime") or each.get("content")
        for each in page.iter("time", "abbr", "span")
        if each.get("pubdate") is not None or each.get("itemprop") == "datePublished"
    ]
    shown = {each.get("datetime") for each in page.iter("time")}
    read = [read_when(text) for text in (*stated, *marked, *(shown if len(shown) == 1 else ())) if text]
    return next((when for when in read if when.published), Metadata())


def _address(page: Element, linked: Mapping[str, object], meta: Mapping[str, str]) -> str | None:
    canonical = [each.get("href") for each in page.iter("link") if (each.get("rel") or "").lower() == "canonical"]
    stated = [*canonical, meta.get("og:url"), _text(linked.get("url"))]
    return next((address for address in map(_web, stated) if address), None)


def _recording(page: Element, linked: Mapping[str, object], meta: Mapping[str, str]) -> str | None:
    played = [each.get("src") for each in page.iter("audio", "source") if each.tag == "audio" or _in_player(each)]
    stated = [_text(linked.get("contentUrl")), *(meta.get(name) for name in _MEDIA), *played]
    return next((each for each in map(_web, stated) if each and _is_recording(each)), None)


def _in_player(source: Element) -> bool:
    parent = source.getparent()
    return parent is not None and parent.tag in ("audio", "video")


def _is_recording(address: str) -> bool:
    return PurePosixPath(urlsplit(address).path).suffix.lower() in _RECORDINGS


def _web(address: str | None) -> str | None:
    """The address if it is a whole one on the web."""
    if not address or len(address) > _LONGEST or not re.match(r"https?://[^\s/]+\.[^\s]+$", address.strip()):
        return None
    try:
        urlsplit(address)
    except ValueError:
        return None
    return address.strip()
