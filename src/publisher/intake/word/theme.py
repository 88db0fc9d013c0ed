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
        self._named: dict[str, _Element] = {}
        for each in () if root is None else root.iter(f"{A}*"):
            self._named.setdefault(local(each), each)
        self._faces: dict[str, str] = {}

    def face(self, name: str) -> str:
        """The font of Chinese characters that `minorEastAsia` or `majorEastAsia` stands for."""
        if name not in self._faces:
            self._faces[name] = self._face(name)
        return self._faces[name]

    def _face(self, name: str) -> str:
        font = self._named.get("majorFont" if name.startswith("major") else "minorFont")
        if font is None:
            return ""
        if "eastasia" not in name.lower():
            return _typeface(font.find(f"{A}latin"))
        scripts = (each for each in font.findall(f"{A}font") if each.get("script") == "Hans")
        return _typeface(font.find(f"{A}ea")) or _typeface(next(scripts, None))

    def color(self, name: str) -> str:
        """The colour that `accent2` stands for, in six hexadecimal digits; empty without one."""
        holder = self._named.get(_COLORS.get(name, name))
        if holder is None or not len(holder):
            return ""
        return str(holder[0].get("lastClr") or holder[0].get("val") or "")


def _typeface(element: _Element | None) -> str:
    return "" if element is None else str(element.get("typeface") or "")
