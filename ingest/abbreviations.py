"""Words that end in a stop without ending a sentence, and words that begin one. Tables only; `sentences` uses them."""

from __future__ import annotations

_TITLE_LIST = """
    Adm Ald Amb Asst Atty Brig Capt Cmdr Col Cols Comdr Cpl Dep Det Dir Dr Drs Ft Gen Gens Gov Govs Hon Insp Lt Maj
    Messrs Mlle Mme Mr Mrs Ms Msgr Mt Mx Ofc Pres Prof Profs Pvt Rep Reps Rev Sec Sen Sens Sgt St Ste Supt Treas
"""
_SHORTENED_LIST = """
    Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Ave Blvd Bros Co Corp
    Inc Ltd Jr Sr St approx dept est etc ft hr hrs in lb lbs max mi min oz sec vs yr yrs
"""
_OPENER_LIST = """
    And Are As At Because But Can Could Did Do Does For Have He Her Here His How I If In Is It It's Its Let Let's Many
    My Not Now Of Oh Okay On Our Please She So Some Thank Thanks That That's The Their Then There There's These They
    They're This Those To Was We We're We've Well Were What What's When Where Which Who Why Would Yeah Yes You Your
"""

TITLES = frozenset(_TITLE_LIST.split())
"""They stand before a name: Sen. Warren, Ft. Worth."""

WORDS_TOO = frozenset(("Dep", "Det", "Dir", "Ft", "Hon", "Rep", "Reps", "Sec", "St"))
"""Titles that, without their capital, may be something else: "wait a sec.\""""

NUMBERED = frozenset(("Art", "Arts", "Ch", "Chap", "Fig", "Figs", "No", "Nos", "Pt", "Sec", "Vol", "Vols", "pp"))
"""They stand before a number: No. 10, Vol. 3."""

SHORTENED = frozenset(_SHORTENED_LIST.split())
"""They end a sentence only where a capital follows."""

OPENERS = frozenset(_OPENER_LIST.split())
"""Words that, with a capital, begin a sentence and are no part of a name: "in the U.S. The"."""
