"""The readers, each with what it is given and what it promises."""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pikepdf
import seeds
from archive_targets import ARCHIVE
from engine import Broken, Target
from grammars import CSV, DRAWING, HTML, MARKDOWN, OFD, PDF, SHEET, WORD, YAML
from intake_targets import INTAKE, workbooks
from lxml import etree
from mutations import of_bytes, of_package, of_pdf, of_text, of_xml, part_of, rewritten, unpack
from office_targets import OFFICE, leaving_nothing
from progress_targets import PROGRESS
from returning_targets import RETURNING

from conftest import checked, resolved
from publisher import diagnostics, pipeline, templates
from publisher.diagnostics import Finding, Severity
from publisher.files import Unreadable
from publisher.foreign.cleaning import cleaned
from publisher.foreign.ink import with_ink
from publisher.inspect import (
    Inspection,
    inspect_docx,
    inspect_ofd,
    inspect_pdf,
    ofd,
    page_pictures,
    report,
)
from publisher.model import (
    Acceptance,
    Block,
    Column,
    ColumnRole,
    Document,
    Heading,
    Inline,
    Item,
    Link,
    Lowered,
    NameList,
    NotedComment,
    Orientation,
    Picture,
    Place,
    Raised,
    Row,
    Strong,
    Table,
    Text,
    notes_in,
)
from publisher.readers import read_bureau, read_document
from publisher.readers.accepted import read_accepted
from publisher.readers.bureau import NewerContent
from publisher.readers.comments import read_comments
from publisher.readers.images import read_image
from publisher.readers.markdown import read_blocks
from publisher.readers.source import CONTROL, Source, decode
from publisher.readers.tables import Layout, read_csv
from publisher.readers.yaml import read_mapping
from publisher.renderers import text, web
from publisher.renderers.foreign_pages import AttachedPdf, ForeignPages
from publisher.renderers.pdf_tags import PdfTag
from publisher.renderers.tag_writing import write_tags
from publisher.rules import RULES
from publisher.setting.composition import FilePage, Rectangle
from publisher.standard import Length
from publisher.textconv import text_of
from publisher.traces import traces_in
from publisher.verify import UnreadablePage, likeliest, verify
from publisher.verify.saved import folded, read_page
from publisher.verify.stream import stream_of
from publisher.wordfile import W
from publisher.writers.acceptances import with_acceptances
from publisher.writers.comments import with_comments

# -- what holds for all -----------------------------------------------------------------

_CHINESE = re.compile("[\u4e00-\u9fff]")
_SAYS = re.compile(r"[0-9A-Za-z]|[^\x00-\x7f\s；]")
"""A character that says something: no blank, no mark of a format."""


def _hold(holds: object, promise: str, about: object = "") -> None:
    if not holds:
        raise Broken(promise, about)


def _is_chinese_line(words: str) -> bool:
    return bool(_CHINESE.search(words)) and not re.search(r"[\n\r]|Traceback", words)


def _findings_are_well_formed(found: Iterable[Finding], files: Mapping[str, bytes]) -> None:
    """Each says what is wrong and what to do, at a place that there is; `files` as places name."""
    read = {name: decode(data, name)[0] for name, data in files.items()}
    for one in found:
        place, source = one.place, read.get(one.place.file)
        _hold(_is_chinese_line(one.message), f"{one.name}: its message is a Chinese line", one)
        _hold(_is_chinese_line(one.hint), f"{one.name}: its hint is a Chinese line", one)
        _hold(not CONTROL.search(one.message), f"{one.name}: it can be shown", one)
        _hold(place.line >= 1 <= place.column, f"{one.name}: its place is there", one)
        if source is not None:
            _hold(place.line <= len(source.lines), f"{one.name}: its line is in the file", one)
            length = len(source.lines[place.line - 1])
            _hold(place.column <= length + 1, f"{one.name}: its column is in the line", one)
    told = diagnostics.in_order(found)
    _hold(diagnostics.from_json(diagnostics.as_json(told).encode()) == told, "JSON keeps findings")


def _all_is_kept(
    lines: Sequence[str],
    spoken_of: Container[int],
    kept: str,
    unmarked: Sequence[str] | None = None,
) -> None:
    """The model has what lines say of which no finding speaks, and nothing that no line says.

    What the lines have and not those that are `unmarked`, it may have or not.
    """
    sure = lines if unmarked is None else unmarked
    certain = [line for number, line in enumerate(sure, 1) if number not in spoken_of]
    lost = _said("".join(certain)) - _said(kept)
    _hold(not lost, "nothing is lost", dict(lost))
    made = _said(kept) - _said("".join(lines))
    _hold(not made, "nothing is made up", dict(made))


def _said(words: str) -> Counter[str]:
    """The characters that say something, and how often they stand there."""
    return Counter(_SAYS.findall(words))


def _lines_of(found: Iterable[Finding]) -> set[int]:
    return {one.place.line for one in found}


@contextmanager
def _content(files: Mapping[str, str | bytes]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        seeds.write(content, files)
        yield content


def _check(document: Document, found: list[Finding], files: Mapping[str, bytes]) -> None:
    """Check and resolve what was read; all findings are well formed."""
    resolved(document)
    _findings_are_well_formed([*found, *checked(document)], files)


# -- text -------------------------------------------------------------------------------


_NO_TEXT = "no text"
_REFUSED = "refused"


def _markdown(data: bytes) -> str:
    name = "content/case/plan.md"
    source, found = decode(data, name)
    if source is None:
        return _NO_TEXT
    blocks, of_text = read_blocks(
        source.lines, name, open_picture=lambda _name, _place: seeds.pictures()[0]
    )
    if any(one.name == "beyond_limit" for one in of_text):  # of passages, of lists, of the whole
        return "beyond a limit"
    spoken_of = _lines_of([*found, *of_text])
    for block in blocks:  # what is said of one line of a paragraph may be true of the next
        lines = {place.line for _, place in block.lines}
        spoken_of |= lines if lines & spoken_of else set()
    for number, line in enumerate(source.lines, 1):  # nor does a note end with its first line
        is_further = not line.strip() or line.startswith((" ", "\t"))
        spoken_of |= {number} if number - 1 in spoken_of and is_further else set()
    of_tables = {one.place.line for one in of_text if one.name == "empty_table"}
    for number, line in enumerate(source.lines, 1):  # of such a table nothing is there
        is_row = number - 1 in of_tables and line.lstrip().startswith("|")
        of_tables |= {number} if is_row else set()
    spoken_of |= of_tables
    is_of_keys = False  # what is said of a table in braces is no word of the text
    for number, line in enumerate(source.lines, 1):
        is_of_keys = is_of_keys or line.lstrip().startswith("{")
        spoken_of |= {number} if is_of_keys else set()
        is_of_keys = is_of_keys and not line.rstrip().endswith("}")
    kept = "".join([*map(_words, blocks), *_notes(blocks)])
    _all_is_kept(source.lines, spoken_of, kept, _unmarked(source.lines, blocks))
    document = seeds.small()
    (plan,) = document.issued
    within = tuple(_within(block, len(plan.levels)) for block in blocks)
    made = replace(document, issued=(replace(plan, blocks=within),))
    _check(made, [*found, *of_text], {name: data})
    return "checked"


def _within(block: Block, most: int) -> Block:
    """As the reader of documents passes a heading on."""
    return replace(block, level=min(block.level, most)) if isinstance(block, Heading) else block


_MARKS = re.compile(r"^(?:\s*[0-9]{1,9}[.)](?=\s))+|\[\^[^\[\]\s]+\]|\.独行")
"""Of items and notes, whose numbers are made; of headings that stand alone. They may be words."""
_BEFORE_NAME = re.compile(r"^\s*[：:]\s+")
_BEHIND_LABEL = re.compile(r"[\s：:*^~\\]+$")
"""The colon that is printed there, however often it was typed, and in whatever stress."""


def _unmarked(lines: Sequence[str], blocks: Iterable[Block]) -> list[str]:
    """The lines without marks that are no words: of lists of names, the colons that part them."""
    made = [_MARKS.sub("", line) for line in lines]
    for block in blocks:
        if isinstance(block, NameList):
            labels = {group.place.line for group in block.groups}
            for _, place in block.lines:
                mark = _BEHIND_LABEL if place.line in labels else _BEFORE_NAME
                made[place.line - 1] = mark.sub("", made[place.line - 1])
    return made


def _words(block: Block) -> str:
    if isinstance(block, NameList):
        return "".join(
            group.label + "".join(entry.name + entry.office for entry in group.entries)
            for group in block.groups
        )
    if isinstance(block, Table):
        return _table_words(block)
    if isinstance(block, Picture):
        return block.title + block.words + block.name
    named = (block.identifier or "") if isinstance(block, Heading | Item) else ""
    return _inline_words(block.content) + named


def _table_words(table: Table) -> str:
    """What a table says; a cell that is one with another says nothing itself."""
    rows = (*table.head, *table.rows)
    names = () if table.head else tuple(column.name for column in table.columns)
    words = (cell.text for row in rows for cell in row.cells)
    return "".join((table.title, *names, *words, table.unit or "", *table.remarks))


def _notes(blocks: Sequence[Block]) -> Iterator[str]:
    """The words of each note once, in however many texts and tables its mark stands."""
    notes = [note for block in blocks for note in notes_in(block.content)]
    in_text = {note.place: _inline_words(note.content) for note in notes}
    yield from in_text.values()
    tables = [block for block in blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in (*table.head, *table.rows)]
    in_tables = dict.fromkeys(cell.note for row in rows for cell in row.cells if cell.note)
    seen = [_said(words) for words in in_text.values()]
    yield from (words for words in in_tables if _said(words) not in seen)


def _inline_words(content: tuple[Inline, ...]) -> str:
    words = ""
    for one in content:
        match one:
            case Text(characters) | Raised(characters) | Lowered(characters):
                words += characters
            case Link(target, inner):
                words += target + _inline_words(inner)
            case Strong(inner):
                words += _inline_words(inner)
    return words


def _yaml(data: bytes) -> str:
    """As front matter, as `bureau.yaml`, as `accepted.yaml` and as `comments.yaml`."""
    with _content({}) as content:
        is_document = _front_matter(content, b"---\n" + data + b"\n---\n\n" + "泵站停用。".encode())
        _bureau(content, data)
        _accepted(content / "case", data)
        _comments(content / "case", data)
    _mapping(data)
    return "a document" if is_document else "no document"


def _front_matter(content: Path, data: bytes) -> bool:
    seeds.write(content, {**seeds.SMALL, "case/document.md": data})
    document, found = read_document(content / "case", seeds.small().bureau)
    if document:
        _check(document, found, {"content/case/document.md": data})
    return document is not None


def _bureau(content: Path, data: bytes) -> None:
    seeds.write(content, {"bureau.yaml": data})
    try:
        bureau, found = read_bureau(content)
    except NewerContent:
        return
    _check(replace(seeds.small(), bureau=bureau), found, {"content/bureau.yaml": data})


def _accepted(folder: Path, data: bytes) -> None:
    seeds.write(folder, {"accepted.yaml": data})
    accepted, found = read_accepted(folder, "case")
    _findings_are_well_formed(found, {"case/accepted.yaml": data})
    if diagnostics.stops_publishing(found):
        return
    one = Acceptance("empty_task", "case/tasks.csv", "没有任务", "1,,", "确认")
    try:
        more = with_acceptances(data, [one])
    except ValueError:  # said to be no YAML that can be added to
        return
    seeds.write(folder, {"accepted.yaml": more})
    after, found = read_accepted(folder, "case")
    _hold(
        after == accepted._replace(findings=(*accepted.findings, one)),
        "what is accepted is kept, and more added",
        (more, found),
    )


def _comments(folder: Path, data: bytes) -> None:
    seeds.write(folder, {"comments.yaml": data})
    comments, found = read_comments(folder, "case")
    _findings_are_well_formed(found, {"case/comments.yaml": data})
    if diagnostics.stops_publishing(found):
        return
    one = NotedComment("韩正", "2030-03-02 09:30", "请写明\n期限。", replies=("柳喆：好",))
    try:
        more = with_comments(data, [one])
    except ValueError:  # said to be no YAML that can be added to
        return
    seeds.write(folder, {"comments.yaml": more})
    after, found = read_comments(folder, "case")
    _hold(after == (*comments, one), "what was remarked is kept, and more added", (more, found))
    _hold(with_comments(more, [one]) == more, "the same again changes nothing", more)


_SPECIAL = re.compile(r"[#&*!%\\@`|>?]")
"""What makes of a text other than it says: comments, names, escapes, folds."""
_ASCII = re.compile(r"[\x00-\x7f]")


def _mapping(data: bytes) -> None:
    source, found = decode(data, "f")
    if source is None or _SPECIAL.search(source.text):
        return
    values, of_yaml = read_mapping(source.text, "f")
    if not any(one.severity is Severity.ERROR for one in of_yaml):
        kept = json.dumps(values.data, ensure_ascii=False)
        *lines, kept = [_ASCII.sub("", one) for one in (*source.lines, kept)]
        _all_is_kept(lines, _lines_of([*found, *of_yaml]), kept)


def _csv(data: bytes) -> str:
    """As a table whose columns are declared, and as one whose are not."""
    name = "content/case/tasks.csv"
    source, found = decode(data, name)
    if source is None:
        return _NO_TEXT
    document = seeds.small()
    (plan,) = document.issued
    tasks, sites = document.tables
    _, _, of_sites = _table(source, None, found)
    columns, rows, of_tasks = _table(source, seeds.COLUMNS, found)
    lines = tuple((line, Place(name, number)) for number, line in enumerate(source.lines, 1))
    tables = replace(tasks, columns=columns, rows=rows, lines=lines), sites
    made = replace(document, issued=(replace(plan, attachments=tables),))
    _check(made, [*found, *of_sites, *of_tasks], {name: data})
    return "checked"


def _table(
    source: Source, declared: Mapping[str, ColumnRole] | None, of_source: list[Finding]
) -> tuple[tuple[Column, ...], tuple[Row, ...], list[Finding]]:
    table, found = read_csv(source, Layout(declared))
    columns, rows = table.columns, table.rows
    if not any(one.severity is Severity.ERROR for one in found):  # of columns: on all lines
        cells = [cell for row in rows for cell in (*row.cells, row.clause) if cell]
        named = [] if declared is None else ["条款"]
        heads = [cell.text for row in table.head for cell in row.cells]
        heads = heads or [column.name for column in columns]
        kept = "".join([*named, *heads, *(one.text for one in cells)])
        _all_is_kept(source.lines, _lines_of([*of_source, *found]), kept)
    return columns, rows, found


# -- a folder ---------------------------------------------------------------------------


def _part_of_content(random: Any, name: str, data: bytes, others: Any) -> bytes:
    by_suffix = {".md": MARKDOWN, ".csv": CSV, ".yaml": YAML}
    grammar = by_suffix.get(Path(name).suffix, MARKDOWN)
    if data.startswith(b"---") and random.random() < 0.5:
        grammar = YAML
    text = data.decode("utf-8", "replace")
    texts = [other.decode("utf-8", "replace") for other in others]
    return rewritten(random, text, texts, grammar).encode()


def _folder(data: bytes) -> str:
    try:
        files = unpack(data)
    except Exception:  # a ZIP that is broken is no folder
        return "no folder"
    with _content(files) as content:
        document, found, _ = pipeline.read(content, "case")
        _findings_are_well_formed(found, {f"content/{name}": one for name, one in files.items()})
        if document is None or diagnostics.stops_publishing(found):
            return _REFUSED
        edition = resolved(document)
        text.render(edition)
        fragment = web.render_fragment(edition)
        _hold(verify("case", fragment, fragment).is_whole, "a fragment is whole beside itself")
        return "published"


# -- finished files ---------------------------------------------------------------------


def _html(data: bytes) -> str:
    fragment = seeds.fragment()
    shown = _or_unreadable(likeliest, data, {"case": fragment})
    _hold(shown in (None, "case"), "a page shows one of the documents")
    result = _or_unreadable(verify, "case", fragment, data)
    if result is None:
        return _REFUSED
    for one in result.differences:
        _hold(_is_chinese_line(one.message), f"{one.name}: its message is a Chinese line", one)
    _hold(all(0 <= one.kept <= one.of for one in result.counts), "counts are true", result.counts)
    words = stream_of(read_page(data, 10**9)).words
    told = "".join(folded(one.place + one.message + one.canonical) for one in result.differences)
    for passage in seeds.passages():
        is_there = passage.words in words or passage.words[:15] in told
        _hold(is_there, "what is lost from a page is told", passage)
    _hold(data != fragment or result.is_whole, "a fragment is whole beside itself", result)
    return "whole" if result.is_whole else "differs"


def _or_unreadable(call: Callable[..., Any], *given: Any) -> Any:
    try:
        return call(*given)
    except UnreadablePage as error:
        _hold(_is_chinese_line(str(error)), "why a page cannot be read is told in Chinese", error)
        return None


_UNSEEN = {
    f"{W}{name}"
    for name in ["del", "moveFrom", "delText", "instrText", "t", "tab", "br", "cr", "noBreakHyphen"]
}
"""In what a word does not show: what was deleted, and what holds no words."""


def _seen(document: bytes) -> str:
    """The words that show in a part: those of paragraphs, where rows have cells."""
    return "".join(
        word.text or "" for word in etree.fromstring(document).iter(f"{W}t") if _shows(word)
    )


def _shows(word: Any) -> bool:
    around = list(word.iterancestors())
    tags = [element.tag for element in around]
    rows = [number for number, tag in enumerate(tags) if tag == f"{W}tr"]
    return (
        f"{W}p" in tags
        and _UNSEEN.isdisjoint(tags)
        and not any(str(tag).endswith("}Fallback") for tag in tags)  # it stands there twice
        and all(f"{W}tc" in tags[:row] for row in rows[:1])
        and all(around[row].find(f"{W}trPr/{W}del") is None for row in rows)
    )


def _textconv(data: bytes) -> str:
    words = text_of(data)
    _hold(words.endswith("\n"), "the words of a file end in a line")
    if words.startswith("（"):
        return _REFUSED
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        document = package.read("word/document.xml")
    lost = _said(_seen(document)) - _said(words)
    _hold(not lost, "nothing is lost", dict(lost))
    return "read"


def _is_well_formed(inspection: Inspection) -> None:
    if inspection.problem:
        _hold(_is_chinese_line(inspection.problem), "a problem is told in Chinese", inspection)
        _hold(not inspection.measurements, "what cannot be measured is not")
    else:
        _hold(len(inspection.measurements) == len(RULES), "each rule has a verdict")
        _hold(_CHINESE.search(inspection.how), "how it was measured is told")
    _hold(_is_chinese_line(report.sentence(inspection)), "a verdict is a Chinese line")
    json.loads(report.as_json([inspection]), parse_constant=_refuse)


# -- pictures and finished files ----------------------------------------------------------


def _picture(data: bytes) -> str:
    return _image(data, "a.png")


def _drawing(data: bytes) -> str:
    return _image(data, "a.svg")


_LEADS = re.compile(r"script|javascript|@import|//a\.cn|file:|onload", re.IGNORECASE)


def _image(data: bytes, name: str) -> str:
    """What is published of a picture is a picture, and says nothing but what it shows."""
    image, found = read_image(data, name, Place("content/case/document.md"))
    _findings_are_well_formed(found, {})
    if image is None:
        _hold(found, "why a picture cannot be used is told")
        return _REFUSED
    again, more = read_image(image.data, f"a{image.kind.suffix}", Place("a"))
    _hold(again is not None and not more, "what was read can be read again")
    if image.is_drawing:
        root = etree.fromstring(image.data)
        kept = [str(value) for each in root.iter() for value in each.attrib.values()]
        kept += [each.text or "" for each in root.iter("{*}style")]
        _hold(not any(map(_LEADS.search, kept)), "nothing acts or leads outside", kept)
    return "drawn" if image.is_drawing else "read"


def _attached(suffix: str) -> Callable[[bytes], str]:
    def read(data: bytes) -> str:
        traces = traces_in(data, f"a{suffix}")
        return _REFUSED if traces is None else "looked into"

    return read


def _taken_over(data: bytes) -> str:
    """Pages of an attached PDF stand on ours, and the PDF that comes of it is sound."""
    try:
        attached = with_ink(cleaned(data))
    except Unreadable as error:
        _hold(_is_chinese_line(str(error)), "why a PDF is not taken over is told in Chinese", error)
        return _REFUSED
    for page in attached.pages:
        left, bottom, right, top = page.ink or (0, 0, 1, 1)
        _hold(left < right and bottom < top, "what is inked has room", page)
        _hold(0 < page.scale_in(Length(400), Length(600)) <= 1, "no page is enlarged", page)
    again = with_ink(cleaned(attached.data))
    _hold(len(again.pages) == len(attached.pages), "what was taken can be taken again")
    room = Rectangle(Length(79), Length(105), Length(442), Length(638))
    rooms = (FilePage(room, Orientation.PORTRAIT, n + 1) for n in range(len(attached.pages)))
    with ExitStack() as opened, pikepdf.new() as file:
        for number in range(len(attached.pages)):
            blank = file.add_blank_page(page_size=(595, 842)).obj
            blank.Contents, blank.StructParents = file.make_stream(b""), number
        file.Root.StructTreeRoot = file.make_indirect(pikepdf.Dictionary())
        pages = ForeignPages(file, opened)
        part = pages.drawn(AttachedPdf(attached, tuple(rooms)), 2)
        write_tags(file, PdfTag("Document", (part,)), pages.streams)
        written = io.BytesIO()
        file.save(written)
    with pikepdf.open(io.BytesIO(written.getvalue())) as file:
        _hold(len(file.pages) == len(attached.pages), "each page stands on one of ours")
        _hold(b"JavaScript" not in file.Root.unparse(resolved=True), "nothing runs")
    return "tagged" if attached.is_tagged else "taken over"


def _refuse(constant: str) -> None:
    raise Broken("measures are numbers", constant)


# Templates are read once: that takes longer than all the rest.
_environment = cache(templates.environment)


def _pdf(data: bytes) -> str:
    inspection = inspect_pdf("a.pdf", data)
    _is_well_formed(inspection)
    if inspection.problem:
        return _REFUSED
    with mock.patch.object(templates, "environment", _environment):
        report.as_html("甲", [inspection], page_pictures(data))
    return "measured"


def _ofd(data: bytes) -> str:
    inspection = inspect_ofd("a.ofd", data)
    _is_well_formed(inspection)
    if inspection.problem:
        return _REFUSED
    with mock.patch.object(templates, "environment", _environment):
        report.as_html("甲", [inspection], ofd.page_pictures(data))
    return "measured"


def _docx(data: bytes) -> str:
    with mock.patch.dict(os.environ, {"PATH": ""}):
        inspection = inspect_docx("a.docx", data)
    _is_well_formed(inspection)
    return _how(inspection)


def _docx_in_office(data: bytes) -> str:
    with leaving_nothing():
        inspection = inspect_docx("a.docx", data)
        _is_well_formed(inspection)
    return _how(inspection)


SET = "set by LibreOffice"


def _how(inspection: Inspection) -> str:
    """By what a file was measured, if at all."""
    if inspection.problem:
        return _REFUSED
    if inspection.sheets:
        return SET
    return "given to LibreOffice, not set" if inspection.failed else "measured by its settings"


_word_parts = of_package(part_of(WORD))
_ofd_parts, _sheet_parts = of_package(part_of(OFD)), of_package(part_of(SHEET))
_whole_word_parts = of_package(part_of(WORD, rough=False), rough=False)

TARGETS = (
    Target("markdown", ".md", seeds.texts, of_text(MARKDOWN), _markdown, 100_000, 100),
    Target("yaml", ".yaml", seeds.mappings, of_text(YAML), _yaml, 100_000, 80),
    Target("csv", ".csv", seeds.tables, of_text(CSV), _csv, 100_000, 100),
    Target("content", ".zip", seeds.contents, of_package(_part_of_content), _folder, 5_000, 20),
    Target("html", ".html", seeds.pages, of_text(HTML), _html, 100_000, 80),
    Target("textconv", ".docx", seeds.word_files, _word_parts, _textconv, 100_000, 300),
    Target("pdf", ".pdf", seeds.prints, of_pdf(PDF), _pdf, 10_000, 20),
    Target("ofd", ".ofd", seeds.ofd_prints, _ofd_parts, _ofd, 10_000, 60),
    Target("docx", ".docx", seeds.word_files, _word_parts, _docx, 10_000, 150),
    Target("picture", ".png", seeds.pictures, of_bytes, _picture, 10_000, 100),
    Target("drawing", ".svg", seeds.drawings, of_xml(DRAWING), _drawing, 10_000, 100),
    Target("attached", ".docx", seeds.word_files, _word_parts, _attached(".docx"), 10_000, 50),
    Target("taken-over", ".pdf", seeds.attached, of_pdf(PDF), _taken_over, 10_000, 40),
    Target("attached-pdf", ".pdf", seeds.prints, of_pdf(PDF), _attached(".pdf"), 10_000, 50),
    Target("attached-ofd", ".ofd", seeds.ofd_prints, _ofd_parts, _attached(".ofd"), 10_000, 20),
    Target("attached-xlsx", ".xlsx", workbooks, _sheet_parts, _attached(".xlsx"), 10_000, 20),
    Target(
        "docx-in-office",
        ".docx",
        seeds.word_files,
        _whole_word_parts,
        _docx_in_office,
        1_000,
        2,
        needs_office=True,
        patience=400,
        memory=None,
    ),
    *INTAKE,
    *OFFICE,
    *RETURNING,
    *PROGRESS,
    *ARCHIVE,
)
BY_NAME = {target.name: target for target in TARGETS}
