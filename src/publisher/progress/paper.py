"""What was gathered → the paper for the next meeting, as a document without a head."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.extracts.notice import source_title
from publisher.model import (
    Block,
    Cell,
    Column,
    ColumnRole,
    Document,
    Grouping,
    Item,
    LevelForm,
    Orientation,
    Paragraph,
    Prose,
    Row,
    Table,
    Text,
)
from publisher.progress.gathering import GatheredProgress, OwnerProgress, TaskProgress, summary
from publisher.words.days import written

TITLE = "任务进展情况汇总"


def paper(gathered: GatheredProgress) -> Document:
    """A document that issues it: what it comes to, what is to be looked at, departments, tasks."""
    source = gathered.made.document
    paragraphs = tuple(Paragraph((Text(words),)) for words in summary(gathered))
    title = f"《{source_title(source)}》{TITLE}"
    return Document(
        slug=source.slug,
        bureau=source.bureau,
        body=Prose(title),
        issuers=source.issuers,
        issued=(
            Prose(
                title,
                subtitle=f"截至{written(gathered.on)}",
                blocks=(*paragraphs, *_doubts(gathered)),
                levels=(LevelForm.ITEM,),
                attachments=(_owners(gathered), _tasks(gathered)),
            ),
        ),
        classification=source.classification,
    )


def _doubts(gathered: GatheredProgress) -> Iterator[Block]:
    if gathered.doubts:
        yield Paragraph((Text(f"需要核对的{len(gathered.doubts)}处："),))
    for words in gathered.doubts:
        yield Item(1, (Text(words),))


def _owners(gathered: GatheredProgress) -> Table:
    columns = (
        Column("单位", ColumnRole.TEXT),
        *(Column(name, ColumnRole.NUMBER) for name in ("任务", "已报", "报完成", "逾期未完成")),
        Column("交来的进展表", ColumnRole.TEXT),
    )
    rows = tuple(_row(_owner_cells(each)) for each in gathered.owners)
    return Table("各单位报送情况", columns, rows, orientation=Orientation.PORTRAIT)


def _owner_cells(each: OwnerProgress) -> Iterator[str]:
    yield each.name
    yield from map(str, (each.count, each.reported, each.done, each.late))
    yield "、".join(each.sheets) or "没有交"


def _tasks(gathered: GatheredProgress) -> Table:
    columns = (
        Column("序号", ColumnRole.SERIAL),
        Column("任务", ColumnRole.TEXT),
        Column("完成时限", ColumnRole.DEADLINE),
        Column("责任部门", ColumnRole.DEPARTMENTS),
        Column("进展", ColumnRole.DEADLINE),
        Column("各单位所报", ColumnRole.TEXT),
    )
    rows = tuple(_task_row(each) for each in gathered.tasks)
    return Table(
        "任务进展一览表",
        columns,
        rows,
        grouping=Grouping.MERGED,
        orientation=Orientation.LANDSCAPE,
    )


def _task_row(each: TaskProgress) -> Row:
    task = each.task
    return Row(
        (
            Cell((task.serial,) if task.serial else ()),
            Cell((task.words,)),
            Cell((task.deadline,) if task.deadline else ()),
            Cell(task.departments),
            Cell((standing_told(each),)),
            Cell((reported(each),)),
        )
    )


def standing_told(each: TaskProgress) -> str:
    """How far a task is, and whether it is late."""
    late = "，逾期" if each.is_late else "，逾期完成" if each.is_done_late else ""
    return f"{each.standing.value}{late}"


def reported(each: TaskProgress) -> str:
    """What is said of a task by whom, and who says nothing."""
    silent = f"未报：{'、'.join(each.silent)}" if each.silent and each.reports else ""
    return "。".join(filter(None, (*(report.said for report in each.reports), silent))) or "—"


def _row(cells: Iterator[str]) -> Row:
    return Row(tuple(Cell((words,) if words else ()) for words in cells))
