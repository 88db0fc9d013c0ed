"""A formula (`m:oMath`) → its signs in one line, as they are typed: 2/3, √(a+b), m².

Signs that stand above or below the line are told as such; what else only its place says, as the
line of a fraction, is written as a sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from publisher.intake.source import RunShift
from publisher.intake.word.choices import children
from publisher.intake.word.names import M, W, local
from publisher.intake.word.revisions import is_gone

if TYPE_CHECKING:
    from lxml.etree import _Element

Signs = Iterator[tuple[str, RunShift]]
_PLAIN = RunShift.NONE


def signs(formula: _Element) -> Signs:
    """The signs of a formula, or of a part of one, and how they stand."""
    for child in children(formula):
        if is_gone(child) or local(child).endswith("Pr"):
            continue
        if child.tag in (f"{M}t", f"{W}t"):
            yield str(child.text or ""), _PLAIN
        else:
            yield from _written(child)


def _written(element: _Element) -> Signs:
    return _WRITTEN.get(local(element), signs)(element)


def words(formula: _Element) -> str:
    """The same without how they stand."""
    return "".join(each for each, _ in signs(formula))


def _parts(element: _Element, name: str) -> Iterator[_Element]:
    return element.iterchildren(f"{M}{name}")


def _all(element: _Element, *names: str) -> Signs:
    for name in names:
        for part in _parts(element, name):
            yield from signs(part)


def _said(element: _Element, settings: str, name: str, otherwise: str) -> str:
    """A sign that the settings of an element name; `otherwise` where they do not."""
    named = element.find(f"{M}{settings}/{M}{name}")
    return otherwise if named is None else str(named.get(f"{M}val") or "")


def _whole(element: _Element, name: str) -> Signs:
    """A part in brackets, unless it is one number or name."""
    inside = list(_all(element, name))
    text = "".join(each for each, _ in inside)
    is_one = text.isalnum() or (text.startswith("(") and text.endswith(")"))
    yield from inside if is_one or not text else [("(", _PLAIN), *inside, (")", _PLAIN)]


def _shifted(element: _Element, name: str, shift: RunShift) -> Signs:
    yield from ((each, shift) for each, _ in _all(element, name))


def _fraction(element: _Element) -> Signs:
    yield from _whole(element, "num")
    yield "/", _PLAIN
    yield from _whole(element, "den")


def _scripts(element: _Element) -> Signs:
    """What stands at the upper and lower corner of something, in whichever order."""
    for part in element.iterchildren(f"{M}e", f"{M}sub", f"{M}sup"):
        shift = {"sub": RunShift.LOWERED, "sup": RunShift.RAISED}.get(local(part), _PLAIN)
        yield from ((each, own if shift is _PLAIN else shift) for each, own in signs(part))


def _root(element: _Element) -> Signs:
    yield from _shifted(element, "deg", RunShift.RAISED)
    yield "√", _PLAIN
    yield from _whole(element, "e")


def _between(holders: Iterator[_Element], mark: str) -> Signs:
    for place, holder in enumerate(holders):
        if place:
            yield mark, _PLAIN
        yield from _written(holder)


def _enclosed(element: _Element) -> Signs:
    yield _said(element, "dPr", "begChr", "("), _PLAIN
    yield from _between(_parts(element, "e"), _said(element, "dPr", "sepChr", "|"))
    yield _said(element, "dPr", "endChr", ")"), _PLAIN


def _of_many(element: _Element) -> Signs:
    """A sum, a product, an integral: its sign, from where, to where, of what."""
    yield _said(element, "naryPr", "chr", "∫"), _PLAIN
    yield from _shifted(element, "sub", RunShift.LOWERED)
    yield from _shifted(element, "sup", RunShift.RAISED)
    yield from _all(element, "e")


def _limit(shift: RunShift) -> Callable[[_Element], Signs]:
    def written(element: _Element) -> Signs:
        yield from _all(element, "e")
        yield from _shifted(element, "lim", shift)

    return written


def _accent(element: _Element) -> Signs:
    yield from _all(element, "e")
    yield _said(element, "accPr", "chr", "\u0302"), _PLAIN


_WRITTEN: dict[str, Callable[[_Element], Signs]] = {
    "f": _fraction,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "sPre": _scripts,
    "rad": _root,
    "d": _enclosed,
    "nary": _of_many,
    "limLow": _limit(RunShift.LOWERED),
    "limUpp": _limit(RunShift.RAISED),
    "acc": _accent,
    "m": lambda element: _between(_parts(element, "mr"), "; "),
    "mr": lambda element: _between(_parts(element, "e"), " "),
    "eqArr": lambda element: _between(_parts(element, "e"), "\n"),
}
