"""What stands in a transcript and nobody says: stage directions, clock lines, notices of the publisher.

Only whole paragraphs are judged. A "(Laughter.)" inside a spoken line stays: what is around it is verbatim.
"""

from __future__ import annotations

import re

BREAK = "(BREAK)"
"""What parts stories in any plain text, for those who write one."""

_WORD = re.compile(r"[^\W_]")
_BRACKETED = re.compile(r"[(\[][^()\[\]]{1,200}[)\]][.…?!]*")
_CLOCK = re.compile(
    r"(?:[-–—]*\s*end\b[\s-]*)?\(?\d{1,2}:\d\d\s*[ap]\.?m\.?(?:\s+\(?[a-z]{1,5}\)?)?\)?(?:\s+end)?",
    re.IGNORECASE,
)
_END = re.compile(r"[-–—#*\s]*(?:END|ENDS|(?:END OF|End of) (?:TRANSCRIPT|transcript))[-–—#*\s.]*")
_SCENE = re.compile(r"[(\[]\s*(?:begin|end|commercial|news\s?break|sound\s?bite|video|start)\b", re.IGNORECASE)
_BREAK = re.compile(
    r"""[(\[]\s*(?:(?:begin|start|end)(?:\s+of)?\s+)?(?:(?:commercial|station|news|ad|short)?[\s-]?break
    | commercials? | advertisements?)\s*[)\]][.…?!]*""",
    re.IGNORECASE | re.VERBOSE,
)
_RULE = re.compile(r"([*#=_~•·–—-])(?:[ \t]*\1){2,}")
_NOTICE = re.compile(
    r"""this\ is\ an?\ (?:rush|uncorrected|unedited|rough)\ transcript | .{0,60}may\ not\ be\ in\ its\ final\ form
    | copyright\ (?:©|\(c\)|\d{4}) | © | npr\ transcripts\ are\ created | transcript\ provided\ by\b
    | to\ order\ (?:a\ )?(?:video|transcript) | all\ rights\ reserved
    | content\ and\ programming\ copyright""",
    re.IGNORECASE | re.VERBOSE,
)
_PLACE = re.compile(
    r"(?:aboard|en route|via|onboard)\s.{1,60}|.{0,60}\b(?:briefing room|press center|teleconference)",
    re.IGNORECASE,
)


def is_direction(paragraph: str) -> bool:
    """Whether nobody says the paragraph: "(CROSSTALK)", "7:37 P.M. EST", "###", a publisher's notice."""
    return is_unspoken(paragraph) or ends_scene(paragraph)


def is_unspoken(paragraph: str) -> bool:
    """Whether the paragraph is only a remark in brackets, music or marks: "[siren]", "♪ la la ♪", "***"."""
    music = paragraph.startswith("♪") and paragraph.endswith("♪")
    return music or bool(_BRACKETED.fullmatch(paragraph)) or not _WORD.search(paragraph)


def ends_scene(paragraph: str) -> bool:
    """Whether what follows without a label may be anybody's: after a clip, a break, the end of the talk."""
    forms = (_CLOCK.fullmatch, _END.fullmatch, _NOTICE.match, _BREAK.fullmatch)
    return any(form(paragraph) for form in forms) or (is_unspoken(paragraph) and bool(_SCENE.match(paragraph)))


def parts_stories(paragraph: str) -> bool:
    """Whether one story ends here and another begins: "(COMMERCIAL BREAK)", "[break]", "* * *", "###", "-----"."""
    return bool(_BREAK.fullmatch(paragraph) or _RULE.fullmatch(paragraph))


def is_place(line: str) -> bool:
    """Whether a header line only says where: "James S. Brady Press Briefing Room", "Via Teleconference"."""
    return bool(_PLACE.fullmatch(line))
