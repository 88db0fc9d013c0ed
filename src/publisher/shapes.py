"""JSON → a value that can be written again, and whether it has the shape that it should have."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
"""What may be half of a character, as JSON writes it."""


def value_of(data: bytes) -> Any:
    """The value that JSON says; ValueError where it is none, or says what is no character."""
    try:
        value = json.loads(data)
        if _HALF.search(data):
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value


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
