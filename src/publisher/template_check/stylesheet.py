"""Stylesheets of print, one of them the program's own → the lengths that the other has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publisher.diagnostics import Finding
from publisher.model import Place
from publisher.template_check import findings

_COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
_MEASURE = re.compile(
    r"(?:size|height|min-height|font-size|line-height|letter-spacing|text-indent"
    r"|margin(?:-\w+)?|padding(?:-\w+)?)"
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a stylesheet says of one property, and on which line."""

    value: str
    line: int


def measures(source: str) -> dict[tuple[str, str], Declaration]:
    """The lengths that a stylesheet sets, by selector and property."""
    text = _COMMENT.sub(_blank, source)
    # Braces of values would be taken for those of rules.
    text = _VALUE.sub(lambda match: f"⟨{match[1]}⟩", text)
    lengths: dict[tuple[str, str], Declaration] = {}
    while True:
        rules = list(_RULE.finditer(text))
        for rule in rules:
            lengths |= _declarations(rule, text)
        if not rules:  # those around them have been told too
            return lengths
        text = _RULE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    """As many lines, with nothing on them."""
    return "\n" * match[0].count("\n")


def _declarations(rule: re.Match[str], text: str) -> dict[tuple[str, str], Declaration]:
    selector = " ".join(rule[1].split())
    place = rule.start(2)
    made: dict[tuple[str, str], Declaration] = {}
    for declaration in re.finditer(r"([\w-]+)\s*:([^;]*)", rule[2]):
        if _MEASURE.fullmatch(declaration[1]):
            line = text.count("\n", 0, place + declaration.start()) + 1
            value = " ".join(declaration[2].split())
            made[selector, declaration[1]] = Declaration(value, line)
    return made


def faults(
    shipped: Mapping[tuple[str, str], Declaration],
    own: Mapping[tuple[str, str], Declaration],
    file: str,
) -> Iterator[Finding]:
    """The lengths that are others than those of the program's own stylesheet, or gone."""
    for (selector, name), declaration in shipped.items():
        there = own.get((selector, name))
        if there is None or there.value != declaration.value:
            now = f"现在是 {_shown(there.value)}" if there else "现在没有写"
            yield findings.changed_measure(
                Place(file, there.line if there else 1),
                f"{_shown(selector)} 的 {name}",
                f"原来是 {_shown(declaration.value)}，{now}",
            )


def _shown(value: str) -> str:
    return re.sub(r"⟨(.*?)⟩", r"{{\1}}", value)
