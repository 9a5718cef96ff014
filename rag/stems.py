"""Words to stems, the coin in which a written sentence and the words it cites are compared. English only.

Splits and stems; it knows nothing of meaning, and function words are left out where `content_stems` is asked.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CAPITALISED = re.compile(r"[A-Z]\w+(?:[ -](?:(?:of|the|and|for|on|to) )*[A-Z]\w+)+")
_LONGEST_INITIALISM = 6
_STEMMER = snowballstemmer.stemmer("english")
_STEMMING = threading.Lock()

_FUNCTION_WORDS = """
    a about above after again against all also although am among an and another any anybody anyone anything
    are around as at away back be became because become been before behind being below between both but by
    came can cannot come could despite did do does doing done down due during each either else even ever
    every everyone everything few for from further get got had has have having he hence her here hers
    herself him himself his how however i if in indeed instead into is it its itself just least less like
    made make many may me meanwhile might mine more moreover most much must my myself near nearly neither
    never nevertheless next no nobody none nor not nothing now of off often on once one only onto or other
    others otherwise ought our ours out over own per perhaps quite rather really said same say says several
    shall she should since so some somebody someone something still such than that the their theirs them
    themselves then there thereby therefore these they this those though through throughout thus to together
    told too toward towards under unless until up upon us very via was we well were what whatever when
    whenever where whereas whether which while who whoever whole whom whose why will with within without
    would yes yet you your yours yourself"""
STOPWORDS = frozenset(_FUNCTION_WORDS.split())


def words(text: str) -> tuple[str, ...]:
    """The words of the text in lower case, "'s" and other endings after an apostrophe cut off."""
    return tuple(re.split("['’]", word)[0].lower() for word in _WORD.findall(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of one lower-case word. Safe to call from any thread."""
    with _STEMMING:
        return str(_STEMMER.stemWord(word))


def stems(text: str) -> frozenset[str]:
    """The stems of all words of the text."""
    return frozenset(stem(word) for word in words(text))


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry content: no function words, no bare "say" and "said"."""
    return frozenset(stem(word) for word in words(text) if word not in STOPWORDS)


def initialisms(text: str) -> frozenset[str]:
    """What its capitalised names may be called for short, in lower case: "fcc" for "Federal Communications Commission".

    Every run of two to six capitalised words is taken, small words between them left out.
    """
    found: set[str] = set()
    for run in _CAPITALISED.findall(text):
        letters = "".join(word[0].lower() for word in run.split() if word[0].isupper())
        lengths = range(2, min(len(letters), _LONGEST_INITIALISM) + 1)
        found.update(letters[at : at + length] for length in lengths for at in range(len(letters) - length + 1))
    return frozenset(found)
