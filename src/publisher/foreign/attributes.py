"""The attributes of a tag that others made → those that tell readers something, as plain values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from publisher.foreign.objects import each
from publisher.foreign.pages import AttributeValue, NameValue

_KEPT = {
    "Table": ("Scope", "Headers", "RowSpan", "ColSpan", "Summary"),
    "List": ("ListNumbering",),
    "PrintField": ("Role", "checked", "Desc"),
    "Layout": ("Placement", "BBox"),
}
"""By their owner (ISO 32000-1 14.8.5)."""
_MOST_VALUES = 500


def attributes_of(element: Any, classes: Any) -> dict[str, dict[str, AttributeValue]]:
    """The attributes of an element by their owner; its own stand before those of its classes."""
    names = [name for name in each(element.get("/C")) if isinstance(name, Name)]
    of_classes = [given for name in names for given in each(classes.get(str(name)))]
    kept: dict[str, dict[str, AttributeValue]] = {}
    for given in (*of_classes, *each(element.get("/A"))):
        if not isinstance(given, Dictionary):
            continue
        owner = str(given.get("/O", "/"))[1:]
        for key in _KEPT.get(owner, ()):
            value = _value(given.get(f"/{key}"))
            if value is not None:
                kept.setdefault(owner, {})[key] = value
    return kept


def _value(value: Any) -> AttributeValue | None:
    match value:
        case Name():
            return NameValue(str(value)[1:])
        case String():
            return str(value)
        case bool():
            return None
        case int() | float():
            return value
        case Decimal():
            return float(value)
        case Array():
            inner = [_value(part) for part in list(value)[:_MOST_VALUES]]
            return tuple(part for part in inner if part is not None)
        case _:
            return None
