"""A Word file and comments, each at some of its words → the file with these comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.renderers.docx.elements import copied, in_xml
from publisher.wordfile import DOCUMENT, W, packed, unpacked, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

COMMENTS, _EXTENDED = "word/comments.xml", "word/commentsExtended.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PREFIXES = {name: space[1:-1] for name, space in {"w": W, "w14": _W14, "mc": _MC}.items()}
_KINDS = {
    COMMENTS: (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
    ),
    _EXTENDED: (
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml",
    ),
}
_SIZE = 18
"""Of the words of a comment, in half points."""
_GONE = {f"{W}{name}" for name in ("del", "moveFrom")}
_ASIDE = {f"{W}txbxContent", f"{_MC}Fallback"}
"""What stands in a paragraph and is none of its words; Word has no comments there."""
_COMMENT_MARKS = [
    f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
]
_MARKS = {f"{W}tab": "\t", f"{W}br": "\n"}


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment."""

    author: str
    words: str
    """A paragraph a line."""
    date: str = ""
    """As ISO has it; none where the file is to be the same whenever it is made."""
    replies: tuple[WordComment, ...] = ()
    is_resolved: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words of a paragraph, and the element of a run that has them."""

    begin: int
    words: str
    element: Element

    @property
    def end(self) -> int:
        return self.begin + len(self.words)


class CommentedFile:
    """A Word file to which comments are added, in place of those that it has."""

    def __init__(self, data: bytes) -> None:
        from lxml import etree

        self._parts = unpacked(data)
        self._root = xml_of(self._parts[DOCUMENT])
        self._comments = etree.Element(f"{W}comments", nsmap=_PREFIXES)
        self._comments.set(f"{_MC}Ignorable", "w14")
        self._extended = etree.Element(f"{_W15}commentsEx", nsmap={"w15": _W15[1:-1]})
        self._taken: set[tuple[Element, int, int]] = set()
        for mark in list(self._root.iter(*_COMMENT_MARKS)):
            _remove(mark)
        marks = self._root.iter(f"{W}bookmarkStart")
        self._marked = {str(mark.get(f"{W}name")): mark for mark in marks}
        self.paragraphs = [
            each for each in self._root.iter(f"{W}p") if not _is_within(each, _ASIDE)
        ]
        """Those in which comments can stand, in order."""

    def at(self, mark: str) -> Element | None:
        """The paragraph in which a bookmark begins."""
        bookmark = self._marked.get(mark)
        holder = None if bookmark is None else bookmark.getparent()
        return holder if holder is not None and holder.tag == f"{W}p" else None

    def add(self, comment: WordComment, paragraph: Element, begin: int, end: int) -> None:
        """Add a comment to some of the words of a paragraph.

        No two have the very same words: LibreOffice would take the one for an answer to the other.
        """
        length = len(words_of(paragraph))
        begin, end = max(0, min(begin, length - 1)), min(max(end, begin + 1), length)
        while (paragraph, begin, end) in self._taken and (end < length or begin > 0):
            begin, end = (begin, end + 1) if end < length else (begin - 1, end)
        self._taken.add((paragraph, begin, end))
        name = self._next_name()
        self._mark(self._write(comment, ""), paragraph, begin, end)
        for reply in comment.replies:
            self._mark(self._write(reply, name), paragraph, begin, end)

    def data(self) -> bytes:
        """The file."""
        made = {DOCUMENT: self._root, COMMENTS: self._comments, _EXTENDED: self._extended}
        types, relations = xml_of(self._parts[_TYPES]), xml_of(self._parts[_RELATIONS])
        for part, (kind, type_) in _KINDS.items():
            _name(types, "Override", PartName=f"/{part}", ContentType=type_)
            name = part.rpartition("/")[2]
            _name(relations, "Relationship", Id=f"rId-{name[:-4]}", Type=kind, Target=name)
        made |= {_TYPES: types, _RELATIONS: relations}
        return packed(self._parts | {part: _bytes(root) for part, root in made.items()})

    # -- what a comment says ----------------------------------------------------------------

    def _next_name(self) -> str:
        """The identifier of the last paragraph of the comment that is written next."""
        return f"{len(self._comments) + 1:08X}"

    def _write(self, comment: WordComment, parent: str) -> int:
        """Write a comment, which answers a `parent`; its number."""
        number, name = len(self._comments), self._next_name()
        made = _sub(self._comments, "comment", id=number, author=in_xml(comment.author))
        if comment.date:
            made.set(f"{W}date", comment.date)
        made.set(f"{W}initials", in_xml(comment.author[:1]))
        lines = in_xml(comment.words).split("\n")
        for at, line in enumerate(lines):
            paragraph = _sub(made, "p")
            _sub(_sub(paragraph, "pPr"), "spacing", before=0, after=0, line=240, lineRule="auto")
            if not at:
                _sub(_run(paragraph), "annotationRef")
            text = _sub(_run(paragraph), "t")
            text.text = line
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        paragraph.set(f"{_W14}paraId", name)
        about = {f"{_W15}paraId": name, f"{_W15}done": str(int(comment.is_resolved))}
        if parent:
            about[f"{_W15}paraIdParent"] = parent
        self._extended.append(self._extended.makeelement(f"{_W15}commentEx", about))
        return number

    # -- where it stands --------------------------------------------------------------------

    def _mark(self, number: int, paragraph: Element, begin: int, end: int) -> None:
        started, ended = (_new(f"commentRange{which}", id=number) for which in ("Start", "End"))
        first = _run_from(paragraph, begin)
        _run_from(paragraph, end)  # so that a run ends there
        last = next((each for each in reversed(_pieces(paragraph)) if each.begin < end), None)
        if first is None or last is None:
            paragraph.extend((started, ended))
        else:
            _child_of(paragraph, first).addprevious(started)
            _child_of(paragraph, last.element).addnext(ended)
        reference = _new("r")
        _sub(reference, "commentReference", id=number)
        ended.addnext(reference)


def words_of(paragraph: Element) -> str:
    """The words of a paragraph as it stands, changes taken; a tab and a line end are one each."""
    return "".join(piece.words for piece in _pieces(paragraph))


def all_words_of(paragraph: Element) -> str:
    """The same with what was deleted in it."""
    return "".join(str(each.text or "") for each in paragraph.iter(f"{W}t", f"{W}delText"))


def _pieces(paragraph: Element) -> list[_Piece]:
    pieces, at = [], 0
    for element in _elements(paragraph):
        words = str(element.text or "") if element.tag == f"{W}t" else _MARKS[str(element.tag)]
        if words:
            pieces.append(_Piece(at, words, element))
            at += len(words)
    return pieces


def _elements(holder: Element) -> Iterator[Element]:
    """What has words, of the runs that a paragraph holds."""
    for child in holder:
        if child.tag == f"{W}r":
            yield from (each for each in child if each.tag == f"{W}t" or each.tag in _MARKS)
        elif child.tag not in _GONE | _ASIDE:
            yield from _elements(child)


def _run_from(paragraph: Element, at: int) -> Element | None:
    """The run that begins with a character; one that has others before it is divided."""
    for piece in _pieces(paragraph):
        if piece.begin <= at < piece.end:
            return _divided(piece.element, at - piece.begin)
    return None


def _divided(element: Element, count: int) -> Element:
    """The run that begins so many characters into an element of one; what is before stays."""
    run = element.getparent()
    assert run is not None
    before = [each for each in element.itersiblings(preceding=True) if each.tag != f"{W}rPr"]
    if not before and not count:
        return run
    rest = _new("r")
    form = run.find(f"{W}rPr")
    if form is not None:
        rest.append(copied(form))
    following = list(element.itersiblings())
    if count:
        behind = copied(element)
        behind.tail, words = None, str(element.text or "")
        element.text, behind.text = words[:count], words[count:]
        rest.append(behind)
    else:
        rest.append(element)
    rest.extend(following)
    run.addnext(rest)
    return rest


def _child_of(paragraph: Element, element: Element) -> Element:
    """What of a paragraph itself an element stands in: no link or change is torn."""
    parent = element.getparent()
    assert parent is not None
    return element if parent is paragraph else _child_of(paragraph, parent)


def _remove(element: Element) -> None:
    """Take out an element, and the run that it leaves empty."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    if parent.tag == f"{W}r" and all(each.tag == f"{W}rPr" for each in parent):
        _remove(parent)


def _is_within(element: Element, tags: set[str]) -> bool:
    return any(each.tag in tags for each in element.iterancestors())


# -- elements ---------------------------------------------------------------------------------


def _new(name: str, /, **attributes: object) -> Element:
    from lxml import etree

    made = etree.Element(f"{W}{name}", nsmap={"w": W[1:-1]})
    for key, value in attributes.items():
        made.set(f"{W}{key}", str(value))
    return made


def _sub(holder: Element, name: str, /, **attributes: object) -> Element:
    made = _new(name, **attributes)
    holder.append(made)
    return made


def _run(paragraph: Element) -> Element:
    run = _sub(paragraph, "r")
    form = _sub(run, "rPr")
    for name in ("sz", "szCs"):
        _sub(form, name, val=_SIZE)
    return run


def _name(root: Element, name: str, /, **attributes: str) -> None:
    """Name a part in the package, once."""
    space = str(root.tag).rpartition("}")[0]
    key = "PartName" if name == "Override" else "Target"
    for each in [each for each in root if each.get(key) == attributes[key]]:
        root.remove(each)
    root.append(root.makeelement(f"{space}}}{name}", attributes))


def _bytes(root: Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
