"""DOCX → PDF through LibreOffice; and what its XML alone says of the page, where there is none."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import fonts
from publisher.inspect.faces import face_of
from publisher.inspect.pdf import Unreadable
from publisher.inspect.readings import Number, Reading, Words
from publisher.standard import FANG, POINTS_PER_MM, XIAO_BIAO_SONG

if TYPE_CHECKING:
    from lxml.etree import _Element

TIMEOUT = 120
"""Seconds that LibreOffice may take."""
_MOST_BYTES, _MOST_FILES = 200 * 2**20, 2000
"""What a DOCX may hold unpacked."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"


# -- LibreOffice ------------------------------------------------------------------------


def office() -> Path | None:
    """Where LibreOffice is; None where it is not installed."""
    found = shutil.which("soffice")
    return Path(found).resolve() if found else None


def office_version() -> str:
    """What tells one LibreOffice from another, without starting it; empty where there is none."""
    program = office()
    if program is None:
        return ""
    try:
        return sha256((program.parent / "versionrc").read_bytes()).hexdigest()
    except OSError:
        return program.name


def as_pdf(data: bytes) -> bytes | None:
    """A DOCX as LibreOffice sets it, in the fonts that serve here; None where it does not."""
    program = office()
    if program is None:
        return None
    where = fonts.folder()
    fonts.use(fonts.served_faces(where), where)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "document.docx").write_bytes(data)
        _convert(program, place)
        made = place / "document.pdf"
        return made.read_bytes() if made.is_file() else None


def _convert(program: Path, place: Path) -> None:
    """Leaves `document.pdf` in `place`; with a profile of its own, for two on one lose files."""
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    # Else it leaves out the blank page before a section that begins on an even one.
    blank = '{"IsSkipEmptyPages": {"type": "boolean", "value": "false"}}'
    kind = f"pdf:writer_pdf_Export:{blank}"
    command = [str(program), profile, "--headless", "--norestore", "--convert-to", kind]
    command += ["--outdir", str(place), str(place / "document.docx")]
    try:
        subprocess.run(
            command,
            timeout=TIMEOUT,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, "HOME": str(place)},
        )
    except (subprocess.TimeoutExpired, OSError):
        return


# -- the file itself --------------------------------------------------------------------


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a DOCX by name; Unreadable where it is none, or could do harm when opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_FILES or sum(one.file_size for one in infos) > _MOST_BYTES:
                raise Unreadable("解开后太大，不像一份公文")
            parts = {one.filename: archive.read(one) for one in infos}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable(_NOT_WORD) from error
    if _DOCUMENT not in parts:
        raise Unreadable(_NOT_WORD)
    if any(
        b"<!DOCTYPE" in part for name, part in parts.items() if name.endswith((".xml", ".rels"))
    ):
        raise Unreadable("文件中有 DOCTYPE 声明，Word 不会写出这样的文件，为安全起见不打开")
    return parts


_NOT_WORD = "不是完好的 Word 文件（.docx），打不开；请用 Word 或 WPS 重新保存"


def reaches_out(parts: dict[str, bytes]) -> bool:
    """Whether opening it would fetch something: LibreOffice follows links, except those of text."""
    for name, part in parts.items():
        if name.endswith(".rels"):
            for relation in _xml(part).iter("{*}Relationship"):
                external = relation.get("TargetMode") == "External"
                if external and not str(relation.get("Type")).endswith("/hyperlink"):
                    return True
    return False


def _xml(part: bytes) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(_NOT_WORD) from error


# -- what the XML says ------------------------------------------------------------------


class _Settings:
    """What a DOCX sets for its pages and its text, without setting a line of it."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.document = _xml(parts[_DOCUMENT])
        styles = _xml(parts[_STYLES]) if _STYLES in parts else None
        self.styles = (
            {}
            if styles is None
            else {one.get(f"{_W}styleId"): one for one in styles.iter(f"{_W}style")}
        )
        self.normal = next(
            (one for one in self.styles.values() if one.get(f"{_W}default") == "1"), None
        )

    def readings(self) -> dict[str, list[Reading]]:
        """What can be told without setting the text, by the rule's name."""
        found: dict[str, list[Reading]] = {}
        for name, reading in (*self._pages(), *self._text(), *self._mark()):
            found.setdefault(name, []).append(reading)
        return found

    def _pages(self) -> Iterator[tuple[str, Reading]]:
        for section in self.document.iter(f"{_W}sectPr"):
            size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
            if size is None or margins is None:
                continue
            width, height = _millimetres(size, "w"), _millimetres(size, "h")
            yield "paper_width", Number(min(width, height))
            yield "paper_height", Number(max(width, height))
            if width > height:
                continue
            top, left, right = (_millimetres(margins, side) for side in ("top", "left", "right"))
            yield "head_margin", Number(top + self._leading())
            yield "binding_margin", Number(left)
            yield "type_area_width", Number(width - left - right)

    def _leading(self) -> float:
        """Half of what an exact line has beyond its characters: text begins so far down."""
        return max(self._line() - self._size(), 0.0) / 2 / POINTS_PER_MM

    def _text(self) -> Iterator[tuple[str, Reading]]:
        if self._line():
            yield "line_pitch", Number(self._line())
        if self._size():
            yield "text_size", Number(self._size())
        family = self._family()
        if family:
            yield "text_face", Words(family, face_of(family) is FANG)
        bold = self._bold()
        yield "no_bold", Words(f"{bold} 处加粗" if bold else "没有加粗的字", not bold)

    def _bold(self) -> int:
        """How many runs are bold themselves, and paragraphs by their style."""
        runs = [one for one in self.document.iter(f"{_W}b") if one.get(f"{_W}val") not in _OFF]
        styled = [
            one
            for one in self.document.iter(f"{_W}p")
            for bold in list(self._along(one, "rPr", "b"))[:1]
            if bold.get(f"{_W}val") not in _OFF and one.find(f".//{_W}t") is not None
        ]
        return len(runs) + len(styled)

    def _line(self) -> float:
        """The exact pitch of most paragraphs, in points; 0 where none is exact."""
        pitches: Counter[float] = Counter()
        for paragraph in self.document.iter(f"{_W}p"):
            for spacing in self._along(paragraph, "pPr", "spacing"):
                if spacing.get(f"{_W}lineRule") == "exact":
                    pitches[int(spacing.get(f"{_W}line") or 0) / 20] += 1
                    break
        return pitches.most_common(1)[0][0] if pitches else 0.0

    def _size(self) -> float:
        """The size of most paragraphs, in points; 0 where none is told."""
        sizes: Counter[float] = Counter()
        for paragraph in self.document.iter(f"{_W}p"):
            for size in self._along(paragraph, "rPr", "sz"):
                sizes[int(size.get(f"{_W}val") or 0) / 2] += 1
                break
        return sizes.most_common(1)[0][0] if sizes else 0.0

    def _family(self) -> str:
        families: Counter[str] = Counter()
        for paragraph in self.document.iter(f"{_W}p"):
            for family in self._along(paragraph, "rPr", "rFonts"):
                if name := family.get(f"{_W}eastAsia"):
                    families[str(name)] += 1
                    break
        return families.most_common(1)[0][0] if families else ""

    def _along(self, paragraph: _Element, group: str, name: str) -> Iterator[_Element]:
        """A property of a paragraph, of its style, of what that is based on, and of the default."""
        own = paragraph.find(f"{_W}pPr")
        direct = own.find(f"{_W}{name}") if own is not None and group == "pPr" else None
        if direct is not None:
            yield direct
        reference = own.find(f"{_W}pStyle") if own is not None else None
        style = self.styles.get(reference.get(f"{_W}val")) if reference is not None else self.normal
        seen = 0
        while style is not None and seen < _DEEPEST:
            found = style.find(f"{_W}{group}/{_W}{name}")
            if found is not None:
                yield found
            base = style.find(f"{_W}basedOn")
            style = self.styles.get(base.get(f"{_W}val")) if base is not None else None
            seen += 1

    def _mark(self) -> Iterator[tuple[str, Reading]]:
        """Red characters that are larger than a title are the mark."""
        for paragraph in self.document.iter(f"{_W}p"):
            text = "".join(str(one.text or "") for one in paragraph.iter(f"{_W}t"))
            colors = list(self._along(paragraph, "rPr", "color"))
            sizes = [
                int(one.get(f"{_W}val") or 0) / 2 for one in self._along(paragraph, "rPr", "sz")
            ]
            if text and sizes and sizes[0] >= _MARK_SIZE and colors:
                color = str(colors[0].get(f"{_W}val"))
                yield "mark_red", Words(f"#{color}", color.upper().startswith(("FF00", "FE", "E6")))
                family = next(self._along(paragraph, "rPr", "rFonts"), None)
                name = str(family.get(f"{_W}eastAsia")) if family is not None else ""
                yield "mark_face", Words(name, face_of(name) is XIAO_BIAO_SONG)
                return


_OFF = ("0", "false", "none")
_DEEPEST = 20
_MARK_SIZE = 26.0


def _millimetres(element: _Element, name: str) -> float:
    """A length that Word writes in twentieths of a point."""
    return int(element.get(f"{_W}{name}") or 0) / 20 / POINTS_PER_MM


def from_settings(parts: dict[str, bytes]) -> dict[str, list[Reading]]:
    """Readings from the XML alone, by the rule's name; Unreadable where it is damaged."""
    return _Settings(parts).readings()
