"""Records in YAML, for sets written by hand: a list of questions, or {questions: a list}.

Texts are taken as they are written: 2021-01-20, 5-0 and no are texts, not dates, numbers or truth values. A bare text
is a question. Tags, merge keys and several documents in one file are refused; aliases may stand for other parts as long
as the whole stays small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from rag.errors import QuestionSetError
from rag.evaluate.formats.files import lines, whole
from rag.evaluate.formats.place import Fault, Place, Row, Rows, Unfit

MAX_BYTES = 4 * 1024 * 1024
_MAX_SIZE = 10_000_000
_MAX_DEPTH = 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])
_QUOTED = "a text that holds ': ' or begins with a sign must stand in quotation marks"


def rows(path: Path) -> Rows:
    """The records of a YAML file; a row's place is the line it begins on. Raises QuestionSetError: it is not YAML."""
    text = _text(path)
    try:
        _Guard().watch(yaml.parse(text, Loader=_LOADER))
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise QuestionSetError(path, line, f"is not YAML: {error.problem}; {_QUOTED}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise QuestionSetError(path, line, f"is not YAML: {error.reason}") from error
    except _Refused as error:
        raise QuestionSetError(path, error.line, str(error)) from error
    for node in _questions(root):
        yield node if isinstance(node, Fault) else _row(node)


def _text(path: Path) -> str:
    """The file's text. Raises QuestionSetError when it is too large, or at a line that is no text."""
    data = whole(path, MAX_BYTES)
    for line in lines(path):
        if line.problem:
            raise QuestionSetError(path, line.number, line.problem)
    return data.decode()


class _Refused(Unfit):
    """YAML that we do not read. `line` counts from 1."""

    def __init__(self, line: int, cause: str) -> None:
        self.line = line
        super().__init__(cause)


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun: its anchor, and how large it is with all aliases written out."""

    anchor: str | None
    size: int = 1


class _Guard:
    """Watches YAML go by, before anything is made of it: no tags, one document, neither too deep nor too large."""

    def __init__(self) -> None:
        self._open = [_Open(None)]
        self._sizes: dict[str, int] = {}
        self._documents = 0

    def watch(self, events: Iterator[yaml.Event]) -> None:
        """Raises _Refused at the first thing that is not read."""
        for event in events:
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
            if self._documents > 1:
                raise _Refused(line, "a second document begins here; one list of questions is read")
            if isinstance(event, yaml.NodeEvent):
                self._node(event, line)
            elif isinstance(event, yaml.CollectionEndEvent):
                ended = self._open.pop()
                self._add(ended.anchor, ended.size, line)

    def _node(self, event: yaml.NodeEvent, line: int) -> None:
        if tag := getattr(event, "tag", None):
            raise _Refused(line, f"has the tag {tag}; tags are not read, only texts, lists and named fields")
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._sizes:
                raise _Refused(line, f"the alias *{event.anchor} stands for nothing that ended before it")
            self._add(None, self._sizes[event.anchor], line)
        elif isinstance(event, yaml.ScalarEvent):
            self._add(event.anchor, 1 + len(event.value), line)
        else:
            self._open.append(_Open(event.anchor))
            if len(self._open) > _MAX_DEPTH:
                raise _Refused(line, f"is nested more than {_MAX_DEPTH} deep")

    def _add(self, anchor: str | None, size: int, line: int) -> None:
        if anchor:
            self._sizes[anchor] = size
        self._open[-1].size += size
        if self._open[-1].size > _MAX_SIZE:
            raise _Refused(line, f"is larger than {_MAX_SIZE:,} characters with its aliases written out")


def _questions(root: yaml.Node | None) -> Iterator[yaml.Node | Fault]:
    if isinstance(root, yaml.MappingNode):
        named = {key.value: value for key, value in root.value}
        if "questions" not in named:
            yield Fault(Place(_line(root)), "a list of questions is wanted here, or `questions:` with a list under it")
            return
        root = named["questions"]
    if root is None or _is_nothing(root):
        return
    if isinstance(root, yaml.SequenceNode):
        yield from root.value
    else:
        yield Fault(Place(_line(root)), "a list of questions is wanted here, each beginning with a dash")


def _row(node: yaml.Node) -> Row | Fault:
    place = Place(_line(node))
    try:
        value = _plain(node)
    except _Refused as error:
        return Fault(Place(error.line), str(error))
    if isinstance(value, str):
        return Row(place, {"question": value})
    if isinstance(value, dict):
        return Row(place, value)
    return Fault(place, "a question is a text, or fields such as `question:` and `answers:`")


def _plain(node: yaml.Node) -> object:
    """Texts, lists, dicts and None."""
    if isinstance(node, yaml.ScalarNode):
        return None if _is_nothing(node) else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    return {_key(key): _plain(value) for key, value in node.value}


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _Refused(_line(node), "the name of a field must be a text")
    if node.value == "<<":
        raise _Refused(_line(node), "a merge key (<<) is not read; write the fields out")
    return str(node.value)


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NOTHING


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
