"""YAML text → plain values in which every scalar is a string, with the place of each; findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.diagnostics import Finding
from publisher.model import Place
from publisher.readers import findings

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.nodes import Node

Path = tuple[str | int, ...]
"""Where a value stands: keys and indices from the top."""


@dataclass(slots=True)
class Values:
    """A mapping read from YAML; empty values are left out, as if their keys were not there."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    """The place of each key and list entry, by its path."""
    start: Place = Place("")

    def place_of(self, path: Path) -> Place:
        """The place of a path, or of the nearest thing around it that is there."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, self.start)


def read_mapping(text: str, file: str, first_line: int = 1) -> tuple[Values, list[Finding]]:
    """The mapping that `text` holds; empty, with a finding, where it is not YAML or no mapping."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    start = Place(file, first_line)
    try:
        node = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, first_line + mark.line, mark.column + 1) if mark else start
        return Values(start=start), [findings.broken_yaml(place, _problem(error))]
    except (YAMLError, RecursionError):
        return Values(start=start), [findings.broken_yaml(start, "无法读取")]
    walker = _Walker(file, first_line)
    data = walker.value(node, ()) if node is not None else {}
    if not isinstance(data, dict):
        return Values(start=start), [findings.broken_yaml(start, "应为“名称: 值”的形式")]
    return Values(data, walker.places, start), walker.found


# The beginnings of ruamel.yaml's messages that clerks meet, in their words.
_PROBLEMS = {
    "mapping values are not allowed": "一行里有两个冒号",
    "could not find expected ':'": "缺少冒号，或冒号后没有空格",
    "found character '\\t'": "缩进用了制表符",
    "found undefined alias": "* 后面的名称没有定义，文字请加引号",
    "found unexpected end of stream": "引号没有配对",
    "found character": "值以特殊符号开头，请加引号",
    "expected <block end>": "缩进没有对齐",
}


def _problem(error: MarkedYAMLError) -> str:
    problem = error.problem or ""
    return next(
        (said for start, said in _PROBLEMS.items() if problem.startswith(start)), "无法读取"
    )


class _Walker:
    """Turns YAML nodes into values; remembers where they stood."""

    def __init__(self, file: str, first_line: int) -> None:
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
                return node.value
            case _ if id(node) in self._seen:  # an alias: a few bytes could grow without end
                self.found.append(findings.broken_yaml(self.place(node), "不支持 & 与 * 的引用"))
                return ""
            case SequenceNode():
                self._seen.add(id(node))
                return [self.value(child, (*path, n)) for n, child in enumerate(node.value)]
            case MappingNode():
                self._seen.add(id(node))
                return self.mapping(node, path)
        return ""

    def mapping(self, node: Node, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if (*path, key) in self.places:
                self.found.append(findings.doubled_key(self.place(key_node), key))
                continue
            self.places[(*path, key)] = self.place(key_node)
            value = self.value(value_node, (*path, key))
            if value not in ("", [], {}):
                data[key] = value
        return data
