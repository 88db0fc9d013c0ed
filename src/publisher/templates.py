"""Where the templates are, and the sandboxed Jinja environment that fills them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


def folder(name: str) -> Path:
    """The folder of one format's templates: `templates/<name>`, or under PUBLISHER_TEMPLATES."""
    root = os.environ.get("PUBLISHER_TEMPLATES")
    return (Path(root) if root else Path(__file__).parents[2] / "templates") / name


def environment(name: str) -> SandboxedEnvironment:
    """An environment over `templates/<name>` in which content is text and a missing value an error.

    Templates are code that a bureau may change: the sandbox keeps them from reaching Python.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(folder(name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
