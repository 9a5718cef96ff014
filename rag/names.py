"""The capitalised names in an English sentence, and whether a source knows them: by spelling, not by meaning.

"China" covers "Chinese", "Federal Communications Commission" covers "FCC" and the reverse, "US" covers
"American".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.stems import STOPWORDS, stem, words

_NAME = r"(?<!\w)[^\W\d_a-zß-öø-ÿ][\w’'&-]*"
_JOINT = r"(?:\s+(?:of|for|the|de|da|van|von|bin|al)){0,2}\s+"
_RUN = re.compile(rf"{_NAME}(?:(?:\s+|{_JOINT}){_NAME})*")
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[A-Z])\w+(?:-\w+)*\b")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
REPORTING = (
    "said|says|say|told|tells|adds|added|argued|argues|claimed|claims|warned|warns|denied|denies|announced|explained"
)
_REPORTS = re.compile(rf"(?:{REPORTING})\b")

_SAME_PLACE = (
    frozenset({"us", "usa", "america", "american", "americans", "united states"}),
    frozenset({"uk", "britain", "british", "united kingdom"}),
    frozenset({"eu", "european union"}),
    frozenset({"netherlands", "dutch"}),
    frozenset({"france", "french"}),
    frozenset({"spain", "spanish"}),
    frozenset({"finland", "finnish", "finns"}),
    frozenset({"ireland", "irish"}),
    frozenset({"poland", "polish"}),
    frozenset({"greece", "greek"}),
    frozenset({"denmark", "danish"}),
    frozenset({"norway", "norwegian"}),
    frozenset({"switzerland", "swiss"}),
)
_DEMONYMS = frozenset(
    {
        ("a", "ese"),
        ("a", "ian"),
        ("", "n"),
        ("", "an"),
        ("", "ian"),
        ("", "ese"),
        ("y", "ian"),
        ("e", "ean"),
        ("", "s"),
    }
    | {
        ("en", "ish"),
        ("ey", "ish"),
        ("and", "ish"),
        ("land", ""),
        ("", "i"),
        ("y", "ies"),
        ("mark", "ish"),
        ("", "ns"),
    }
)
_UNALIKE = frozenset({"niger", "guinea", "congo"})
_SHORTEST_ROOT = 4
_UNCHECKED = STOPWORDS | {"mr", "mrs", "ms", "dr"}


def undotted(text: str) -> str:
    """ "U.S." as "US", so that both spellings compare."""
    return _DOTTED.sub(lambda match: match.group().replace(".", ""), text)


def names(sentence: str) -> tuple[str, ...]:
    """Runs of capitalised words ("Federal Communications Commission") and codes ("P20"), in order.

    The sentence's first word is taken for a name only when it owns or reports something ("Trump's …",
    "Trump said …") or is written in capitals ("ZTE"); a plain first word is capitalised anyway.
    """
    text = undotted(sentence)
    runs = [part for match in _RUN.finditer(text) for part in _without_opening(match, text)]
    codes = [match.group() for match in _CODE.finditer(text) if not any(match.group() in run for run in runs)]
    return tuple(run for run in dict.fromkeys([*runs, *codes]) if _name_words(run))


def unknown_names(claimed: Iterable[str], source: str) -> tuple[str, ...]:
    """Those names whose words do not all occur in the source, in one of their forms."""
    plain = undotted(source)
    return tuple(name for name in claimed if not _is_known(name, plain))


def _without_opening(match: re.Match[str], text: str) -> tuple[str, ...]:
    if not _opens_sentence(text, match.start()):
        return (match.group(),)
    first, _, rest = match.group().partition(" ")
    if _is_name_at_start(first, text[match.start() + len(first) :].lstrip(" ,")):
        return (match.group(),)
    return (rest,) if _name_words(rest) else ()


def _opens_sentence(text: str, start: int) -> bool:
    return not re.search(r"\w", text[:start])


def _is_name_at_start(first: str, following: str) -> bool:
    if not _name_words(first):
        return False
    owns = re.search(r"['’]s?$", first)
    return bool(owns or _REPORTS.match(following)) or (first.isupper() and len(first) > 1)


def _name_words(name: str) -> list[str]:
    """Its words in lower case; "us" is a pronoun, "US" is not."""
    return [
        low
        for part in name.split()
        for low in words(part)
        if (part.isupper() and len(part) > 1) or low not in _UNCHECKED
    ]


def _is_known(name: str, source: str) -> bool:
    source_words = set(_name_words(source)) | set(words(source)) - STOPWORDS
    parts = _name_words(name)
    if all(_word_known(word, source_words) for word in parts):
        return True
    return _alias_known(name, source) or _initials_known(name, parts, source, source_words)


def _word_known(word: str, source_words: set[str]) -> bool:
    if word in source_words or (word not in STOPWORDS and stem(word) in map(stem, source_words)):
        return True
    return any(_same_root(word, other) or _same_root(other, word) for other in source_words)


def _same_root(base: str, derived: str) -> bool:
    root = 0
    while root < min(len(base), len(derived)) and base[root] == derived[root]:
        root += 1
    if root < _SHORTEST_ROOT or base in _UNALIKE:
        return False
    return (base[root:], derived[root:]) in _DEMONYMS


def _alias_known(name: str, source: str) -> bool:
    low, around = " ".join(words(name)), f" {' '.join(_name_words(source))} "
    return any(low in group and any(f" {other} " in around for other in group) for group in _SAME_PLACE)


def _initials_known(name: str, parts: list[str], source: str, source_words: set[str]) -> bool:
    if len(parts) > 1:
        return "".join(part[0] for part in parts) in source_words
    return name.isupper() and any(name in _initials(match.group()) for match in _RUN.finditer(source))


def _initials(run: str) -> str:
    return "".join(word[0] for word in run.split() if word[0].isupper())
