"""YAML text → plain values in which every scalar is a string, with the place of each; findings."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.diagnostics import Finding
from publisher.limits import MOST_MARKUP, MOST_NESTING, MOST_PARAGRAPH
from publisher.model import Place
from publisher.readers import findings
from publisher.readers.source import CONTROL, REPLACEMENT, SUSPICIOUS

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.nodes import Node, ScalarNode

Keys = tuple[str | int, ...]
"""Where a value stands: keys and indices from the top."""


@dataclass(slots=True)
class Values:
    """A mapping read from YAML; empty values are None."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Keys, Place] = field(default_factory=dict)
    """The place of each key and list entry, by its path."""
    start: Place = Place("")

    def place_of(self, path: Keys) -> Place:
        """The place of a path, or of the nearest thing around it that is there."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, self.start)

    def remove(self, paths: Iterable[Keys]) -> None:
        """Take out the values at `paths`, none below another; places move up with what they tell.

        All at once: to move thousands of places for each of thousands would never end.
        """
        gone = set(paths)
        indices: dict[Keys, list[int]] = {}
        for path in sorted(gone, key=repr):
            if isinstance(path[-1], int):
                insort(indices.setdefault(path[:-1], []), path[-1])
            else:
                del self.within(path[:-1])[path[-1]]
        # The deepest first: a list whose entries have moved up no longer leads to those below.
        for path, removed in sorted(indices.items(), key=lambda item: -len(item[0])):
            holder = self.within(path)
            left_out = set(removed)
            holder[:] = [value for index, value in enumerate(holder) if index not in left_out]
        self.places = {
            moved: place
            for path, place in self.places.items()
            if (moved := _moved_up(path, gone, indices)) is not None
        }

    def within(self, path: Keys) -> Any:
        """The value at `path`."""
        value: Any = self.data
        for step in path:
            value = value[step]
        return value


def _moved_up(path: Keys, gone: set[Keys], indices: Mapping[Keys, list[int]]) -> Keys | None:
    """Where a path leads once other entries are gone; None where it is gone itself."""
    moved: list[str | int] = []
    for depth, step in enumerate(path):
        if path[: depth + 1] in gone:
            return None
        before = bisect_left(indices.get(path[:depth], ()), step) if isinstance(step, int) else 0
        moved.append(step - before if isinstance(step, int) else step)
    return tuple(moved)


def read_mapping(text: str, file: str, first_line: int = 1) -> tuple[Values, list[Finding]]:
    """The mapping that `text` holds; empty, with a finding, where it is not YAML or no mapping."""
    from ruamel.yaml import YAML
    from ruamel.yaml.composer import MaxDepthExceededError
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    start = Place(file, first_line)
    if len(text) > MOST_MARKUP:
        most, advice = f"{MOST_MARKUP} 字", "请核对是否放错了内容。"
        return Values(start=start), [findings.beyond_limit(start, "此处的信息", most, advice)]
    walker = _Walker(text, file, first_line)
    try:
        yaml = YAML(typ="rt", pure=True)
        yaml.max_depth = MOST_NESTING
        yaml.composer.warn_double_anchors = False  # an alias is told below
        node = yaml.compose(text)
        data = walker.value(node, ()) if node is not None else None
    except MaxDepthExceededError as error:
        mark = error.problem_mark
        place = Place(file, first_line + mark.line, mark.column + 1)
        most, advice = f"{MOST_NESTING} 层", "请核对括号和缩进；值以 [ 或 { 开头的要加引号。"
        return Values(start=start), [findings.beyond_limit(place, "嵌套", most, advice)]
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
    return Values(data or {}, walker.places, start), walker.faults


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


_NULL = "tag:yaml.org,2002:null"
_NOTHING = ("", "~", "null", "Null", "NULL")
_FOLD = "\a "
"""What ruamel.yaml puts where it folds a line of a `>` scalar."""
_FOLD_IN_LATIN = re.compile(f"(?<=[!-~]){_FOLD}(?=[!-~])")


class _Walker:
    """Turns YAML nodes into values; remembers where they stood."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.file = file
        self.first_line = first_line
        self.places: dict[Keys, Place] = {}
        self.faults: list[Finding] = []
        self._seen: set[int] = set()

    def place(self, node: Node) -> Place:
        mark = node.start_mark
        return Place(self.file, self.first_line + mark.line, mark.column + 1)

    def value(self, node: Node, path: Keys) -> Any:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

        self.places.setdefault(path, self.place(node))
        match node:
            case ScalarNode():
                return self.scalar(node)
            case _ if id(node) in self._seen:  # an alias: a few bytes could grow without end
                self.faults.append(findings.broken_yaml(self.place(node), "不支持 & 与 * 的引用"))
            case SequenceNode():
                self._seen.add(id(node))
                return [self.value(item, (*path, n)) for n, item in enumerate(node.value)] or None
            case MappingNode():
                self._seen.add(id(node))
                return self.mapping(node, path) or None
        return None

    def scalar(self, node: ScalarNode) -> str | None:
        """The text of a scalar; None where it is empty."""
        if node.tag == _NULL and node.value in _NOTHING:  # `!!null 文字` says something
            return None
        text = self.folded(node) if node.style is None else node.value
        if node.style in (None, ">"):  # a blank between Latin words, none beside Chinese
            text = _FOLD_IN_LATIN.sub(" ", text).replace(_FOLD, "").replace("\a", "")
        place = self.place(node)
        if len(text) > MOST_PARAGRAPH:
            advice = "请核对是否放错了内容。"
            most = f"{MOST_PARAGRAPH} 字"
            self.faults.append(findings.beyond_limit(place, "一项的长度", most, advice))
            return None
        if node.style == '"':
            self.faults += self.spelled_out(node, text)
        return CONTROL.sub(REPLACEMENT, text) or None

    def spelled_out(self, node: ScalarNode, text: str) -> Iterator[Finding]:
        """Findings on characters that stand in no source, for a quoted scalar has them escaped."""
        typed = "".join(self.lines[node.start_mark.line : node.end_mark.line + 1])
        for pattern, make in SUSPICIOUS:
            for character in dict.fromkeys(pattern.findall(text)):
                if character not in typed:
                    yield make(self.place(node), character)

    def folded(self, node: ScalarNode) -> str:
        """The text of a plain scalar, its folds marked as those of a `>` scalar are."""
        start, end = node.start_mark, node.end_mark
        lines = self.lines[start.line : end.line + 1]
        if len(lines) < 2 or not all(map(str.strip, lines)):
            return str(node.value)
        lines = [lines[0][start.column :], *lines[1:-1], lines[-1][: end.column]]
        return _FOLD.join(map(str.strip, lines))

    def mapping(self, node: Node, path: Keys) -> dict[str, Any]:
        from ruamel.yaml.nodes import ScalarNode

        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):  # `标题: {{ 标题 }}` is a mapping in a mapping
                problem = "以 { 或 [ 开头的文字要加引号"
                self.faults.append(findings.broken_yaml(self.place(key_node), problem))
                continue
            key = self.scalar(key_node) or ""
            if (*path, key) in self.places:
                self.faults.append(findings.doubled_key(self.place(key_node), key))
                continue
            self.places[(*path, key)] = self.place(key_node)
            data[key] = self.value(value_node, (*path, key))
        return data
