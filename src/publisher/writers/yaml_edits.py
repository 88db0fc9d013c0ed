"""YAML as its author typed it, what it says and what it is to say → the same with that changed.

Comments, quotes, the order of keys and all lines of what stays are kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from publisher.writers.yaml import Data, in_line, item, keyed, lines_of, scalar

if TYPE_CHECKING:
    from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


class NotInPlaceError(ValueError):
    """What is to change does not stand where it could be changed."""


def edited_yaml(text: str, old: Mapping[str, Data], new: Mapping[str, Data]) -> str:
    """A mapping that says `old`, changed so that it says `new`; NotInPlaceError."""
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import MappingNode

    if old == new:
        return text
    node = YAML(typ="rt", pure=True).compose(text)
    if node is None:
        above = text if not text or text.endswith("\n") else f"{text}\n"
        return above + "".join(f"{line}\n" for line in lines_of(new))
    if not isinstance(node, MappingNode):
        raise NotInPlaceError
    editor = _Editor(text)
    editor.mapping(node, old, new)
    return editor.result()


@dataclass(slots=True)
class _Editor:
    """Collects what takes the place of what."""

    text: str
    cuts: list[tuple[int, int, str]] = field(default_factory=list)

    def result(self) -> str:
        """The text with all changes."""
        made, at = [], 0
        for start, end, words in sorted(self.cuts, key=lambda cut: cut[:2]):
            if start < at:
                raise NotInPlaceError
            made += [self.text[at:start], words]
            at = end
        return "".join([*made, self.text[at:]])

    # -- mappings -------------------------------------------------------------------------

    def mapping(self, node: MappingNode, old: Mapping[Any, Data], new: Mapping[Any, Data]) -> None:
        """Change what differs between the mappings."""
        pairs = {key.value: (key, value) for key, value in node.value}
        differing = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        if node.flow_style and any(str(key) not in pairs or key not in new for key in differing):
            self._replace(node, in_line(dict(new)))
            return
        for key in differing:
            if key not in new:
                self._remove_key(node, *self._pair(pairs, key))
            elif str(key) in pairs:
                self._value(*pairs[str(key)], old.get(key, ""), new[key], in_flow=node.flow_style)
        self._add_keys(node, pairs, [key for key in differing if str(key) not in pairs], new)

    @staticmethod
    def _pair(pairs: Mapping[str, tuple[Node, Node]], key: object) -> tuple[Node, Node]:
        if str(key) not in pairs:
            raise NotInPlaceError
        return pairs[str(key)]

    def _add_keys(
        self,
        node: MappingNode,
        pairs: Mapping[str, tuple[Node, Node]],
        added: Sequence[Any],
        new: Mapping[Any, Data],
    ) -> None:
        order = [str(key) for key in new]
        indent = " " * node.start_mark.column
        for key in added:
            lines = "".join(f"{indent}{line}\n" for line in keyed(str(key), new[key]))
            before = [name for name in order[: order.index(str(key))] if name in pairs]
            if before:
                self._insert_below(self._end(pairs[before[-1]][1], pairs[before[-1]][0]), lines)
            else:
                at = node.start_mark.index
                self.cuts.append((at, at, lines[len(indent) :] + indent))

    def _remove_key(self, node: MappingNode, key: Node, value: Node) -> None:
        start = self._line_start(key.start_mark.index)
        if self.text[start : key.start_mark.index].strip():  # behind the hyphen of an entry
            raise NotInPlaceError
        self.cuts.append((start, self._line_end(self._end(value, key)), ""))

    # -- values ---------------------------------------------------------------------------

    def _value(self, key: Node, node: Node, old: Data, new: Data, *, in_flow: bool) -> None:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

        match node, old, new:
            case MappingNode(), Mapping(), Mapping() if new:
                self.mapping(node, old, new)
            case SequenceNode(), list(), list() if new and not node.flow_style:
                self._sequence(node, old, new)
            case ScalarNode(), _, str() if "\n" not in new and node.style not in ("|", ">"):
                self._scalar(key, node, new, in_flow=in_flow)
            case _ if _in_brackets(node) and node.value and not isinstance(new, str):
                self._replace(node, in_line(new))
            case _:
                self._whole(key, node, new, in_flow=in_flow)

    def _scalar(self, key: Node, node: ScalarNode, new: str, *, in_flow: bool) -> None:
        words = scalar(new, in_brackets=in_flow)
        if node.style == "'" and words != "" and new.isprintable():
            words = "'" + new.replace("'", "''") + "'"
        elif node.style == '"':
            words = json.dumps(new, ensure_ascii=False)
        if node.start_mark.index == node.end_mark.index:  # nothing stands behind the colon
            at = self.text.index(":", key.end_mark.index) + 1
            self.cuts.append((at, at, f" {words}"))
        else:
            self._replace(node, words)

    def _whole(self, key: Node, node: Node, new: Data, *, in_flow: bool) -> None:
        """The key and its value anew."""
        if in_flow:
            self._replace(node, in_line(new))
            return
        first, *behind = keyed(key.value, new)
        indent = " " * key.start_mark.column
        at = self.text.index(":", key.end_mark.index)
        words = "".join(f"\n{indent}{line}" for line in behind)
        value = first.partition(f"{scalar(key.value)}:")[2]
        self.cuts.append((at + 1, self._end(node, key), value + words))

    def _replace(self, node: Node, words: str) -> None:
        self.cuts.append((node.start_mark.index, node.end_mark.index, words))

    # -- lists ----------------------------------------------------------------------------

    def _sequence(self, node: SequenceNode, old: Sequence[Data], new: Sequence[Data]) -> None:
        if len(node.value) != len(old):
            raise NotInPlaceError
        names = [[_name_of(each) for each in side] for side in (old, new)]
        for kind, i, j, k, m in SequenceMatcher(
            None, names[0], names[1], autojunk=False
        ).get_opcodes():
            if kind == "equal" or (j - i == m - k and kind == "replace"):
                for at, to in zip(range(i, j), range(k, m), strict=True):
                    self._entry(node.value[at], old[at], new[to])
                continue
            for at in range(i, j):
                start = self._line_start(node.value[at].start_mark.index)
                self.cuts.append((start, self._line_end(self._end(node.value[at])), ""))
            if m > k:
                self._add_entries(node, i, j, old, new[k:m])

    def _add_entries(
        self, node: SequenceNode, before: int, behind: int, old: Sequence[Data], new: Sequence[Data]
    ) -> None:
        """Entries below those that stand before; one that was moved as its author typed it."""
        indent = " " * node.start_mark.column
        typed = {json.dumps(each): n for n, each in enumerate(old)}
        lines = ""
        for each in new:
            at = typed.get(json.dumps(each))
            if at is not None:
                start = self._line_start(node.value[at].start_mark.index)
                lines += self.text[start : self._line_end(self._end(node.value[at]))]
            else:
                lines += "".join(f"{indent}{line}\n" for line in item(each))
        if behind:
            self._insert_below(self._end(node.value[behind - 1]), lines)
        else:
            at = self._line_start(node.value[before].start_mark.index)
            self.cuts.append((at, at, lines))

    def _entry(self, node: Node, old: Data, new: Data) -> None:
        from ruamel.yaml.nodes import MappingNode

        if old == new:
            return
        match node, old, new:
            case MappingNode(), Mapping(), Mapping():
                self.mapping(node, old, new)
            case _:
                words = scalar(new) if isinstance(new, str) else in_line(new)
                self._replace(node, words)

    # -- where things stand ---------------------------------------------------------------

    def _end(self, node: Node, key: Node | None = None) -> int:
        """Where the last character of a value stands; of the key's colon where it has none."""
        from ruamel.yaml.nodes import ScalarNode

        if not isinstance(node, ScalarNode) and not _in_brackets(node) and node.value:
            last = node.value[-1]
            return self._end(last[1], last[0]) if isinstance(last, tuple) else self._end(last)
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if start == end and key is not None:
            return self.text.index(":", key.end_mark.index) + 1
        if getattr(node, "style", None) in ("|", ">"):
            end = self._end_of_lines(start, end)
        return start + len(self.text[start:end].rstrip())

    def _end_of_lines(self, start: int, end: int) -> int:
        """Where lines that a sign begins end: at one that is set in less, as a comment may be."""
        first, *lines = self.text[start:end].splitlines(keepends=True)
        indent = next((len(line) - len(line.lstrip()) for line in lines if line.strip()), 0)
        at = start + len(first)
        for line in lines:
            if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
                break
            at += len(line)
        return at

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _insert_below(self, at: int, lines: str) -> None:
        end = self._line_end(at)
        is_open = end == len(self.text) and not self.text.endswith("\n")
        self.cuts.append((end, end, "\n" + lines.rstrip("\n") if is_open else lines))


def _in_brackets(node: Node) -> bool:
    return bool(getattr(node, "flow_style", False))


def _name_of(value: Data) -> str:
    """By what an entry is known: its file or name."""
    if isinstance(value, Mapping):
        named = value.get("文件") or value.get("名称")  # type: ignore[call-overload]
        return str(named)
    return json.dumps(value)
