"""Numbers with their units as they are said and written in English: "28.1 percent", "two in five", "nine hours", "5-0".

What narrows a number belongs to it ("more than 80,000", "up to 40"), and so does a range. A bare year is no number.
"""

from __future__ import annotations

from rag.typed_span import any_of, matching

ONES = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen"
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
SCALES = "hundred|thousand|million|billion|trillion|dozen"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"

_IN_WORDS = rf"(?:(?:{TENS})(?:[ -](?:{ONES}))?|(?:{ONES})|a (?=(?:{SCALES})\b))"
_IN_DIGITS = (
    r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\d|-?year-?s?\b[^-]|(?:th|st|nd|rd)\b|[a-z]{2})"
)
_SCALE = rf"(?:[ -](?:{SCALES})\b(?: and (?={_IN_WORDS}))?| ?(?:k|m|mn|bn|tn)\b)"
_NUMBER = rf"(?:\b{_IN_WORDS}\b|{_IN_DIGITS})"
VALUE = rf"[$€£]? ?{_NUMBER}(?:{_SCALE}(?: ?{_IN_WORDS}(?:{_SCALE})?){{0,6}})?(?: point {_IN_WORDS})?(?:-plus|\+)?"
_NARROWED = (
    r"(?:(?:(?:more|less|fewer|greater|higher|lower|no more) than|at (?:least|most)|up to|about|around|roughly|nearly"
    r"|almost|over|under|below|above|approximately|an estimated|some|just (?:over|under)|as (?:many|much) as"
    r"|close to) )?"
)
RANGE = rf"(?:{_NARROWED}{VALUE}(?:(?: ?[-–] ?| to | or | through )(?:\$ ?)?{VALUE})?)"

_PERCENT = r"(?: ?%| per ?cent\b| percentage points?\b)"
_FRACTION = (
    r"(?:\b(?:(?:more|less) than |about |nearly |almost |over )?"
    rf"(?:(?:(?:a|one|two|three)[ -])?(?:half|third|quarter|fifth)s?"
    rf"|(?:{ONES}|\d+) (?:in|out of)(?: every)? (?:{ONES}|{TENS}|\d+|a hundred))"
    r"\b(?! (?:of )?(?:time|one|person|year|day)\b))"
)
_MONEY = (
    r"(?: (?:(?:US|American|Australian|Canadian) )?"
    r"(?:dollars?|euros?|pounds?|cents?|pence|yen|yuan|rupees?|kroner|crowns?|kunas?|lira)\b)"
)
TIME = (
    r"(?:[ -](?:(?:more|full|straight|long|calendar|business|working) )?"
    r"(?:second|minute|hour|day|week|month|year|decade|centur(?:y|ie))s?\b)"
)
_LENGTHS = (
    "met(?:er|re)|kilomet(?:er|re)|centimet(?:er|re)|millimet(?:er|re)|mile|foot|feet|inche?|yard|acre|hectare|block"
    "|km|cm|mm|year"
)
_MEASURES = (
    rf"{_LENGTHS}|ton(?:ne)?|kilo(?:gram)?|gram|pound|ounce|lit(?:er|re)|gallon|barrel|degree|megawatt|gigawatt|watt"
    "|volt|hertz|decibel|knot|kg|kph|mph"
)
_OF = r"[ -](?:(?:square|cubic|nautical|metric|light) )?"
_A = r"(?: (?:per|an?) (?:hour|second|minute|day|year))?"
_SOME = r"\b(?:a|an|half an?|a few|several|a couple of) (?:second|minute|hour|day|week|month|year|decade)s?\b"
_NO_YEAR = r"(?! ?(?:19|20)\d\d\b(?!,\d|\.\d| [a-z]+s\b| (?:people|men|women|children)\b))"

_FRACTIONS = rf"{RANGE}{_PERCENT}|{_FRACTION}"
_SUMS = rf"{_NARROWED}[$€£] ?{VALUE}(?:(?: ?[-–] ?| to ){VALUE})?|{RANGE}{_MONEY}"
_MEASURED = rf"{RANGE}(?:{_OF}(?:{_MEASURES})s?\b{_A}|{_PERCENT})"
_PLAIN = f"{_NO_YEAR}{RANGE}"
_SCORED = rf"(?:\d{{1,3}}|{ONES})"

percents = matching(_FRACTIONS)
sums = matching(_SUMS)
durations = matching(rf"\b{YEAR} ?(?:[-–]|to|until) ?{YEAR}\b|{RANGE}{TIME}|{_SOME}")
lengths = matching(rf"{RANGE}{_OF}(?:{_LENGTHS})s?\b")
ages = matching(rf"{RANGE}[ -]years?[ -](?:old|of age)|(?:aged?|turn(?:s|ed)?|age of) {VALUE}|{RANGE}", 0.8)
scores = matching(rf"\b{_SCORED} ?(?:[-–]| to ) ?(?:{_SCORED}|nil)\b(?! ?(?:percent|%|years|million|billion))")
measured = any_of(matching(_MEASURED), matching(_SUMS, 0.6), matching(_PLAIN, 0.3))
amounts = any_of(matching(_FRACTIONS), matching(_SUMS, 0.9), matching(_MEASURED, 0.8), matching(_PLAIN, 0.4))
counts = any_of(
    matching(_PLAIN, 0.5), matching(rf"{RANGE}{TIME}", 0.3), matching(_FRACTIONS, 0.2), matching(_SUMS, 0.1)
)
