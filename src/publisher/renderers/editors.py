"""`templates/web/editors.toml` → what editors of CMSs do with the fragment, as measured."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from typing import Any

from publisher.templates import BrokenTemplate, folder

EDITORS = "editors.toml"


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor, and what becomes of the fragment in it."""

    name: str
    entry: str
    """Where its source view is, or how else the fragment gets in."""
    tables: tuple[str, ...]
    """The forms of tables that arrive whole; none where it can hold no table."""
    version: str = ""
    """The one that was measured; empty where none was."""
    saved: str = ""
    """How the files of what it saved begin."""
    loses: tuple[str, ...] = ()
    """What of the fragment is gone afterwards."""
    note: str = ""

    @property
    def verdict(self) -> str:
        """What is gone, and what else is known, in a sentence."""
        lost = "、".join(self.loses)
        losses = (f"去掉{lost}" if lost else "什么也不去掉") if self.version else ""
        return "。".join(filter(None, (losses, self.note)))

    @property
    def form(self) -> str:
        """Which form of tables to take."""
        return "或".join(self.tables) or "不能放表格，请上传文件"


@dataclass(frozen=True, slots=True)
class Family:
    """Editors that are used alike."""

    name: str
    steps: tuple[str, ...]
    """For who pastes."""
    editors: tuple[Editor, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """All editors, and the day on which they were measured."""

    day: datetime.date
    families: tuple[Family, ...]

    @property
    def editors(self) -> tuple[Editor, ...]:
        """Those of all families."""
        return tuple(editor for family in self.families for editor in family.editors)


def measured() -> Measured:
    """What the data file says."""
    path = folder("web") / EDITORS
    try:
        declared: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        return Measured(declared["measured"], tuple(map(_family, declared["family"])))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BrokenTemplate(f"{path.name} 无法读取（{error}），请对照原文件改正") from None


def _family(given: dict[str, Any]) -> Family:
    return Family(given["name"], tuple(given["steps"]), tuple(map(_editor, given["editor"])))


def _editor(given: dict[str, Any]) -> Editor:
    lists = {name: tuple(given.get(name, ())) for name in ("tables", "loses")}
    return Editor(**{**given, **lists})
