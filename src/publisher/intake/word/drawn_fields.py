"""The mark of a field that has no result → the words that its program draws: ③, 2/3, ☑."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from publisher.intake.word import counting, symbols
from publisher.intake.word.names import W, value
from publisher.words.numerals import value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST, _MOST_CHARACTERS = 20, 500
"""Runs and characters that such an instruction takes."""
_EQUATION = re.compile(r"\s*EQ\s+(?:\\\*\s*(?:\"[^\"]*\"|\S+)\s*)*(.*)", re.IGNORECASE | re.DOTALL)
_ENCLOSED = re.compile(
    r"\s*EQ\s*\\o\s*\\a[clr]\s*\(\s*(\S)\s*[,，]\s*(\S{1,3}?)\s*\)\s*", re.IGNORECASE
)
_CIRCLES = "○〇◯"
_SYMBOL = re.compile(
    r"\s*SYMBOL\s+(?:([0-9]{1,7})|0x([0-9a-f]{1,6}))\b(?:.*\\f\s*\"?([^\"\\]+))?.*",
    re.IGNORECASE | re.DOTALL,
)
_COMMAND = re.compile(r"\\([a-z])\s*((?:\\[a-z]+\s*[0-9]*\s*)*)\(", re.IGNORECASE)


def drawn(begin: _Element) -> str:
    """What the field behind a mark draws; empty where that is nothing, or stands in the text."""
    instruction = _instruction(begin)
    if match := _SYMBOL.fullmatch(instruction):
        return _symbol(*match.groups())
    if match := _ENCLOSED.fullmatch(instruction):
        return _enclosed(*match.groups())
    match = _EQUATION.fullmatch(instruction)
    return _in_line(match[1]).strip() if match else ""


def is_plain(instruction: str) -> bool:
    """Whether of what an instruction draws nothing is to be told: a character in a circle."""
    return bool(_ENCLOSED.fullmatch(instruction))


def _instruction(begin: _Element) -> str:
    """What the runs behind a mark tell a field, as far as its end; empty where it has a result."""
    run = begin.getparent()
    words = ""
    is_result = False
    for number, sibling in enumerate(() if run is None else run.itersiblings()):
        kinds = {value(mark, attribute="fldCharType") for mark in sibling.iter(f"{W}fldChar")}
        if number == _LONGEST or len(words) > _MOST_CHARACTERS or "begin" in kinds:
            return ""
        if is_result and next(sibling.iter(f"{W}t"), None) is not None:
            return ""
        words += "".join(str(each.text or "") for each in sibling.iter(f"{W}instrText"))
        if "end" in kinds:
            break
        is_result |= "separate" in kinds
    return words


def _symbol(code: str | None, hexadecimal: str | None, font: str | None) -> str:
    number = int(code) if code else int(hexadecimal or "0", 16)
    try:
        character = chr(number)
    except (ValueError, OverflowError):
        return ""
    shown = symbols.shown(character, (font or "").strip())
    return shown if shown.isprintable() else ""


def _enclosed(shape: str, inside: str) -> str:
    number = value_of(inside) if shape in _CIRCLES else None
    if not number:
        return f"{shape}{inside}"
    form = "decimalEnclosedCircle" if inside.isdecimal() else "ideographEnclosedCircle"
    shown = counting.printed(number, form)
    return f"{shape}{inside}" if shown == str(number) else shown


def _in_line(code: str) -> str:
    """The signs of an equation in one line."""
    words, at = "", 0
    while at < len(code):
        command = _COMMAND.match(code, at)
        if command is None:
            words += "" if code[at] == "\\" else code[at]
            at += 1
            continue
        given, at = _arguments(code, command.end())
        words += _WRITTEN.get(command[1].lower(), _all)(given)
    return words


def _arguments(code: str, at: int) -> tuple[list[str], int]:
    """What stands in brackets that were opened before a place, parted; and the place behind."""
    depth, start = 1, at
    parts: list[str] = []
    while at < len(code) and depth:
        sign = code[at]
        depth += (sign == "(") - (sign == ")")
        if not depth or (depth == 1 and sign in ",;，；"):
            parts.append(code[start:at])
            start = at + 1
        at += 1
    return (parts if not depth else [*parts, code[start:at]]), at


def _fraction(given: list[str]) -> str:
    above, below = (_whole(_in_line(each)) for each in (*given, "", "")[:2])
    return f"{above}/{below}"


def _all(given: list[str]) -> str:
    return "".join(map(_in_line, given))


def _whole(words: str) -> str:
    return words if words.isalnum() else f"({words})"


def _overstruck(given: list[str]) -> str:
    """Signs in one place; of those that are read above others (注音), the others alone."""
    base = [each for each in given if not _IS_ABOVE.match(each)]
    return _all(base or given)


_IS_ABOVE = re.compile(r"\s*\\s\s*\\up", re.IGNORECASE)
_WRITTEN: dict[str, Callable[[list[str]], str]] = {
    "f": _fraction,
    "o": _overstruck,
    "r": lambda given: f"{_all(given[:-1])}√{_whole(_in_line(given[-1]))}",
    "b": lambda given: f"({_all(given)})",
}
