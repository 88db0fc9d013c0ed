"""The style sheets in a page and the styles of its elements → what is declared of an element."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|<!--|-->")
_RULE = re.compile(r"(?<![^{}])([^{}]*+)\{([^{}]*+)\}")
_SELECTOR = re.compile(
    r"(?:([a-zA-Z][a-zA-Z0-9]*+)|\*)?((?:\.[\w-]++)*+)(#[\w-]++)?((?:\.[\w-]++)*+)"
)
_SELECTORS = re.compile(r"(?:[^(),]++|\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)|[()])++")
"""Those of a rule: a comma in brackets, as in `:is(h4, .item)`, parts none."""
_PARTS = re.compile(r"\s*>\s*|\s+")
_MOST_PARTS, _MOST_ABOVE = 4, 12
"""Of a selector; elements above one among which another is looked for."""
_MOST_RULES = 2_000
"""Of those that may concern an element of the page: others are not kept."""
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


class _Simple(NamedTuple):
    """What a selector asks of one element."""

    element: str
    classes: frozenset[str]
    identifier: str

    def fits(self, element: HtmlElement) -> bool:
        """Whether an element is so."""
        return (
            self.element in ("", element.tag)
            and self.classes <= _classes(element)
            and self.identifier in ("", element.get("id"))
        )

    @property
    def weight(self) -> int:
        """How much it outweighs others."""
        return 100 * bool(self.identifier) + 10 * len(self.classes) + bool(self.element)


class _Rule(NamedTuple):
    weight: int
    place: int
    """Among all rules."""
    subject: _Simple
    outer: tuple[tuple[str, _Simple], ...]
    """What it must stand in, the nearest first: > its parent, a blank any above it."""
    said: Declared


@dataclass(slots=True)
class StyleSheet:
    """The rules of a page that name elements, classes and identifiers, and what these stand in."""

    names: Container[str]
    """What its elements are called, `p`, `.zw` and `#title`: rules of others say nothing."""
    rules: dict[str, list[_Rule]] = field(default_factory=lambda: defaultdict(list))
    """By the identifier, else a class, else the element that they name."""
    count: int = 0
    known: dict[HtmlElement, Declared] = field(default_factory=dict)
    alike: dict[tuple[str | None, ...], list[_Rule]] = field(default_factory=dict)
    """By element, class and identifier, the rules that fit, the weightiest last."""

    @property
    def is_cut(self) -> bool:
        """Whether there are more rules than are kept."""
        return self.count > _MOST_RULES

    def add(self, text: str) -> None:
        """Take the rules of a `<style>`; those in `@media` and the like are passed over."""
        for match in _RULE.finditer(_without_special(_COMMENT.sub(" ", text))):
            if self.is_cut:
                return
            said = declared(match[2])
            if said:
                for selector in _SELECTORS.findall(match[1]):
                    self._add(selector.strip(), said)

    def _add(self, selector: str, said: Declared) -> None:
        parts = [_simple(part) for part in _PARTS.split(selector)]
        signs = ["" if not sign.strip() else ">" for sign in _PARTS.findall(selector)]
        if len(parts) > _MOST_PARTS or not all(parts):
            return
        simple = [part for part in parts if part is not None]
        subject, outer = simple[-1], tuple(zip(reversed(signs), simple[-2::-1], strict=True))
        weight = sum(part.weight for part in simple)
        key = f"#{subject.identifier}" if subject.identifier else ""
        key = key or (f".{min(subject.classes)}" if subject.classes else subject.element)
        if key and key not in self.names:
            return
        self.count += 1
        self.rules[key].append(_Rule(weight, self.count, subject, outer, said))

    def of(self, element: HtmlElement) -> Declared:
        """All that is declared of an element, its own style over all."""
        if element not in self.known:
            self.known[element] = self._declared(element)
        return self.known[element]

    def _declared(self, element: HtmlElement) -> Declared:
        name = (element.tag, element.get("class"), element.get("id"))
        if name not in self.alike:
            self.alike[name] = self._fitting(element)
        result: Declared = {}
        for rule in self.alike[name]:
            if _stands_in(element, rule.outer):
                result |= rule.said
        return result | declared(element.get("style") or "")

    def _fitting(self, element: HtmlElement) -> list[_Rule]:
        """The rules that fit an element itself, wherever it stands."""
        named = [rule for key in ("", *names_of(element)) for rule in self.rules.get(key, ())]
        rules = [rule for rule in named if rule.subject.fits(element)]
        return sorted(rules, key=lambda rule: (rule.weight, rule.place))


def names_of(element: HtmlElement) -> list[str]:
    """What rules may call an element: `p`, `.zw`, `#title`."""
    return [
        str(element.tag),
        *(f".{name}" for name in _classes(element)),
        f"#{element.get('id') or ''}",
    ]


def _classes(element: HtmlElement) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _simple(selector: str) -> _Simple | None:
    """None where a selector asks for more than can be known here."""
    parts = _SELECTOR.fullmatch(selector)
    if parts is None or not selector:
        return None
    classes = frozenset(filter(None, (parts[2] + parts[4]).split(".")))
    return _Simple((parts[1] or "").lower(), classes, (parts[3] or "")[1:])


def _stands_in(element: HtmlElement, outer: Sequence[tuple[str, _Simple]]) -> bool:
    """Whether an element stands in what a rule asks for, not too far above it."""
    for sign, simple in outer:
        above = islice(element.iterancestors(), 1 if sign else _MOST_ABOVE)
        holder = next((each for each in above if simple.fits(each)), None)
        if holder is None:
            return False
        element = holder
    return True


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
