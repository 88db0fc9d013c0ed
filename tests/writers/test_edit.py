"""An edit changes the lines of what differs, and no others."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CASE, DOCUMENTS, ROOT, front, read_content
from edited_at_random import edited_at_random
from publisher.diagnostics import Severity
from publisher.model import (
    Bureau,
    Cell,
    Document,
    Item,
    Organ,
    Paragraph,
    Prose,
    Row,
    Table,
    Text,
)
from publisher.readers import read_bureau
from publisher.writers import UnwritableError, edit, edits
from read_again import read_again, read_files
from tried import tried

BUREAU = Bureau((Organ("青岚市水务局"),))
FRONT = """\
文种: 通知   # 种类
# 说明
标题: "青岚市水务局关于印发计划的通知"
主送: '各区水务局'
发文机关: 青岚市水务局
成文日期: 2030/3/1
附件:
  # 第一个
  - 标题: 分工表
    文件: tasks.csv
    列: {序号: 序号, 任务: 文字, 责任人: 人员}
  - 文件: notes.md
    标题: 说明

抄送:
    - 市政府办公室
"""
TEXT = """\
现将计划印发给你们。
请\\*抓紧落实。
有关事项[^a]按下列要求办理：


1) 第一条的内容。
1) **第二条。**第一句。第二句。 {#b-2}
* 其他

| 区 |数量|
|--|:-:|
|东区|   100 |
| 西区 |200|
{标题: 表, 单位: 张}

[^a]: 事项的注。
最后一段。
"""
TASKS = (
    '序号,责任人,"任务",备注\n1,柳喆；陆堃,逐段排查。,甲\n2, 柳喆 ,"清理,岸线",\n3,陆堃,整改。,丙\n'
)
FILES = {"document.md": front(FRONT, TEXT), "tasks.csv": TASKS, "notes.md": "说明。\n"}
Files = dict[str, bytes]


def typed(encoding: str = "utf-8", end: str = "\n") -> Files:
    return {name: text.replace("\n", end).encode(encoding) for name, text in FILES.items()}


def said(files: Files) -> Document:
    return read_files(files, CASE, BUREAU).document


def changed(
    make: Callable[[Document], Document], encoding: str = "utf-8", end: str = "\n"
) -> dict[str, list[str]]:
    """The lines that an edit takes out and puts in, by file."""
    files = typed(encoding, end)
    old = said(files)
    new = make(old)
    made = edit(files, old, new)
    assert said({**files, **made}) == new
    lines = {}
    for name, data in made.items():
        sides = [each.decode(encoding) for each in (files.get(name, b""), data)]
        before, after = (side.split(end) for side in sides)
        lines[name] = list(unified_diff(before, after, n=0, lineterm=""))[2:]
        lines[name] = [line for line in lines[name] if not line.startswith("@@")]
    return lines


def with_block(index: int, content: tuple[Text, ...]) -> Callable[[Document], Document]:
    def make(document: Document) -> Document:
        blocks = [*document.body.blocks]
        blocks[index] = replace(blocks[index], content=content)  # type: ignore[call-arg]
        return replace(document, body=replace(document.body, blocks=tuple(blocks)))

    return make


def with_table(make: Callable[[Table], Table]) -> Callable[[Document], Document]:
    def made(document: Document) -> Document:
        first, *others = document.body.attachments
        assert isinstance(first, Table)
        return replace(document, body=replace(document.body, attachments=(make(first), *others)))

    return made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_nothing_changes_where_nothing_differs(encoding: str, end: str) -> None:
    assert changed(lambda document: document, encoding, end) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_key_changes_its_line_and_keeps_its_quotes(encoding: str, end: str) -> None:
    made = changed(lambda document: replace(document, recipients="各单位"), encoding, end)
    assert made == {"document.md": ["-主送: '各区水务局'", "+主送: '各单位'"]}


def test_a_key_is_added_where_it_usually_stands() -> None:
    made = changed(lambda document: replace(document, number="青水发〔2030〕1号"))
    assert made == {"document.md": ["+发文字号: 青水发〔2030〕1号"]}


def test_a_key_is_taken_out() -> None:
    assert changed(lambda document: replace(document, copies=())) == {
        "document.md": ["-抄送:", "-    - 市政府办公室"]
    }


def test_a_date_keeps_all_else() -> None:
    made = changed(lambda document: replace(document, date=datetime.date(2030, 3, 2)))
    assert made == {"document.md": ["-成文日期: 2030/3/1", "+成文日期: 2030-03-02"]}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_cell_changes_its_line_alone_and_the_others_keep_their_blanks(encoding: str) -> None:
    def make(table: Table) -> Table:
        rows = [*table.rows]
        cells = rows[1].cells
        rows[1] = replace(rows[1], cells=(cells[0], Cell(("清理。",)), *cells[2:]))
        return replace(table, rows=tuple(rows))

    made = changed(with_table(make), encoding)
    assert made == {"tasks.csv": ['-2, 柳喆 ,"清理,岸线",', "+2, 柳喆 ,清理。,"]}


def test_a_row_is_taken_out_and_one_is_moved() -> None:
    assert changed(with_table(lambda table: replace(table, rows=table.rows[:2]))) == {
        "tasks.csv": ["-3,陆堃,整改。,丙"]
    }


def test_the_title_of_an_attachment_changes_its_line() -> None:
    made = changed(with_table(lambda table: replace(table, title="任务表")))
    assert made == {"document.md": ["-  - 标题: 分工表", "+  - 标题: 任务表"]}


def test_a_sentence_changes_its_line_alone() -> None:
    old = said(typed()).body.blocks[0]
    assert isinstance(old, Paragraph)
    first = old.content[0]
    assert isinstance(first, Text)
    content = (Text(first.content.replace("印发给你们", "发给你们")), *old.content[1:])
    made = changed(with_block(0, content))  # type: ignore[arg-type]
    assert made == {"document.md": ["-现将计划印发给你们。", "+现将计划发给你们。"]}


def test_an_item_keeps_its_mark_and_identifier() -> None:
    item = said(typed()).body.blocks[2]
    assert isinstance(item, Item)
    content = (*item.content[:1], Text("第一句改了。第二句。"))
    made = changed(with_block(2, content))  # type: ignore[arg-type]
    assert made == {
        "document.md": [
            "-1) **第二条。**第一句。第二句。 {#b-2}",
            "+1) **第二条。**第一句改了。第二句。 {#b-2}",
        ]
    }


def test_a_cell_of_a_table_in_a_text_changes_alone() -> None:
    def make(document: Document) -> Document:
        blocks = [*document.body.blocks]
        at = next(n for n, block in enumerate(blocks) if isinstance(block, Table))
        table = blocks[at]
        assert isinstance(table, Table)
        row = table.rows[0]
        rows = (replace(row, cells=(row.cells[0], Cell(("120",)))), *table.rows[1:])
        blocks[at] = replace(table, rows=rows)
        return replace(document, body=replace(document.body, blocks=tuple(blocks)))

    assert changed(make) == {"document.md": ["-|东区|   100 |", "+|东区| 120 |"]}


NOTED = """\
情况如下。

| 水厂 | 供水[^leak] |
|---|---|
| 清溪水厂 | 733 |
| 石湖水厂 | 402[^dry] |

[^leak]: 含漏损。
[^dry]: 其中旱季120。

各水厂要加强管理。
"""


def of_noted_table(make: Callable[[Table], Table | None]) -> list[str]:
    """The lines that an edit of a table takes out and puts in, whose notes the text defines."""
    files = {"document.md": front(FRONT[: FRONT.index("附件")], NOTED).encode()}
    old = said(files)
    table = next(iter(old.tables))
    made = make(table)
    blocks = [made if each is table else each for each in old.body.blocks]
    body = replace(old.body, blocks=tuple(each for each in blocks if each is not None))
    made_files = edit(files, old, replace(old, body=body))
    assert read_files(made_files, CASE, BUREAU).findings == ()
    sides = [each["document.md"].decode().split("\n") for each in (files, made_files)]
    return [line for line in unified_diff(*sides, n=0, lineterm="") if line[:3] in marked(line)]


def marked(line: str) -> tuple[str, ...]:
    return () if line.startswith(("---", "+++", "@@")) else (line[:3],)


def test_the_notes_of_a_table_keep_their_names_where_a_row_goes() -> None:
    def without_first(table: Table) -> Table:
        return replace(table, rows=table.rows[1:])

    assert of_noted_table(without_first) == ["-| 清溪水厂 | 733 |"]


def test_a_note_goes_with_its_row_and_with_its_table() -> None:
    def without_last(table: Table) -> Table:
        return replace(table, rows=table.rows[:1])

    assert of_noted_table(without_last) == [
        "-| 石湖水厂 | 402[^dry] |",
        "-[^dry]: 其中旱季120。",
        "-",
    ]
    gone = of_noted_table(lambda table: None)
    assert "-[^leak]: 含漏损。" in gone
    assert not [line for line in gone if line.startswith("+")]


def test_an_attachment_that_is_taken_out_takes_its_entry_along() -> None:
    def make(document: Document) -> Document:
        return replace(
            document, body=replace(document.body, attachments=document.body.attachments[:1])
        )

    assert changed(make) == {"document.md": ["-  - 文件: notes.md", "-    标题: 说明"]}


# -- by chance --------------------------------------------------------------------------------

ROOTS = (ROOT / "content", ROOT / "templates/new/gallery", DOCUMENTS, ROOT / "tests/edits/content")
FOLDERS = [path.parent for root in ROOTS for path in sorted(root.glob("*/document.md"))]


def as_typed_elsewhere(data: bytes, name: str, kind: str) -> bytes:
    """A file in another encoding or dialect."""
    if not name.endswith((".md", ".csv")):
        return data
    text = data.decode()
    if kind in ("quoted", "semicolons") and name.endswith(".csv"):
        stream = io.StringIO()
        quoting = csv.QUOTE_ALL if kind == "quoted" else csv.QUOTE_MINIMAL
        separator = ";" if kind == "semicolons" else ","
        writer = csv.writer(stream, lineterminator="\n", quoting=quoting, delimiter=separator)
        writer.writerows(csv.reader(io.StringIO(text)))
        text = stream.getvalue()
    if kind == "crlf":
        text = text.replace("\n", "\r\n")
    return text.encode(kind if kind in ("utf-8-sig", "gb18030", "utf-16") else "utf-8")


KINDS = ("", "crlf", "utf-8-sig", "gb18030", "utf-16", "quoted", "semicolons")


@pytest.mark.thorough
@tried(25)
@given(
    folder=st.sampled_from(FOLDERS),
    kind=st.sampled_from(KINDS),
    seed=st.integers(0, 10**6),
    count=st.integers(1, 3),
)
def test_any_edit_says_what_it_should(folder: Path, kind: str, seed: int, count: int) -> None:
    chance = Random(seed)
    files = {
        path.name: as_typed_elsewhere(path.read_bytes(), path.name, kind)
        for path in folder.iterdir()
        if path.is_file() and path.name != "accepted.yaml"
    }
    bureau, _ = read_bureau(folder.parent)
    old = read_files(files, folder.name, bureau).document
    new = old
    for _ in range(count):
        new = edited_at_random(new, chance)
    if old.pictures or is_sayable(new):  # photographs are encoded anew when written
        made = edit(files, old, new)
        again = read_files({**files, **made}, folder.name, bureau)
        assert again.read == new
        assert not [each for each in again.findings if each.severity is Severity.ERROR]
        marks = {data[:2] for name, data in files.items() if name.endswith((".md", ".csv"))}
        if kind in ("utf-16", "utf-8-sig"):
            assert all(made[name][:2] in marks for name in made.keys() & files.keys())


def is_sayable(document: Document) -> bool:
    """Whether files can say it: some words are said and yet are none of their column's."""
    again = read_again(document)
    wrong = [each for each in again.findings if each.severity is Severity.ERROR]
    return again.read == document and not wrong


def test_the_real_notice_is_edited_sentence_by_sentence() -> None:
    folder = ROOT / "content" / "2025-work-points"
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    old = read_content(ROOT / "content", folder.name).document
    (plan,) = old.issued
    blocks = [*plan.blocks]
    at = next(
        n for n, each in enumerate(blocks) if isinstance(each, Paragraph) and len(each.lines) > 2
    )
    block = blocks[at]
    assert isinstance(block, Paragraph)
    (words,) = block.content
    assert isinstance(words, Text)
    second = block.lines[1][0]
    blocks[at] = replace(block, content=(Text(words.content.replace(second, f"改{second}")),))
    new = replace(old, issued=(replace(plan, blocks=tuple(blocks)),))
    made = edit(files, old, new)
    assert [*made] == ["plan.md"]
    differing = set(made["plan.md"].splitlines()) ^ set(files["plan.md"].splitlines())
    assert {line.decode() for line in differing} == {second, f"改{second}"}


def test_what_cannot_be_written_is_told_and_not_left_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A change that no way of writing brings into the files is never passed over."""
    old = said(typed())
    new = replace(old, note="此件公开发布")
    monkeypatch.setattr(edits, "_edited", lambda files, *_: {})
    with pytest.raises(UnwritableError, match="没有改动文件"):
        edit(typed(), old, new)


def test_what_reads_as_the_new_version_but_with_an_error_is_not_written() -> None:
    """Such words would stop all publishing: whoever asks for them is told which."""
    old = said(typed())

    def make(table: Table) -> Table:
        row = Row((Cell(("新",)), Cell(("验收。",)), *table.rows[0].cells[2:]))
        return replace(table, rows=(*table.rows, row))

    with pytest.raises(UnwritableError, match="“序号”格“新”不对，没有改动文件"):
        edit(typed(), old, with_table(make)(old))


def test_a_row_without_a_clause_is_added_to_a_table_that_names_clauses() -> None:
    tasks = "序号,任务,对应条款\n1,逐段排查。,一（一）\n2,整改。,一（二）\n"
    keys = FRONT.replace("责任人: 人员", "对应条款: 对应条款")
    files = {"document.md": front(keys, TEXT), "tasks.csv": tasks, "notes.md": "说明。\n"}
    data = {name: text.encode() for name, text in files.items()}
    old = said(data)

    def make(table: Table) -> Table:
        row = Row((Cell(("3",)), Cell(("验收。",))))
        return replace(table, rows=(*table.rows, row))

    made = edit(data, old, with_table(make)(old))
    assert {name: each.decode() for name, each in made.items()} == {
        "tasks.csv": tasks + "3,验收。,\n"
    }


def test_an_attachment_called_otherwise_keeps_its_file_where_others_come() -> None:
    """Its lines, their quotes and their encoding stay, wherever it stands now."""
    old = said(typed("gb18030"))
    table, *others = old.body.attachments
    added = Prose("新附件", (Paragraph((Text("新附件的文字。"),)),))
    renamed = replace(table, title="任务表")
    new = replace(old, body=replace(old.body, attachments=(added, *others, renamed)))
    made = edit(typed("gb18030"), old, new)
    assert [*made] == ["document.md", "attachment-1.md"]
