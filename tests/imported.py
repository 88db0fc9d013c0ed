"""A document → what comes back of what is made of it, and what each format holds of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from conftest import resolved
from publisher import standard
from publisher.changes import Change
from publisher.compare import compare
from publisher.forms import Signature, set_mark
from publisher.intake import take_in
from publisher.intake.recognise.frame.breaks import without_made_breaks
from publisher.intake.recognise.frame.ways import without_automatic_ways
from publisher.intake.result import Intake
from publisher.latest import keeps_latest
from publisher.model import (
    Block,
    Cell,
    ColumnRole,
    Delivery,
    Document,
    Edition,
    FinishedFile,
    Grouping,
    Heading,
    Item,
    LevelForm,
    Merge,
    Orientation,
    Paragraph,
    Picture,
    Prose,
    RedHead,
    Row,
    Seal,
    Sides,
    Table,
    Text,
    WebRecord,
    plain,
)
from publisher.readers.images import read_image
from publisher.renderers import docx, given, web
from publisher.renderers.raster import turned
from publisher.setting import compose
from publisher.setting.signature import composed_signature
from publisher.words.numbering import Counter, all_levels
from publisher.words.sentences import ends_sentence

Files = list[tuple[str, bytes]]


@keeps_latest
def _edition(document: Document) -> Edition:
    return resolved(document)


@keeps_latest
def _word(document: Document) -> Files:
    """The document, and what is not bound with it."""
    composition = compose(_edition(document))
    if not composition.separate:
        return [("document.docx", docx.render_document(composition))]
    apart = [f"attachment-{each.attachment.ordinal}.docx" for each in composition.separate]
    files = docx.render(_edition(document))
    return [(name, files[name]) for name in ("document.docx", *apart) if name in files]


def _page(document: Document) -> Files:
    return [("index.html", web.render(_edition(document), {})["web/index.html"])]


def _fragment(document: Document) -> Files:
    """The fragment, and the pictures that it shows."""
    edition = _edition(document)
    return [("fragment.html", web.render_fragment(edition)), *given.pictures(edition).items()]


FORMATS: dict[str, Callable[[Document], Files]] = {
    "docx": _word,
    "page": _page,
    "fragment": _fragment,
}


def imported(document: Document, format_: str) -> Intake:
    """What is recognised in what is made of a document."""
    return take_in(FORMATS[format_](document), document.bureau, document.slug)


def differences(document: Document, format_: str) -> list[str]:
    """What our own comparison finds between a document and what comes back, a line each."""
    back = imported(document, format_).document
    changes = compare(held(document, document, format_), held(back, document, format_))
    return [line_of(change) for change in changes.changes]


def line_of(change: Change) -> str:
    """A change in a line."""
    before, after = (_short(" / ".join(words)) for words in (change.before, change.after))
    return f"{change.kind.value}{change.subject.value}：{before} → {after}"


def _short(words: str) -> str:
    return f"“{words[:60]}{'…' if len(words) > 60 else ''}”"


# -- what a format holds ----------------------------------------------------------------

Without = Callable[[Document, Document], Document]
"""A document, or what came back, and the document → the first without what is not held."""


@dataclass(frozen=True)
class NotHeld:
    """Something that a document says and a format does not."""

    what: str
    formats: tuple[str, ...]
    why: str
    without: Without


def held(document: Document, original: Document, format_: str) -> Document:
    """A document without what a format does not hold of the original."""
    for each in NOT_HELD:
        if format_ in each.formats:
            document = each.without(document, original)
    return document


def _prose_by_prose(change: Callable[[Prose], Prose]) -> Without:
    def through(prose: Prose) -> Prose:
        attached = tuple(
            through(each) if isinstance(each, Prose) else each for each in prose.attachments
        )
        return change(replace(prose, attachments=attached))

    def without(document: Document, _: Document) -> Document:
        issued = tuple(map(through, document.issued))
        return replace(document, body=through(document.body), issued=issued)

    return without


def _table_by_table(change: Callable[[Table], Table]) -> Without:
    def changed(prose: Prose) -> Prose:
        blocks = tuple(change(each) if isinstance(each, Table) else each for each in prose.blocks)
        attached = tuple(
            change(each) if isinstance(each, Table) else each for each in prose.attachments
        )
        return replace(prose, blocks=blocks, attachments=attached)

    return _prose_by_prose(changed)


def _nameless(prose: Prose) -> Prose:
    blocks = tuple(
        replace(each, identifier=None) if isinstance(each, Heading | Item) else each
        for each in prose.blocks
    )
    return replace(prose, blocks=blocks)


def _beside_those_of(kind: type, change: Callable[[Any, Any], Any]) -> Without:
    """What changes tables or pictures by those of the original, each by the one in its place."""

    def without(document: Document, original: Document) -> Document:
        likes = iter(original.tables if kind is Table else original.pictures)

        def changed(each: Any) -> Any:
            like = next(likes, None) if isinstance(each, kind) else None
            return change(each, like) if like is not None else each

        return _in_order(document, changed)

    return without


def _in_order(document: Document, changed: Callable[[Any], Any]) -> Document:
    """A document with each block and attachment changed, in the order of its texts."""
    made = {}
    for prose in document.proses:
        blocks = tuple(map(changed, prose.blocks))
        made[id(prose)] = blocks, tuple(map(changed, prose.attachments))

    def with_them(prose: Prose) -> Prose:
        blocks, attachments = made[id(prose)]
        attached = (
            with_them(before) if isinstance(before, Prose) else each
            for before, each in zip(prose.attachments, attachments, strict=True)
        )
        return replace(prose, blocks=blocks, attachments=tuple(attached))

    issued = tuple(map(with_them, document.issued))
    return replace(document, body=with_them(document.body), issued=issued)


def _as_told(picture: Picture, like: Picture) -> Picture:
    """A picture without a width that its author did not give."""
    return picture if like.width else replace(picture, width=None)


def _as_it_stands(picture: Picture, _: Picture) -> Picture:
    """A picture as its file has it, turned."""
    if not picture.is_turned:
        return picture
    return replace(picture, image=turned(picture.image), is_turned=False)


def _measured_as_told(table: Table, like: Table) -> Table:
    """A form with widths as its author gave them, and without heights that rows have anyway."""
    narrowest = min(table.widths, default=1)
    widths = tuple(round(width / narrowest, 2) for width in table.widths) if like.widths else ()
    heights = tuple(None if each == standard.FORM_ROW.mm else each for each in table.heights)
    return replace(table, widths=widths, heights=heights if any(heights) else ())


def _as_pixels(picture: Picture, _: Picture) -> Picture:
    """A drawing as the file that sites take."""
    if not picture.image.is_drawing:
        return picture
    image, _ = read_image(given.as_pixels(picture.image).data, "drawing.png", picture.place)
    return replace(picture, image=image, name="")


def _alone_if_followed(prose: Prose) -> Prose:
    """A text whose headings are told to stand alone only where a paragraph could follow on."""
    following = (*prose.blocks[1:], None)
    blocks = tuple(
        replace(block, stands_alone=False)
        if isinstance(block, Heading) and not isinstance(below, Paragraph)
        else block
        for block, below in zip(prose.blocks, following, strict=False)
    )
    return replace(prose, blocks=blocks)


def _led_as_items(prose: Prose) -> Prose:
    """A text in which headings that run in are items, whose stress is none.

    What is below them is that much deeper, and paragraphs belong to no item.
    """
    made: list[Block] = []
    counter, run_in = Counter(prose), 0
    waiting = list(reversed(prose.blocks))
    while waiting:
        block = waiting.pop()
        match block:
            case Heading() if ends_sentence(block.content):
                levels = counter.item_levels()
                run_in = levels.index(block.level) + 1 if block.level in levels else 0
                words = plain(block.content)
                if waiting and isinstance(waiting[-1], Paragraph) and not block.stands_alone:
                    words += plain(waiting.pop().content)
                made.append(Item(run_in, (Text(words),)))
            case Heading():
                counter.heading(block)
                run_in = 0
                made.append(block)
            case Item():
                made.append(Item(block.depth + run_in, (Text(plain(block.content)),)))
            case Paragraph():
                made.append(replace(block, depth=0))
            case _:
                made.append(block)
    return replace(prose, blocks=tuple(made))


_NO_ROLE = (ColumnRole.TEXT, ColumnRole.PEOPLE, ColumnRole.NUMBER)


def _of_single_rows(table: Table) -> Table:
    """A table without a column of groups, where each of them has one row: one of words."""
    at = table.column_of(ColumnRole.GROUP)
    names = [row.cells[at].items for row in table.rows] if at is not None else []
    if at is None or any(above == below for above, below in pairwise(names)):
        return table
    columns = list(table.columns)
    columns[at] = replace(columns[at], role=ColumnRole.TEXT)
    return replace(table, columns=tuple(columns))


_MADE_GROUPS = (ColumnRole.NUMBER, ColumnRole.HEADING)


def _as_declared(table: Table, like: Table) -> Table:
    """A table with words where its author did not say that there are people or figures."""
    columns = tuple(
        replace(column, role=ColumnRole.TEXT)
        if its.role is ColumnRole.TEXT and column.role in _NO_ROLE
        else column
        for column, its in zip(table.columns, like.columns, strict=False)
    )
    return replace(table, columns=columns) if len(columns) == len(table.columns) else table


def _heads_as_words(table: Table) -> Table:
    """A table without figures whose columns name no rows."""
    if any(column.role is ColumnRole.NUMBER for column in table.columns):
        return table
    columns = (
        replace(column, role=ColumnRole.TEXT) if column.role is ColumnRole.HEADING else column
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def _as_shown_in_blanks(table: Table, _: Table) -> Table:
    """A table with blanks as browsers show them; in a form without lines that are empty."""

    def shown(cell: Cell) -> Cell:
        lines = [
            re.sub(" +", " ", line).rstrip("\u3000 ") if table.is_form else re.sub(" +", " ", line)
            for item in cell.items
            for line in item.split("\n")
        ]
        kept = [line for line in lines if line or not table.is_form]
        items = ("\n".join(kept),) if len(cell.items) == 1 else tuple(kept)
        return replace(cell, items=items if any(items) else ())

    rows = (replace(row, cells=tuple(map(shown, row.cells))) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _groups_as_rows(table: Table) -> Table:
    """A table whose groups have rows of their own, without a column for them."""
    at = table.column_of(ColumnRole.GROUP)
    if table.grouping is not Grouping.HEADING_ROW or at is None:
        return table
    width = len(table.columns) - 1
    rows: list[Row] = []
    latest: tuple[str, ...] = ()
    for row in table.rows:
        cells = tuple(cell for index, cell in enumerate(row.cells) if index != at)
        name = row.cells[at]
        if name.items != latest:
            latest = name.items
            rest = tuple(Cell((), name.place, Merge.LEFT) for _ in range(width - 1))
            rows.append(Row((name, *rest)))
        if any(cell.items for cell in cells):
            rows.append(replace(row, cells=cells))
    head = (
        replace(row, cells=tuple(each for index, each in enumerate(row.cells) if index != at))
        for row in table.head
    )
    columns = tuple(column for index, column in enumerate(table.columns) if index != at)
    return replace(
        table, columns=columns, rows=tuple(rows), head=tuple(head), grouping=Grouping.MERGED
    )


def _figures_in_groups_as_rows(table: Table) -> Table:
    """The same of a table that is no list: of a list the page says what its groups are called."""
    is_list = all(column.role not in _MADE_GROUPS for column in table.columns)
    return table if is_list else _groups_as_rows(table)


def _unsealed_as_sealed(document: Document, _: Document) -> Document:
    """A document whose signature stands in the same place with a seal and without, as sealed."""
    names = tuple((organ.name,) for organ in document.issuers)
    seals = (Seal.SEALED, Seal.UNSEALED)
    sealed, not_sealed = (
        composed_signature(Signature(names, document.date, seal)).lines for seal in seals
    )
    is_same = document.seal in seals and sealed == not_sealed
    return replace(document, seal=Seal.SEALED) if is_same else document


def _as_large_as_it_is(prose: Prose) -> Prose:
    """Pictures without what is said of their place on paper."""
    blocks = tuple(
        replace(each, width=None, is_turned=False) if isinstance(each, Picture) else each
        for each in prose.blocks
    )
    attached = tuple(
        replace(each, width=None, is_turned=False) if isinstance(each, Picture) else each
        for each in prose.attachments
    )
    return replace(prose, blocks=blocks, attachments=attached)


def _below_articles(prose: Prose) -> Prose:
    """What is numbered below 第一条 as items."""
    if LevelForm.ARTICLE not in prose.levels:
        return prose
    level = prose.levels.index(LevelForm.ARTICLE) + 1
    blocks = tuple(
        Item(each.level - level, each.content)
        if isinstance(each, Heading) and each.level > level
        else each
        for each in prose.blocks
    )
    return replace(prose, blocks=blocks, levels=prose.levels[:level])


def _listed(prose: Prose) -> Prose:
    deepest = max((each.level for each in prose.blocks if isinstance(each, Heading)), default=0)
    return replace(prose, contents=min(prose.contents, deepest))


def _used(prose: Prose) -> Prose:
    """A text with the levels alone by which something in it is numbered."""
    counter = Counter(prose)
    levels = []
    for block in prose.blocks:
        match block:
            case Heading():
                levels.append(counter.heading(block).level)
            case Item():
                levels.append(counter.item(block).level)
    has_headings = any(isinstance(block, Heading) for block in prose.blocks)
    highest = 0 if has_headings or not levels else min(levels) - 1
    used = all_levels(prose.levels)[highest : max(levels, default=0)]
    return replace(
        prose, levels=used, continuous=tuple(each for each in prose.continuous if each in used)
    )


def _without_files(document: Document, original: Document) -> Document:
    def dropped(prose: Prose, like: Prose) -> Prose:
        is_file = [isinstance(each, FinishedFile) for each in like.attachments]
        is_file += [False] * len(prose.attachments)
        kept = (each for each, gone in zip(prose.attachments, is_file, strict=False) if not gone)
        return replace(prose, attachments=tuple(kept))

    issued = tuple(map(dropped, document.issued, original.issued))
    issued += document.issued[len(issued) :]
    return replace(document, body=dropped(document.body, original.body), issued=issued)


def _unbound(prose: Prose) -> Prose:
    attached = tuple(
        each
        if isinstance(each, FinishedFile)
        else replace(each, delivery=Delivery.BOUND, orientation=_PORTRAIT.get(type(each)))
        for each in prose.attachments
    )
    return replace(prose, attachments=attached)


_PORTRAIT = {Prose: Orientation.PORTRAIT}
"""Tables and pictures lie as they fit."""


def _counted_first(table: Table) -> Table:
    """A grouped table with the column 序号 before all others."""
    roles = [column.role for column in table.columns]
    if ColumnRole.GROUP not in roles or ColumnRole.SERIAL not in roles:
        return table
    at = roles.index(ColumnRole.SERIAL)
    order = [at, *(number for number in range(len(roles)) if number != at)]

    def sorted_row(row: Row) -> Row:
        if len(row.cells) != len(order):
            return row
        return replace(row, cells=tuple(row.cells[number] for number in order))

    return replace(
        table,
        columns=tuple(table.columns[number] for number in order),
        rows=tuple(map(sorted_row, table.rows)),
        head=tuple(map(sorted_row, table.head)),
    )


_stays = _table_by_table(lambda table: replace(table, says_it_goes_on=False))


def _without_unused_goes_on(document: Document, original: Document) -> Document:
    (_, data), *_ = _word(original)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        goes_on = "续表" in package.read("word/document.xml").decode()
    return document if goes_on else _stays(document, original)


def _one_by_one(document: Document, _: Document) -> Document:
    """Each name of 出席, 请假 and 列席 by itself."""
    lists = {
        field: tuple(name for entry in getattr(document, field) for name in entry.split("、"))
        for field in ("present", "excused", "observers")
    }
    return replace(document, **lists)


def _without_usual_mark(document: Document, _: Document) -> Document:
    usual = replace(document, mark=None)
    return usual if set_mark(usual) == set_mark(document) else document


def _replaced(**given: Any) -> Without:
    return lambda document, _: replace(document, **given)


_ALL = ("docx", "page", "fragment")
_SCREEN = ("page", "fragment")
NOT_HELD = (
    NotHeld(
        "which names of 出席, 请假 and 列席 stand in one entry",
        _ALL,
        "all are parted by the same mark",
        _one_by_one,
    ),
    NotHeld(
        "发文机关标志 that is told though it is what the form makes of the organs",
        _ALL,
        "the same words are printed",
        _without_usual_mark,
    ),
    NotHeld(
        "公开属性, and what the page says beside the document",
        ("docx", "fragment"),
        "neither paper nor the text of a page has it",
        _replaced(disclosure=None, web=WebRecord()),
    ),
    NotHeld(
        "修改, 废止, 替代 and 解读, and 发布时间 without its day",
        ("page",),
        "the archive makes of those what it shows beside; a time is shown behind its day",
        lambda document, _: replace(
            document,
            web=replace(
                document.web,
                time=document.web.time if document.web.published else None,
                amends=(),
                repeals=(),
                replaces=(),
                explains=(),
            ),
        ),
    ),
    NotHeld(
        "双面 or 单面",
        _ALL,
        "a screen has no sides; on paper they decide on which page the 版记 stands, and no more",
        _replaced(sides=Sides.BOTH),
    ),
    NotHeld(
        "归档",
        _ALL,
        "it says which files are made, and stands in none of them",
        _replaced(archive=None),
    ),
    NotHeld(
        "套打",
        _ALL,
        "what lies on the paper already is not in the file",
        _replaced(red_head=RedHead.PRINTED),
    ),
    NotHeld(
        "whether there is a seal",
        _SCREEN,
        "a page shows none",
        lambda document, _: (
            replace(document, seal=Seal.SEALED) if document.seal is Seal.UNSEALED else document
        ),
    ),
    NotHeld(
        "whether there is a seal, where a long name leaves the lines one place",
        ("docx",),
        "the same lines are printed in the same place",
        _unsealed_as_sealed,
    ),
    NotHeld(
        "a width of a picture that it has by itself",
        ("docx",),
        "it is shown so wide, told or not",
        _beside_those_of(Picture, _as_told),
    ),
    NotHeld(
        "whether a picture is turned",
        ("docx",),
        "it is turned in the file itself, for not all programs turn it",
        _beside_those_of(Picture, _as_it_stands),
    ),
    NotHeld(
        "列宽 that are not told, or told in other numbers; 行高 that rows have by themselves",
        ("docx",),
        "columns are so wide against one another, and rows so high, told or not",
        _beside_those_of(Table, _measured_as_told),
    ),
    NotHeld(
        "a break in a title where the program breaks it itself",
        _ALL,
        "both are ends of lines",
        lambda document, _: without_made_breaks(document, is_own=True),
    ),
    NotHeld(
        "identifiers of headings and items",
        _ALL,
        "anchors are made of words, and names are for authors",
        _prose_by_prose(_nameless),
    ),
    NotHeld(
        "whether what is numbered below 第一条 is a heading or an item",
        _ALL,
        "both are text with a number, set alike",
        _prose_by_prose(_below_articles),
    ),
    NotHeld(
        "levels that nothing in the text has",
        _ALL,
        "no number of theirs is printed",
        _prose_by_prose(_used),
    ),
    NotHeld(
        "levels of a 目录 of which the text has no heading",
        _ALL,
        "they are not printed",
        _prose_by_prose(_listed),
    ),
    NotHeld(
        "版面 that is told though it is as it fits",
        _ALL,
        "the page lies the same way",
        lambda document, _: without_automatic_ways(document),
    ),
    NotHeld(
        "续表, 列宽, 行高 and whether a form can be filled in",
        _SCREEN,
        "they are of paper and of Word",
        _table_by_table(
            lambda table: replace(
                table, says_it_goes_on=False, is_fillable=False, widths=(), heights=()
            )
        ),
    ),
    NotHeld(
        "whether a heading stands alone that nothing follows which could run on from it",
        _ALL,
        "it is set the same way",
        _prose_by_prose(_alone_if_followed),
    ),
    NotHeld(
        "whether a sentence that is stressed at the begin of an item is a heading that runs in",
        ("fragment",),
        "both are a strong sentence behind a number, and no class tells them apart",
        _prose_by_prose(_led_as_items),
    ),
    NotHeld(
        "drawings",
        ("fragment",),
        "few sites take them: pictures of them stand there",
        _beside_those_of(Picture, _as_pixels),
    ),
    NotHeld(
        "目录",
        ("fragment",),
        "a website has its own",
        _prose_by_prose(lambda prose: replace(prose, contents=0)),
    ),
    NotHeld(
        "whether 序号 stands behind the column of groups",
        _SCREEN,
        "it always stands first",
        _table_by_table(_counted_first),
    ),
    NotHeld(
        "that a column is one of groups, where each has one row",
        ("docx",),
        "no cells are merged",
        _table_by_table(_of_single_rows),
    ),
    NotHeld(
        "that a column of figures or of people is one of words",
        _SCREEN,
        "its cells look like figures and names, and nothing says that they are to be words",
        _beside_those_of(Table, _as_declared),
    ),
    NotHeld(
        "several blanks that are not wide; empty lines of forms and blanks at the ends of lines",
        _SCREEN,
        "browsers show one blank, and none at an end",
        _beside_those_of(Table, _as_shown_in_blanks),
    ),
    NotHeld(
        "what the groups are called whose names stand on rows of their own",
        ("page",),
        "of a table that is no list it stands nowhere",
        _table_by_table(_figures_in_groups_as_rows),
    ),
    NotHeld(
        "what the groups are called whose names stand on rows of their own",
        ("fragment",),
        "it stands nowhere",
        _table_by_table(_groups_as_rows),
    ),
    NotHeld(
        "that a column names its rows, in a table without figures",
        _SCREEN,
        "the first column of any table names its rows there",
        _table_by_table(_heads_as_words),
    ),
    NotHeld(
        "封面",
        _SCREEN,
        "it is of paper",
        _prose_by_prose(lambda prose: replace(prose, has_cover=False)),
    ),
    NotHeld(
        "how wide a picture is, and whether it is turned",
        _SCREEN,
        "it is as large as the screen lets it be, and stands upright",
        _prose_by_prose(_as_large_as_it_is),
    ),
    NotHeld(
        "版面, 另附",
        _SCREEN,
        "a screen has no paper, and nothing is bound with it",
        _prose_by_prose(_unbound),
    ),
    NotHeld(
        "续表 of a table that stays on its page",
        ("docx",),
        "it is printed on the next page",
        _without_unused_goes_on,
    ),
    NotHeld(
        "finished files",
        _ALL,
        "they are files of their own beside the document",
        _without_files,
    ),
)
