"""An object of a PDF that others made → what should be in it, whatever is."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary


def inner(holder: Any, key: str) -> Any:
    """The dictionary under a key; an empty one where there is none."""
    value = holder.get(key) if isinstance(holder, Dictionary) else None
    return value if isinstance(value, Dictionary) else Dictionary()


def each(value: Any) -> list[Any]:
    """What an array holds; a single value by itself."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]
