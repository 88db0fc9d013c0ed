"""Tables, their heads and cells → what is written in them otherwise than it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.review import review, short
from publisher.checks.rows import data_tables, rows_of
from publisher.diagnostics import Finding
from publisher.model import Cell, ColumnRole, Document, Merge, Paragraph, Place, Table, plain

_SIGNS = {"＜": "<", "﹤": "<", "〈": "<", "＾": "^"}
"""What is typed for the signs of merged cells, and what is meant."""
_KEYS = "标题|单位|注|列|列宽|行高|表头|行头|脚注|续表|分组方式|对账|可填写|宽|旋转"
_SAID_OF_TABLE = re.compile(rf"[{{｛]\s*(?:{_KEYS})\s*[:：]")
_MARKUP = re.compile(
    r"\*\*[^*]+\*\*|[\w)）]\^[0-9A-Za-z+\-−]{1,6}\^|[A-Za-z)）]\^[0-9]+|[A-Za-z]~[0-9+\-]+~"
    r"|\[[^\[\]]+\]\((?:https?|mailto):[^()]*\)|</?(?:sup|sub|b|strong|u)>",
    re.IGNORECASE,
)


def table_without_rows(document: Document) -> Iterator[Finding]:
    """A table has a head and no row below it.

    Only its head would be printed. Write the rows, or take the table out.
    """
    for table in data_tables(document):
        if not table.rows:
            yield review(
                "table_without_rows",
                table.place,
                "表格只有表头，没有内容",
                "请补写各行；不需要的，请删去这张表。",
            )


def empty_head_cell(document: Document) -> Iterator[Finding]:
    """A cell of a table's head has no words, and figures or words stand below it.

    Who hears the table read aloud is not told what they are. Write what they are, or join the cell
    to its neighbour with `<` or `^`. The corner above what names the rows may be empty.
    """
    for table in data_tables(document):
        empty = list(_unnamed(table))
        if empty:
            count = f"（共 {len(empty)} 格）" if len(empty) > 1 else ""
            yield review(
                "empty_head_cell",
                empty[0].place,
                f"表头有一格没有文字，听表格的人不知道下面是什么{count}",
                "请写上名称；与左边一格是一格的写“<”，与上面一格是一格的写“^”。",
            )


def _unnamed(table: Table) -> Iterator[Cell]:
    """The cells of a head without words; those above what names the rows left out."""
    for index, column in enumerate(table.columns):
        if column.role is ColumnRole.HEADING:
            continue
        cells = [row.cells[index] for row in table.head]
        yield from (cell for cell in cells if not cell.items and cell.merge is None)
        if not cells and not column.name:
            yield Cell((), table.place)


def heading_behind_data(document: Document) -> Iterator[Finding]:
    """A column that names the rows (行头) stands behind columns of data.

    Rows are read from the left, and what names them comes first on paper, aloud and on a phone.
    Move the column to the left, or let it be one of 文字.
    """
    for table in data_tables(document):
        first = next(
            (n for n, column in enumerate(table.columns) if column.role in _DATA),
            len(table.columns),
        )
        for column in table.columns[first:]:
            if column.role is ColumnRole.HEADING:
                yield review(
                    "heading_behind_data",
                    table.place,
                    f"行头“{column.name}”列在数据的后面",
                    "请把这一列移到最左边；不用它来指明各行的，请在“列”里写成“文字”。",
                )


_DATA = (ColumnRole.NUMBER, ColumnRole.DEADLINE, ColumnRole.PEOPLE, ColumnRole.DEPARTMENTS)


def merge_across_groups(document: Document) -> Iterator[Finding]:
    """A cell with `^` is one with that above it, which stands in another group.

    Rows of a group stay together, and what reaches into the next group is drawn there once more.
    Write the words of the cell where the new group begins.
    """
    for table in data_tables(document):
        group = table.column_of(ColumnRole.GROUP)
        if group is None:
            continue
        before: str | None = None
        for row, typed in zip(rows_of(table), table.rows, strict=True):
            label = row.cells[group].text
            across = [cell for cell in typed.cells if cell.merge is Merge.ABOVE]
            if across and before is not None and label != before:
                yield review(
                    "merge_across_groups",
                    across[0].place,
                    f"“^”把这一格与上一组的格合并，在{short(label)}一组里会再画一次",
                    "请在每一组的第一行写明这一格的文字。",
                )
            before = label


def repeated_table(document: Document) -> Iterator[Finding]:
    """The same CSV file is named twice, so that its table is printed twice.

    Name the file where its table shall stand, once; elsewhere refer to it by its number.
    """
    seen: set[str] = set()
    for table in document.tables:
        file = table.place.file
        if file.lower().endswith(".csv") and file in seen:
            name = file.rpartition("/")[2]
            yield review(
                "repeated_table",
                table.place,
                f"“{name}”用了两次，同一张表会印两遍",
                "请只在一处写这个文件，别处写“见表……”或“见附件……”。",
            )
        seen.add(file)


def markup_in_cell(document: Document) -> Iterator[Finding]:
    """A cell holds Markdown: `m^2^`, `**合计**`, a link. Cells are plain: it is printed as it is.

    Write m², CO₂ and the like as characters, and leave other marks out: what is a head or a sum is
    set by what it is. The first of a table is told, with how many there are.
    """
    for table in document.tables:
        cells = [
            (cell, match)
            for row in (*table.head, *table.rows)
            for cell in row.cells
            if (match := _MARKUP.search(cell.text))
        ]
        if cells:
            cell, match = cells[0]
            count = f"（共 {len(cells)} 格）" if len(cells) > 1 else ""
            yield review(
                "markup_in_cell",
                cell.place,
                f"格里的“{match[0]}”会按文字原样印出{count}",
                "格里只写字符：上标、下标写成 m²、CO₂，不用加粗、链接等标记。",
            )


def full_width_table_sign(document: Document) -> Iterator[Finding]:
    """The bars of a table, or the sign of a merged cell, are typed full-width: ｜, ＜, ＾.

    They are printed as they stand. Type `|`, `<` and `^` in half width.
    """
    for text in document.proses:
        for block in text.blocks:
            words = plain(block.content)
            if isinstance(block, Paragraph) and (words[:1] == "｜" or words.count("｜") > 1):
                yield _full_width(block.place, "｜", "|")
    for table in document.tables:
        head = [] if table.head else [Cell((each.name,), table.place) for each in table.columns]
        cells = (cell for row in (*table.head, *table.rows) for cell in row.cells)
        for cell in (*head, *cells):
            if sign := _SIGNS.get(cell.text):
                yield _full_width(cell.place, cell.text, sign)
            elif "｜" in cell.text:
                yield _full_width(cell.place, "｜", "|")


def _full_width(place: Place, typed: str, meant: str) -> Finding:
    what = "竖线" if meant == "|" else "合并单元格的记号"
    return review(
        "full_width_table_sign",
        place,
        f"“{typed}”是全角的，不作表格的{what}，会按文字印出",
        f"请改为半角的“{meant}”。",
    )


def parted_table_keys(document: Document) -> Iterator[Finding]:
    """What is said of a table in braces does not stand right below it, and is printed as text.

    An empty line parts the two, or it stands above the table. Put it right below the last row.
    """
    for text in document.proses:
        for block in text.blocks:
            if isinstance(block, Paragraph) and _SAID_OF_TABLE.match(plain(block.content)):
                yield review(
                    "parted_table_keys",
                    block.place,
                    "花括号里的话没有紧接在表格下面，会按文字印出",
                    "请移到表格最后一行的下一行，中间不空行；花括号和冒号用半角，冒号后空一格。",
                )
