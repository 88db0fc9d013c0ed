"""`presets.toml` → ways of setting a page that many bureaus share, each with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from publisher.model import PageChoice


@dataclass(frozen=True, slots=True)
class Preset:
    """A page that has a name."""

    name: str
    source: str
    page: PageChoice


@dataclass(frozen=True, slots=True)
class Presets:
    """All that is known."""

    pages: tuple[Preset, ...]
    fonts: dict[str, str]
    """Sources by the names of fonts for 仿宋."""
    numbers: dict[str, str]
    """Sources by the forms of page numbers."""


@cache
def presets() -> Presets:
    """All presets, as the data has them."""
    data = tomllib.loads(files("publisher.learning").joinpath("presets.toml").read_text("utf-8"))
    return Presets(
        tuple(
            Preset(each["name"], each["source"], PageChoice(**each["page"]))
            for each in data["preset"]
        ),
        {each["name"]: each["source"] for each in data["font"]},
        {each["form"]: each["source"] for each in data["number"]},
    )
