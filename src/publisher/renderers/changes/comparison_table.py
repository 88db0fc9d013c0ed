"""Changes → `对照表.docx` and `对照表.pdf`: the bureau's 修改前后对照表, on landscape pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from publisher import standard, templates
from publisher.changes import About, Change, Changes, Script
from publisher.fonts import ServedFace
from publisher.model import USUAL_FORM, Edition, Orientation, Prose, SetText, one_line
from publisher.renderers import pdf
from publisher.renderers.changes import wording
from publisher.renderers.docx.elements import Maker, in_xml, w
from publisher.renderers.docx.frame import filled_frame
from publisher.renderers.docx.package import finished
from publisher.renderers.docx.profile import fit_page
from publisher.renderers.docx.sections import Pages, lay
from publisher.setting import compose
from publisher.setting.titles import composed_title
from publisher.standard import Length, Size
from publisher.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "对照表"
LEGEND = "修改前一栏中有删除线的是删去的文字，修改后一栏中有下划线的是新增的文字。"
NOTHING = "（无）"
_LONG = 200
"""Characters of a cell that fill about half a page."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and its part of the table's width."""

    name: str
    share: float


COLUMNS = (
    Column("序号", 0.055),
    Column("条款", 0.185),
    Column("修改前", 0.315),
    Column("修改后", 0.315),
    Column("说明", 0.13),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: one change."""

    number: int
    place: tuple[str, ...]
    """Where it stands in its part, a line each."""
    before: tuple[wording.Runs, ...]
    after: tuple[wording.Runs, ...]
    labels: tuple[str, ...]
    """What became of what, and how much it matters."""

    @property
    def may_break(self) -> bool:
        """Whether it is so long that the end of a page may divide it."""
        sides = (self.before, self.after)
        return any(sum(len(r.words) for runs in side for r in runs) > _LONG for side in sides)


@dataclass(frozen=True, slots=True)
class PartEntries:
    """The changes of the front matter, or of one text or table."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """All that the 对照表 says: little beside the versions, so that another process can set it."""

    edition: Edition
    """The new one, without its text."""
    parts: tuple[PartEntries, ...]
    versions: str
    """What the two versions are called."""


def listed(changes: Changes, about: About) -> Listed:
    """A row for each change, under the part that it stands in."""
    versions = in_xml(f"修改前：{about.old}；修改后：{about.new}。")
    return Listed(_bare(changes.new), tuple(_parts(changes)), versions)


def render_docx(table: Listed) -> dict[str, bytes]:
    """`对照表.docx`."""
    return {f"{NAME}.docx": _docx(table)}


def render_pdf(table: Listed) -> dict[str, bytes]:
    """`对照表.pdf`."""
    return {f"{NAME}.pdf": pdf.as_pdf(lambda faces: _html(table, faces))}


def title(edition: Edition) -> str:
    """《…》修改前后对照表; a title within the title stands in 〈〉 (GB/T 15834 4.13.3.2)."""
    inner = one_line(edition.body.title).translate(str.maketrans("《》", "〈〉"))
    return f"《{inner}》修改前后{NAME}"


def _bare(edition: Edition) -> Edition:
    """The edition without its text: what names the issuer and the date of the table.

    All forms have it on pages of the general one.
    """
    document = replace(edition.document, form=USUAL_FORM, issued=(), copies=(), signers=())
    document = replace(document, printing_organ=None, printing_date=None)
    document = replace(document, body=Prose(document.body.title))
    body = SetText(edition.body.title, edition.body.anchor, ())
    return replace(edition, document=document, body=body, issued=())


def _parts(changes: Changes) -> Iterator[PartEntries]:
    numbers, names = count(1), wording.names_now(changes.changes)
    for name, some in wording.by_part(changes.changes):
        yield PartEntries(name, tuple(_entry(next(numbers), change, names) for change in some))


def _entry(number: int, change: Change, names: Mapping[str, str]) -> Entry:
    place = wording.within(change)
    if origin := wording.origin(change, names):
        place = (*place, "原在：", *origin)
    return Entry(number, place, *wording.in_full(change), wording.labels(change))


# -- PDF --------------------------------------------------------------------------------


def _html(table: Listed, faces: tuple[ServedFace, ...]) -> str:
    edition = table.edition
    document = edition.document
    template = templates.environment("print").get_template("comparison.html.jinja")
    return template.render(
        document=document,
        title=title(edition),
        set_title=_set_title(edition),
        author="、".join(organ.name for organ in document.issuers),
        versions=table.versions,
        legend=LEGEND,
        nothing=NOTHING,
        columns=COLUMNS,
        parts=table.parts,
        std=standard,
        font=pdf.fonts_of(faces),
        line=standard.GBT33476.line,
        no_2=Size.NO_2.length,
        no_4=Size.NO_4.length,
        small_4=Size.SMALL_4.length,
        turned=pdf.turned_number(),
        page=standard.page_profile(document.bureau.page),
    )


def _set_title(edition: Edition) -> str:
    return composed_title(title(edition), edition.document, Orientation.LANDSCAPE).words


# -- Word -------------------------------------------------------------------------------


def _docx(table: Listed) -> bytes:
    edition = table.edition
    composition = compose(edition)
    document, mark = filled_frame(composition)
    fit_page(document, composition.head.form, composition.page)
    maker = Maker(document)
    body = document.element.body
    for element in list(body):
        if element is not mark and element is not body[-1]:
            body.remove(element)
    across = standard.text_width(composition.page, landscape=True)
    lay(
        maker,
        mark,
        [Pages(Orientation.LANDSCAPE, _elements(maker, table, across))],
        None,
        has_head=False,
    )
    return finished(document, edition, title(edition))


def _elements(maker: Maker, listed: Listed, across: Length) -> list[Element]:
    edition, parts = listed.edition, listed.parts
    widths = [int(across.twips * column.share) for column in COLUMNS]
    widths[-1] += across.twips - sum(widths)
    rows = [_header(maker, widths)]
    for part in parts:
        name = maker.paragraph(Style.TABLE_GROUP, maker.run(part.name))
        rows.append(maker.row([maker.cell([name], sum(widths), span=len(widths))]))
        rows += (_row(maker, entry, widths) for entry in part.entries)
    table = maker.table(Style.TABLE, widths, rows)
    table.tblPr.append(maker.element("w:tblLook", val="0020", firstRow="1", noVBand="1"))
    table.tblPr.append(maker.value("w:tblCaption", title(edition)))
    columns = "、".join(column.name for column in COLUMNS)
    sum_of_entries = sum(len(part.entries) for part in parts)
    table.tblPr.append(
        maker.value("w:tblDescription", f"共{sum_of_entries}处改动，各列为{columns}")
    )
    return [
        maker.paragraph(Style.ATTACHMENT_TITLE, *maker.lines(_set_title(edition))),
        maker.paragraph(Style.TABLE_TEXT, maker.run(listed.versions)),
        maker.paragraph(Style.TABLE_TEXT, maker.run(LEGEND)),
        table,
        maker.paragraph(Style.AFTER_TABLE),
    ]


def _header(maker: Maker, widths: list[int]) -> Element:
    names = zip(COLUMNS, widths, strict=True)
    return maker.row(
        (
            maker.cell([maker.paragraph(Style.TABLE_HEAD, maker.run(column.name))], width)
            for column, width in names
        ),
        header=True,
    )


def _row(maker: Maker, entry: Entry, widths: list[int]) -> Element:
    cells = (
        [maker.paragraph(Style.TABLE_CENTRED, maker.run(str(entry.number)))],
        [maker.paragraph(Style.TABLE_TEXT, maker.run(step)) for step in entry.place],
        _paragraphs(maker, entry.before, "w:strike"),
        _paragraphs(maker, entry.after, "w:u"),
        [maker.paragraph(Style.TABLE_TEXT, maker.run(words)) for words in entry.labels],
    )
    row = maker.row(
        _from_top(maker.cell(paragraphs, width))
        for paragraphs, width in zip(cells, widths, strict=True)
    )
    if entry.may_break:
        for properties in row.iter(w("w:trPr")):
            properties.remove(properties[0])
    return row


def _from_top(cell: Element) -> Element:
    """A cell whose words begin where those beside it begin."""
    for align in cell.iter(w("w:vAlign")):
        align.set(w("w:val"), "top")
    return cell


def _paragraphs(maker: Maker, paragraphs: tuple[wording.Runs, ...], mark: str) -> list[Element]:
    """Words of one version; what the other lacks carries `mark`, which a copier keeps."""
    if not paragraphs:
        return [maker.paragraph(Style.TABLE_TEXT, maker.run(NOTHING))]
    return [
        maker.paragraph(Style.TABLE_TEXT, *(_run(maker, run, mark) for run in runs))
        for runs in paragraphs
    ]


def _run(maker: Maker, run: wording.Run, mark: str) -> Element:
    style = {Script.RAISED: Style.RAISED, Script.LOWERED: Style.LOWERED, None: None}[run.script]
    made: Any = maker.run(run.words, style)
    if run.is_marked:
        marked = maker.value(mark, "single") if mark == "w:u" else maker.element(mark)
        made.get_or_add_rPr().append(marked)
    element: Element = made
    return element
