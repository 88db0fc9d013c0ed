"""The style sheets in a page and the styles of its elements → what is declared of an element."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|<!--|-->")
_RULE = re.compile(r"([^{}]*+)\{([^{}]*+)\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*+)?((?:\.[\w-]++)*+)(#[\w-]++)?((?:\.[\w-]++)*+)")
_MOST_RULES = 20_000
_SPECIAL = re.compile(r"@[^{};]*+")
_BRACE = re.compile("[{}]")

Declared = dict[str, str]
"""Properties, in small letters, and their values."""


def declared(style: str) -> Declared:
    """What a `style` attribute says, the last of equal names."""
    pairs = (part.partition(":") for part in style.replace("&quot;", '"').split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip()
        for name, colon, value in pairs
        if colon and value.strip()
    }


class _Rule(NamedTuple):
    weight: int
    place: int
    """Among all rules."""
    element: str
    classes: frozenset[str]
    said: Declared


@dataclass(slots=True)
class StyleSheet:
    """The rules of a page that name elements, classes and identifiers alone."""

    rules: dict[str, list[_Rule]] = field(default_factory=lambda: defaultdict(list))
    """By the identifier, else a class, else the element that they name."""
    count: int = 0

    def add(self, text: str) -> None:
        """Take the rules of a `<style>`; those in `@media` and the like are passed over."""
        for match in _RULE.finditer(_without_special(_COMMENT.sub(" ", text))):
            if self.count > _MOST_RULES:
                return
            said = declared(match[2])
            if said:
                for selector in match[1].split(","):
                    self._add(selector.strip(), said)

    def _add(self, selector: str, said: Declared) -> None:
        parts = _SELECTOR.fullmatch(selector)
        if not selector or parts is None:
            return
        classes = frozenset(filter(None, (parts[2] + parts[4]).split(".")))
        element, identifier = parts[1] or "", parts[3] or ""
        self.count += 1
        weight = 100 * bool(identifier) + 10 * len(classes) + bool(element)
        key = identifier or (f".{min(classes)}" if classes else element)
        self.rules[key].append(_Rule(weight, self.count, element, classes, said))

    def of(self, element: HtmlElement) -> Declared:
        """All that is declared of an element, the weightiest last, its own style over all."""
        classes = frozenset((element.get("class") or "").split())
        keys = [element.tag, *(f".{name}" for name in classes), f"#{element.get('id') or ''}"]
        rules = [
            rule
            for key in keys
            for rule in self.rules.get(key, ())
            if rule.element in ("", element.tag) and rule.classes <= classes
        ]
        result: Declared = {}
        for rule in sorted(rules, key=lambda rule: (rule.weight, rule.place)):
            result |= rule.said
        return result | declared(element.get("style") or "")


def _without_special(text: str) -> str:
    """Rules without those that begin with @, and all that stands in them."""
    kept, position = [], 0
    for match in _SPECIAL.finditer(text):
        if match.start() < position:
            continue
        kept.append(text[position : match.start()])
        position = _end_of_block(text, match.end())
    return "".join([*kept, text[position:]])


def _end_of_block(text: str, position: int) -> int:
    """Where the braces that open at a position are closed; behind a semicolon where none do."""
    if text[position : position + 1] != "{":
        return position + 1
    depth = 0
    for brace in _BRACE.finditer(text, position):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return brace.end()
    return len(text)
