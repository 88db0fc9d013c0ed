"""A value that was read from JSON, and the shape that it should have → whether it has it."""

from __future__ import annotations

from typing import Any

EACH = object()
"""As a key of a shape: whatever the keys are, this is what stands there."""


def has_shape(value: Any, shape: Any) -> bool:
    """Whether a value is of a type, has all keys of a mapping, or is a list of such values.

    Keys that the shape has not may be there too.
    """
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(
            all(has_shape(inner, of_key) for inner in value.values())
            if key is EACH
            else key in value and has_shape(value[key], of_key)
            for key, of_key in shape.items()
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(has_shape(inner, shape[0]) for inner in value)
    return isinstance(value, shape) and not (isinstance(value, bool) and shape is int)
