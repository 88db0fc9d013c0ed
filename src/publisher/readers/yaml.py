"""YAML text → plain values in which every scalar is a string, with the place of each; findings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.diagnostics import Finding
from publisher.model import Place
from publisher.readers import findings
from publisher.readers.source import CONTROL, REPLACEMENT

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.nodes import Node, ScalarNode

Path = tuple[str | int, ...]
"""Where a value stands: keys and indices from the top."""


@dataclass(slots=True)
class Values:
    """A mapping read from YAML; empty values are None."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    """The place of each key and list entry, by its path."""
    start: Place = Place("")

    def place_of(self, path: Path) -> Place:
        """The place of a path, or of the nearest thing around it that is there."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, self.start)

    def remove(self, path: Path) -> None:
        """Take out the value at `path`; the places of list entries after it move up with them."""
        *around, last = path
        holder: Any = self.data
        for step in around:
            holder = holder[step]
        del holder[last]
        if isinstance(last, int):
            self.places = {
                _moved_up(other, path): place
                for other, place in self.places.items()
                if other[: len(path)] != path
            }


def _moved_up(other: Path, removed: Path) -> Path:
    """Where `other` stands once the list entry at `removed` is gone."""
    *around, last = removed
    depth = len(around)
    if len(other) <= depth or other[:depth] != tuple(around):
        return other
    step = other[depth]
    if isinstance(step, int) and isinstance(last, int) and step > last:
        return (*around, step - 1, *other[depth + 1 :])
    return other


def read_mapping(text: str, file: str, first_line: int = 1) -> tuple[Values, list[Finding]]:
    """The mapping that `text` holds; empty, with a finding, where it is not YAML or no mapping."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    start = Place(file, first_line)
    walker = _Walker(text, file, first_line)
    try:
        node = YAML(typ="rt", pure=True).compose(text)
        data = walker.value(node, ()) if node is not None else None
    except MarkedYAMLError as error:
        unfinished = (error.context or "").startswith(("while scanning", "while parsing a flow"))
        mark = (error.context_mark if unfinished else None) or error.problem_mark
        line = mark.line if mark else 0
        place = Place(file, first_line + line, mark.column + 1 if mark else 1)
        # A wrong colon shows only where the line after it begins.
        colon = _wrong_colon(text, max(line - 1, 0), line, file, first_line)
        return Values(start=start), [colon or findings.broken_yaml(place, _problem(error))]
    # ValueError, OverflowError: a character's number, as in "\\U99999999", that there is none for.
    except (YAMLError, RecursionError, ValueError, OverflowError):
        return Values(start=start), [findings.broken_yaml(start, "无法读取")]
    if not isinstance(data, dict | None):
        colon = _wrong_colon(text, 0, text.count("\n"), file, first_line)
        problem = colon or findings.broken_yaml(start, "应为“名称: 值”的形式")
        return Values(start=start), [problem]
    return Values(data or {}, walker.places, start), walker.found


_WRONG_COLON = re.compile(r"\s*(?:- +)?[^\s:：#\"']+(?:(：)|:(?=[^\s/]))")


def _wrong_colon(text: str, first: int, last: int, file: str, first_line: int) -> Finding | None:
    """A finding at the colon after a key that is full-width or lacks its blank, if there is one."""
    for number, line in enumerate(text.split("\n")[first : last + 1], first_line + first):
        if match := _WRONG_COLON.match(line):
            problem = "冒号用了全角" if match[1] else "冒号后面没有空格"
            return findings.broken_yaml(Place(file, number, match.end()), problem)
    return None


# The beginnings of ruamel.yaml's messages that clerks meet, in their words.
_PROBLEMS = {
    "mapping values are not allowed": "一行里有两个冒号，或缩进没有对齐",
    "could not find expected ':'": "缺少冒号，或冒号后没有空格",
    "found character '\\t'": "缩进用了制表符",
    "found undefined alias": "* 后面的名称没有定义，文字请加引号",
    "found unexpected end of stream": "引号没有配对",
    "found character": "值以特殊符号开头，请加引号",
    "expected <block end>": "缩进没有对齐",
    "expected ',' or ']'": "方括号没有配对，文字请加引号",
    "expected ',' or '}'": "花括号没有配对，文字请加引号",
}


def _problem(error: MarkedYAMLError) -> str:
    problem = error.problem or ""
    return next(
        (said for start, said in _PROBLEMS.items() if problem.startswith(start)), "无法读取"
    )


_FOLD = "\a "
"""What ruamel.yaml puts where it folds a line of a `>` scalar."""
_FOLD_IN_LATIN = re.compile(f"(?<=[!-~]){_FOLD}(?=[!-~])")


class _Walker:
    """Turns YAML nodes into values; remembers where they stood."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.file = file
        self.first_line = first_line
        self.places: dict[Path, Place] = {}
        self.found: list[Finding] = []
        self._seen: set[int] = set()

    def place(self, node: Node) -> Place:
        mark = node.start_mark
        return Place(self.file, self.first_line + mark.line, mark.column + 1)

    def value(self, node: Node, path: Path) -> Any:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

        self.places.setdefault(path, self.place(node))
        match node:
            case ScalarNode():
                return self.scalar(node)
            case _ if id(node) in self._seen:  # an alias: a few bytes could grow without end
                self.found.append(findings.broken_yaml(self.place(node), "不支持 & 与 * 的引用"))
            case SequenceNode():
                self._seen.add(id(node))
                return [self.value(one, (*path, n)) for n, one in enumerate(node.value)] or None
            case MappingNode():
                self._seen.add(id(node))
                return self.mapping(node, path) or None
        return None

    def scalar(self, node: ScalarNode) -> str | None:
        """The text of a scalar; None where it is empty."""
        if node.tag == "tag:yaml.org,2002:null":
            return None
        text = self.folded(node) if node.style is None else node.value
        if node.style in (None, ">"):  # a blank between Latin words, none beside Chinese
            text = _FOLD_IN_LATIN.sub(" ", text).replace(_FOLD, "").replace("\a", "")
        # A quoted scalar can spell out in escapes what the source may not hold.
        for match in CONTROL.finditer(text):
            self.found.append(findings.control_character(self.place(node), match.group()))
        return CONTROL.sub(REPLACEMENT, text) or None

    def folded(self, node: ScalarNode) -> str:
        """The text of a plain scalar, its folds marked as those of a `>` scalar are."""
        start, end = node.start_mark, node.end_mark
        lines = self.lines[start.line : end.line + 1]
        if len(lines) < 2 or not all(map(str.strip, lines)):
            return str(node.value)
        lines = [lines[0][start.column :], *lines[1:-1], lines[-1][: end.column]]
        return _FOLD.join(map(str.strip, lines))

    def mapping(self, node: Node, path: Path) -> dict[str, Any]:
        from ruamel.yaml.nodes import ScalarNode

        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):  # `标题: {{ 标题 }}` is a mapping in a mapping
                problem = "以 { 或 [ 开头的文字要加引号"
                self.found.append(findings.broken_yaml(self.place(key_node), problem))
                continue
            key = self.scalar(key_node) or ""
            if (*path, key) in self.places:
                self.found.append(findings.doubled_key(self.place(key_node), key))
                continue
            self.places[(*path, key)] = self.place(key_node)
            data[key] = self.value(value_node, (*path, key))
        return data
