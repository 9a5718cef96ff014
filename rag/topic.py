"""What a question is about, in its own words: its names, and the phrases left when what only asks is taken off.

"How large is the mirror of the Webb telescope?" is about the "mirror of the Webb telescope". Word lists, no model; it
takes a rare verb for a part of the topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.proper_words import WORDS
from rag.mentions import names_in
from rag.stems import STOPWORDS, content_stems, words

_LIGHT = frozenset(
    """able actual actually affect amount ask asked bad begin began best better big bigger biggest call called cause
    caused causes change changed common compare compared cost costs current currently day different difference
    differences effect effects end ended ever exactly example examples fact facts find first found give given going
    good happen happened happening happens help impact important information interested interesting kind kinds know
    known large largest last later latest learn left likely long lot main major mean means number often okay ok ask
    people person place plan planning plans possible purpose put reason reasons role set show showed start started
    starts take taken talk talked tell thing things think thought time times today took total type types typical
    typically use used uses using want wanted way ways week work worked working works year years""".split()
)
_TOKEN = re.compile(r"[\w$£€](?:[\w’'%-]|[.,/](?=\w))*")
_GAP = re.compile(r"(?:['’]s)? ?(?:(?:of|the|in|on|for|to|at|with|from|by|and|over|under|a|an) ){0,2}-?")
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"\d{3,}|(?=\D*\d)(?=\d*[^\W\d_])\w+")
_MOST = 6


def names_of(text: str) -> tuple[str, ...]:
    """The names in it, those in small letters too where they are known names or codes, "g7" or "737"."""
    known = (word for word in _WORD.findall(text) if word.lower() in WORDS or _CODE.fullmatch(word))
    capitalised = names_in(text)
    held = set(words(" ".join(capitalised)))
    return (*capitalised, *dict.fromkeys(word for word in known if word.lower() not in held))


def phrases_of(text: str) -> tuple[str, ...]:
    """What the text is about, in phrases as they stand in it; all its content where that leaves nothing."""
    return _runs(text, _LIGHT) or _runs(text, frozenset())


def _runs(text: str, light: frozenset[str]) -> tuple[str, ...]:
    """Words of content with nothing but small words between them, each run verbatim."""
    runs: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        if not _carries(match.group(), light):
            continue
        gap = text[runs[-1][1] : match.start()] if runs else ""
        if runs and (_GAP.fullmatch(gap) or (gap == ", " and match.group().isdigit())):
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append((match.start(), match.end()))
    return tuple(re.sub(r"['’]s$", "", text[start:end]) for start, end in runs)


def _carries(word: str, light: frozenset[str]) -> bool:
    return word == "May" or any(part not in STOPWORDS and part not in light for part in words(word))


def without(phrases: Iterable[str], text: str) -> tuple[str, ...]:
    """The phrases that add a word of content to the text and to those before them, the first few."""
    held, kept = set(content_stems(text)), list[str]()
    for phrase in phrases:
        if content_stems(phrase) - held:
            kept.append(phrase)
            held |= content_stems(phrase)
    return tuple(kept[:_MOST])


def joined(question: str, phrases: Sequence[str]) -> str:
    """The question with what it is about behind it: "How long is its border? (Finland; NATO)"."""
    return f"{question} ({'; '.join(phrases)})" if phrases else question
