"""Word files with tracked changes → what they say once all are accepted or rejected."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSERTED, _DELETED = ("ins", "moveTo"), ("del", "moveFrom")
_CONTAINERS = ("body", "tc", "txbxContent")

Table = list[list[str]]
Said = list[str | Table]
"""Paragraphs with words, and the cells of tables row by row, in order."""


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """A part of a Word file; what stands there a second time for old programs is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read(name))
    for again in list(root.iter("{*}Fallback")):
        _remove(again)
    return root


# -- accepting and rejecting --------------------------------------------------------------


def accepted(data: bytes) -> Said:
    stories = (_resolved(story, *_DELETED, kept=_INSERTED) for story in _stories(data))
    return _said_with_notes(*stories)


def rejected(data: bytes) -> Said:
    stories = (_resolved(story, *_INSERTED, kept=_DELETED) for story in _stories(data))
    return _said_with_notes(*stories)


def _stories(data: bytes) -> Iterator[etree._Element]:
    """The document, and its notes if it has any."""
    yield part(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "word/footnotes.xml" in package.namelist():
            yield part(data, "word/footnotes.xml")


def _said_with_notes(body: etree._Element, notes: etree._Element | None = None) -> Said:
    """What a document says, and at last what its notes say, in the order of their marks."""
    by_number = {} if notes is None else {note.get(f"{W}id"): note for note in notes}
    marks = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    assert len(set(marks)) == len(marks)
    spoken = ("".join(map(_words, by_number[mark].iter(f"{W}p"))) for mark in marks)
    return [*said(body), *(f"注：{words}" for words in spoken)]


def _resolved(root: etree._Element, *gone: str, kept: tuple[str, ...]) -> etree._Element:
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in gone):
            _remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            _remove(table)
    joining = [one for one in root.iter(f"{W}p") if _mark(one) in gone]
    for name in gone:
        for element in list(root.iter(f"{W}{name}")):
            if not element.getparent().tag.endswith(("rPr", "trPr")):
                _remove(element)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for paragraph in reversed(joining):
        _join(paragraph)
    assert not {name for name in gone for _ in root.iter(f"{W}{name}")}
    return root


def _mark(paragraph: etree._Element) -> str | None:
    for name in (*_INSERTED, *_DELETED):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None:
            return name
    return None


def _join(paragraph: etree._Element) -> None:
    """A paragraph whose end is gone stands at the head of the next one."""
    following = paragraph.getnext()
    while following is not None and following.tag.endswith(("RangeStart", "RangeEnd")):
        following = following.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is None or following.tag != f"{W}p":
        assert not "".join(paragraph.itertext()), "nothing to join with"
    else:
        properties = following.find(f"{W}pPr")
        following[:] = [properties, *content, *(c for c in following if c is not properties)]
    _remove(paragraph)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


# -- pictures -------------------------------------------------------------------------------

Shown = tuple[str, int, int, str]
"""What a picture shows, its width and height in tenths of a millimetre, and its bytes' hash."""
_TENTH = 3600


def pictures(data: bytes, how: str = "") -> list[Shown]:
    """The pictures of a document, once its tracked changes are accepted, or rejected."""
    root = part(data)
    if how == "accept":
        root = _resolved(root, *_DELETED, kept=_INSERTED)
    if how == "reject":
        root = _resolved(root, *_INSERTED, kept=_DELETED)
    relations = part(data, "word/_rels/document.xml.rels")
    targets = {str(each.get("Id")): str(each.get("Target")) for each in relations}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [
            _shown(picture, targets, package)
            for picture in root.iter("{*}inline")
            if picture.find(".//{*}blip") is not None
        ]


def _shown(picture: etree._Element, targets: dict[str, str], package: zipfile.ZipFile) -> Shown:
    about, extent = picture.find("{*}docPr"), picture.find("{*}extent")
    blip = picture.find(".//{*}blip")
    assert about is not None
    assert extent is not None
    assert blip is not None
    relation = next(value for name, value in blip.items() if name.endswith("embed"))
    name = targets[relation].lstrip("/").removeprefix("word/")
    size = (round(int(extent.get(side, "0")) / _TENTH) for side in ("cx", "cy"))
    return about.get("descr", ""), *size, sha256(package.read(f"word/{name}")).hexdigest()


# -- reading --------------------------------------------------------------------------------


def of_docx(data: bytes) -> Said:
    """What a Word file without tracked changes says."""
    return _said_with_notes(*_stories(data))


def said(root: etree._Element) -> Said:
    """Tables that go on from page to page are one; what is repeated there is left out."""
    body = root.find(f"{W}body")
    assert body is not None
    found: Said = []
    goes_on, banner = False, ""
    for element in body:
        if element.tag == f"{W}tbl":
            rows, banners = _rows(element)
            if goes_on and isinstance(found[-1], list):
                begin = len(element.findall(f"{W}tr/{W}trPr/{W}tblHeader"))
                begin += len(rows) > begin and banners[begin] and rows[begin][0] == banner
                found[-1] += rows[begin:]
            else:
                found.append(rows)
            banner = next(
                (r[0] for r, is_banner in zip(rows[::-1], banners[::-1], strict=True) if is_banner),
                banner if goes_on else "",
            )
            goes_on = False
        elif element.tag == f"{W}p":
            style = element.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(f"{W}val") == "续表题":
                goes_on = True
                continue
            if goes_on and style is not None and style.get(f"{W}val") == "表格单位":
                continue  # which stands again on that page
            boxes = [_words(one) for one in element.iterfind(f".//{W}txbxContent//{W}p")]
            found += [words for words in (*boxes, "" if boxes else _words(element)) if words]
    return found


def _rows(table: etree._Element) -> tuple[Table, list[bool]]:
    """The cells of a table, labels of groups in each row; and which rows are one cell across."""
    rows: Table = []
    banners: list[bool] = []
    above: dict[int, str] = {}
    width = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    for row in table.findall(f"{W}tr"):
        words, at = [], 0
        for cell in row.findall(f"{W}tc"):
            is_told = _continues(cell)
            own = "\n".join(map(_words, cell.findall(f"{W}p")))
            if row.find(f"{W}trPr/{W}tblHeader") is not None:
                own = own.replace("\n", "")  # lines of a head are broken for looks
            words.append(above[at] if is_told else own)
            above[at] = words[-1]
            at += _span(cell)
        is_banner = len(words) == 1 and width > 1
        named = [each[0] for each, is_name in zip(rows, banners, strict=True) if is_name]
        if is_banner and named[-1:] == words:
            continue  # the name of a group stands again on each page
        rows.append(words)
        banners.append(is_banner)
    return rows, banners


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val", "1"))


def _continues(cell: etree._Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _words(paragraph: etree._Element) -> str:
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(
        signs.get(str(one.tag), one.text or "")
        for run in paragraph.iter(f"{W}r")
        for one in run
        if one.tag in (f"{W}t", *signs) and one.get(f"{W}type") != "page"
    )


# -- what Word wants --------------------------------------------------------------------------


def faults(data: bytes) -> list[str]:
    """The rules that a redline breaks; none if Word reads it as it is meant."""
    return list(_faults(part(data), part(data, "word/settings.xml")))


def _faults(root: etree._Element, settings: etree._Element) -> Iterator[str]:
    if settings.find(f"{W}trackRevisions") is None:
        yield "changes are not tracked from now on"
    yield from _of_numbers(root)
    yield from _of_moves(root)
    for table in root.iter(f"{W}tbl"):
        yield from _of_merges(table)
    for row in root.iter(f"{W}tr"):
        yield from _of_row(row)
    for name in _CONTAINERS:
        for container in root.iter(f"{W}{name}"):
            yield from _of_container(container)
    for text in root.iter(f"{W}delText"):
        if not any(True for _ in text.iterancestors(f"{W}del")):
            yield f"deleted words that are not deleted: {text.text}"
    for name in (*_INSERTED, *_DELETED):
        for mark in root.iter(f"{W}{name}"):
            yield from _of_mark(mark)


def _of_numbers(root: etree._Element) -> Iterator[str]:
    ends = (f"{W}moveFromRangeEnd", f"{W}moveToRangeEnd")
    numbers = Counter(
        one.get(f"{W}id") for one in root.iter() if one.get(f"{W}author") and one.tag not in ends
    )
    yield from (f"number {number} twice" for number, count in numbers.items() if count > 1)


def _of_moves(root: etree._Element) -> Iterator[str]:
    names = []
    for kind in ("moveFrom", "moveTo"):
        starts = list(root.iter(f"{W}{kind}RangeStart"))
        names.append(Counter(one.get(f"{W}name") for one in starts))
        ends = [one.get(f"{W}id") for one in root.iter(f"{W}{kind}RangeEnd")]
        if sorted(one.get(f"{W}id", "") for one in starts) != sorted(filter(None, ends)):
            yield f"{kind}: ranges that do not end where they begin"
        inside = False
        for one in root.iter():
            if one.tag in (f"{W}{kind}RangeStart", f"{W}{kind}RangeEnd"):
                if inside is (one.tag == f"{W}{kind}RangeStart"):
                    yield f"{kind}: ranges in one another"
                inside = not inside
            elif one.tag == f"{W}{kind}" and not inside:
                yield f"{kind} outside of its range"
    if names[0] != names[1] or any(count > 1 for count in names[0].values()):
        yield f"moves without their other end: {names}"


def _of_merges(table: etree._Element) -> Iterator[str]:
    """Merged cells reach over rows that stay, or the whole table comes or goes."""
    before: str | None = None
    rows = table.findall(f"{W}tr")
    all_alike = len({_side(row) for row in rows}) == 1
    for row in rows:
        side = _side(row)
        merges = [_continues(cell) for cell in row.iter(f"{W}tc") if _merges(cell)]
        if merges and side and not all_alike:
            yield "a cell reaches over rows that come and go"
        if any(merges) and before != side:
            yield "a cell goes on below a row that comes or goes"
        before = side


def _side(row: etree._Element) -> str:
    names = ("ins", "del")
    return next((name for name in names if row.find(f"{W}trPr/{W}{name}") is not None), "")


def _merges(cell: etree._Element) -> bool:
    return cell.find(f"{W}tcPr/{W}vMerge") is not None


def _of_row(row: etree._Element) -> Iterator[str]:
    for name in ("ins", "del"):
        if row.find(f"{W}trPr/{W}{name}") is None:
            continue
        for paragraph in row.iter(f"{W}p"):
            if _mark(paragraph) != name:
                yield f"a paragraph without the mark of its row: {_words(paragraph)}"
        for run in row.iter(f"{W}r"):
            if run.getparent().tag != f"{W}{name}":
                yield f"words without the mark of their row: {''.join(run.itertext())}"


def _of_container(container: etree._Element) -> Iterator[str]:
    last = [one for one in container if one.tag in (f"{W}p", f"{W}tbl")][-1]
    row = next(container.iterancestors(f"{W}tr"), None)
    marked = row is not None and any(
        row.find(f"{W}trPr/{W}{name}") is not None for name in ("ins", "del")
    )
    if container.tag != f"{W}body" and _mark(last) and not marked:
        yield f"the last mark of a cell or box is tracked: {_words(last)}"


def _of_mark(mark: etree._Element) -> Iterator[str]:
    for name in (*_INSERTED, *_DELETED):
        if any(True for _ in mark.iterancestors(f"{W}{name}")):
            yield f"{mark.tag} in {name}"
    if not (mark.get(f"{W}author") and mark.get(f"{W}date")):
        yield f"{mark.tag} without author or date"
    if mark.tag == f"{W}del" and mark.find(f"{W}r/{W}t") is not None:
        yield "deleted words in w:t"
