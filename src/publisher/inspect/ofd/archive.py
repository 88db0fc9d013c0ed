"""The bytes of an OFD → its parts by name, each read when it is asked for and within bounds.

An OFD is a ZIP archive of XML, fonts and pictures. What is wrong with it is said in one way.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from publisher.files import TooLarge, Unreadable
from publisher.plain_xml import BrokenXml, DeclaredXml, plain_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

NOT_OFD = "不是完好的 OFD 文件，打不开；请重新生成或重新下载"
_TOO_LARGE = "解开后太大，不像一份公文"
_MOST_BYTES, _LARGEST_XML, _MOST_PARTS = 200 * 2**20, 32 * 2**20, 20_000
"""What an OFD may hold unpacked: all its parts, one part of XML, and how many."""
_ENCRYPTED = 1


def damaged(what: str) -> Unreadable:
    """The error of a file in which something is not as it has to be."""
    return Unreadable(f"OFD 文件不完整：{what}；请重新生成或重新下载")


class OfdArchive:
    """The parts of an OFD."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except Exception as error:  # zipfile raises a dozen kinds, each where it trips
            raise Unreadable(NOT_OFD) from error
        if len(infos) > _MOST_PARTS:
            raise TooLarge(_TOO_LARGE)
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise Unreadable("文件加了密码，打不开；请去掉密码再试")
        self._infos = {_called(info.filename): info for info in infos}
        self._room = _MOST_BYTES

    def __contains__(self, name: str) -> bool:
        return _called(name) in self._infos

    def part(self, name: str) -> bytes:
        """The bytes of a part; Unreadable where it is not there, or is more than a part may be."""
        info = self._infos.get(_called(name))
        if info is None:
            raise damaged(f"缺少 {_shown(name)}")
        try:
            with self._zip.open(info) as part:
                # The size that the archive declares may be a lie.
                data = part.read(self._room + 1)
        except Exception as error:
            raise damaged(f"{_shown(name)} 已损坏") from error
        self._room -= len(data)
        if self._room < 0:
            raise TooLarge(_TOO_LARGE)
        return data

    def xml(self, name: str) -> _Element:
        """The XML of a part; Unreadable where it is damaged, or declares anything."""
        data = self.part(name)
        if len(data) > _LARGEST_XML:
            raise TooLarge(_TOO_LARGE)
        try:
            return plain_xml(data)
        except BrokenXml as error:
            raise damaged(f"{_shown(name)} 不是完好的 XML") from error
        except DeclaredXml:
            raise damaged(f"{_shown(name)} 里有不应有的文档类型声明") from None


def _called(name: str) -> str:
    """A name as it is looked for: Windows knows no capitals, and parts folders its own way."""
    return name.replace("\\", "/").lstrip("/").casefold()


def reached(holder: str, place: str, within: str = "") -> str:
    """The name of the part to which a place in another leads; Unreadable where it leaves the file.

    `within` is the folder in which the other says that its places lie.
    """
    start, place = posixpath.dirname(holder), place.replace("\\", "/")
    within = within.replace("\\", "/")
    way = place if place.startswith("/") else posixpath.join("/", start, within, place)
    if within.startswith("/") and not place.startswith("/"):
        way = posixpath.join(within, place)
    name = posixpath.normpath(way).lstrip("/")
    depth = way.strip("/").split("/")
    if _leaves(depth):
        raise damaged(f"{_shown(place)} 指向文件之外")
    return name


def _leaves(steps: list[str]) -> bool:
    depth = 0
    for step in steps:
        depth += {"..": -1, ".": 0, "": 0}.get(step, 1)
        if depth < 0:
            return True
    return False


def _shown(name: str) -> str:
    """A name as it can be shown, cut short."""
    return "".join(each if each.isprintable() else "�" for each in name[:60])
