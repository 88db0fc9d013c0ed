"""What comes with the program → where it stands: in a checkout, else in the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE.parents[1]
CHECKOUT = _ROOT if (_ROOT / "pyproject.toml").is_file() and _PACKAGE.parent.name == "src" else None
"""The checkout that the program runs from; None where it was installed as a wheel."""


def folder(name: str) -> Path:
    """The folder of that name, `templates` or `docs`: of the checkout, or of the wheel."""
    return (CHECKOUT or _PACKAGE / "shipped") / name
