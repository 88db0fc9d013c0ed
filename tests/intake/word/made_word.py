"""Word files of a few lines of XML, as tests need them: the smallest that have what is asked."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable

from publisher.intake import word
from publisher.intake.source import (
    Run,
    SourceBlock,
    SourceFile,
    SourceParagraph,
    SourceTable,
    paragraphs_in,
)
from publisher.intake.word.reading import UNPLACED

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PROPERTIES = {"docProps/app.xml": "extended-properties", "docProps/core.xml": "core-properties"}
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
_ROOTS |= {"endnotes": "endnotes", "comments": "comments", "settings": "settings"}


def made(
    body: str,
    *,
    relations: Iterable[tuple[str, str, str]] = (),
    files: dict[str, bytes] | None = None,
    **parts: str,
) -> bytes:
    """A DOCX: what stands in its body, in its other parts by their names, and files beside them.

    `relations` are identifier, kind and target; an address outside is told by its scheme.
    """
    named = {f"{name}.xml": (name, text) for name, text in parts.items()}
    targets = [(f"r-{name}", kind, name) for name, (kind, _) in named.items() if kind in _ROOTS]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made_:
        made_.writestr("[Content_Types].xml", _types(named))
        roots = [("r1", "officeDocument", "word/document.xml")]
        roots += [(name, kind, name) for name, kind in _PROPERTIES.items() if name in (files or {})]
        made_.writestr("_rels/.rels", _relations(roots))
        made_.writestr("word/document.xml", _part("document", f"<w:body>{body}</w:body>"))
        made_.writestr("word/_rels/document.xml.rels", _relations([*targets, *relations]))
        for name, (kind, text) in named.items():
            made_.writestr(f"word/{name}", _part(_root(kind), text))
        for name, data in (files or {}).items():
            made_.writestr(name, data)
    return archive.getvalue()


def _types(named: dict[str, tuple[str, str]]) -> str:
    """What LibreOffice wants to know of the parts."""
    word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    kinds = {"document.xml": "document.main"} | {
        name: _type(kind) for name, (kind, _) in named.items()
    }
    lines = "".join(
        f'<Override PartName="/word/{name}" ContentType="{word_type}{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = f'<Default Extension="rels" ContentType="{relations}"/>'
    defaults += '<Default Extension="png" ContentType="image/png"/>'
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<Types xmlns="{namespace}">{defaults}{lines}</Types>'


def _type(kind: str) -> str:
    return {"hdr": "header", "ftr": "footer"}.get(_root(kind), kind)


def _root(kind: str) -> str:
    return {"h": "hdr", "f": "ftr"}.get(kind.rstrip("0123456789"), kind)


def _part(root: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{inside}</w:{root}>'


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{identifier}" Type="{_TYPE}{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for identifier, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}">{lines}</Relationships>'


def run(words: str, settings: str = "") -> str:
    rpr = f"<w:rPr>{settings}</w:rPr>" if settings else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*inside: str, settings: str = "") -> str:
    """A paragraph; words alone become a run."""
    runs = "".join(each if each.startswith("<") else run(each) for each in inside)
    return f"<w:p>{f'<w:pPr>{settings}</w:pPr>' if settings else ''}{runs}</w:p>"


def field(instruction: str, *shown: str) -> str:
    """A field with what it shows."""
    mark = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return mark % "begin" + code + mark % "separate" + "".join(map(run, shown)) + mark % "end"


def cell(*paragraphs: str, settings: str = "") -> str:
    inside = "".join(each if each.startswith("<") else paragraph(each) for each in paragraphs)
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def row(*cells: str, settings: str = "") -> str:
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{settings}</w:trPr>{inside}</w:tr>"


def table(*rows: str, settings: str = "", widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl><w:tblPr>{settings}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


# -- what was read --------------------------------------------------------------------------


def read(data: bytes) -> SourceFile:
    """What is read of a DOCX, all of whose words are accounted for."""
    source = word.read("文件.docx", data)
    assert not [each for each in source.left_out if each.why == UNPLACED]
    assert_whole(source)
    return source


def assert_whole(source: SourceFile) -> None:
    """Every word is accounted for, and paragraphs are counted in the order of their places."""
    assert characters(source.raw) == characters(accounted(source))
    numbers = [each.number for each in paragraphs_in(source.blocks)]
    assert numbers == sorted(set(numbers))
    assert all(number <= len(source.spots) for number in numbers)


def characters(words: str) -> Counter[str]:
    return Counter("".join(words.split()))


def accounted(source: SourceFile) -> str:
    """The words in blocks, in their notes, and left out."""
    kept = "".join(
        run.words + noted(run) for each in paragraphs_in(source.blocks) for run in each.runs
    )
    return kept + "".join(each.words for each in source.left_out)


def noted(run_: Run) -> str:
    return "".join(each.words for each in run_.note or ())


def paragraphs(data: bytes) -> list[SourceParagraph]:
    return list(paragraphs_in(read(data).blocks))


def lines(data: bytes) -> list[str]:
    """The words of all paragraphs as shown, those with words."""
    return [each.words for each in paragraphs(data) if each.words]


def first_table(data: bytes) -> SourceTable:
    return next(each for each in read(data).blocks if isinstance(each, SourceTable))


def grid(made_table: SourceTable) -> list[list[str]]:
    """The words at each place, as covered."""
    covering = made_table.covering()
    return [
        [
            covering[place, column].words if (place, column) in covering else "–"
            for column in range(made_table.width)
        ]
        for place in range(made_table.height)
    ]


def kinds(blocks: tuple[SourceBlock, ...]) -> list[str]:
    return [type(each).__name__.removeprefix("Source") for each in blocks]
