"""What a question asks for: its kind, the names in it, whose words it wants, and what it follows on from.

Puts together what `kinds`, `mentions` and `follow_up` read off it. It does not search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag.errors import QuestionError
from rag.follow_up import standalone
from rag.kinds import Kind, kind_of
from rag.mentions import LONGEST_NAME, names_in, speakers_named, wanted_in
from rag.results import Answer
from rag.stems import content_stems


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    `text` is as asked, `standalone` what is searched for: the same, with the earlier question before it when it
    leans on one. `names` are the capitalised names and `stems` the content of it; `wants` is whom a "what did X say"
    question is after, and `speakers` those of the archive's speakers that this names.
    """

    text: str
    standalone: str
    kind: Kind
    names: tuple[str, ...]
    stems: frozenset[str]
    wants: str | None = None
    speakers: tuple[str, ...] = ()

    @property
    def topic(self) -> frozenset[str]:
        """What it is about: its stems without the name of the speaker asked for, which all their words would match."""
        if not (self.wants and self.speakers):
            return self.stems
        return self.stems - content_stems(self.wants) or self.stems

    @property
    def wanted_name(self) -> str:
        """What a sentence must mention to report the words wanted: "Cook" for Tim Cook; empty when nobody is named."""
        wanted = self.wants if self.kind == "said" and self.wants else ""
        named = [name for name in self.names if name in wanted] if len(wanted.split()) <= LONGEST_NAME else []
        return max(named, key=lambda name: len(name.split())).split()[-1] if named else ""

    @property
    def follows_on(self) -> bool:
        """Whether the conversation before it was needed to understand it."""
        return self.standalone != self.text


def understand(
    text: str,
    history: Sequence[str | Answer] = (),
    *,
    speakers: Callable[[], Iterable[str]] = tuple,
    longest: int = 2000,
) -> Question:
    """Reads the question. `speakers` gives everyone who speaks in the archive and is called only when it matters.

    Raises QuestionError when the question is empty or longer than `longest` characters.
    """
    asked = " ".join(text.split())
    if not any(char.isalnum() for char in asked):
        raise QuestionError("The question is empty. Ask something in words.")
    if len(asked) > longest:
        raise QuestionError(f"The question has {len(asked):,} characters; at most {longest:,} can be asked. Cut it.")
    whole = standalone(asked, [each.question if isinstance(each, Answer) else each for each in history])
    wants = wanted_in(asked)
    named = speakers_named(wants, speakers()) if wants and len(wants.split()) <= LONGEST_NAME else ()
    return Question(asked, whole, kind_of(asked), names_in(whole), content_stems(whole), wants, named)
