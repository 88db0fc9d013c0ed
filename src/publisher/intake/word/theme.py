"""The theme of a file → the fonts and colours that its styles name by their place in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.intake.word.names import A, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLORS = {"text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2", "background1": "lt1"}
_COLORS |= {"light1": "lt1", "background2": "lt2", "light2": "lt2"}
_COLORS |= {"hyperlink": "hlink", "followedHyperlink": "folHlink"}


class Theme:
    """What a file's theme says; nothing where it has none."""

    def __init__(self, root: _Element | None) -> None:
        self._root = root

    def face(self, name: str) -> str:
        """The font of Chinese characters that `minorEastAsia` or `majorEastAsia` stands for."""
        font = self._find("majorFont" if name.startswith("major") else "minorFont")
        if font is None:
            return ""
        if "eastasia" not in name.lower():
            return _typeface(font.find(f"{A}latin"))
        scripts = (each for each in font.findall(f"{A}font") if each.get("script") == "Hans")
        return _typeface(font.find(f"{A}ea")) or _typeface(next(scripts, None))

    def color(self, name: str) -> str:
        """The colour that `accent2` stands for, in six hexadecimal digits; empty without one."""
        holder = self._find(_COLORS.get(name, name))
        if holder is None or not len(holder):
            return ""
        return str(holder[0].get("lastClr") or holder[0].get("val") or "")

    def _find(self, name: str) -> _Element | None:
        if self._root is None or not name:
            return None
        return next((each for each in self._root.iter(f"{A}*") if local(each) == name), None)


def _typeface(element: _Element | None) -> str:
    return "" if element is None else str(element.get("typeface") or "")
