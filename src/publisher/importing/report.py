"""What was imported → `index.html`: the files beside what was made of them, block by block."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publisher import diagnostics, templates
from publisher.importing import telling
from publisher.importing.bureaus import in_words
from publisher.importing.imported import Imported
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import LeftOut, SourceFile, SourceRemark, SourceTable
from publisher.model import one_line
from publisher.renderers.closed import closed, tidy
from publisher.words.days import day_of, written


@dataclass(frozen=True, slots=True)
class ImportedBlock:
    """A block of a file, and what it was taken for."""

    anchor: str
    where: str
    words: str
    kind: str
    """With its level: 层次标题（第 1 级）."""
    certainty: str
    style: str
    reason: str
    question: str
    cells: tuple[tuple[ImportedCell, ...], ...] = ()
    """Of a table, row by row."""


@dataclass(frozen=True, slots=True)
class ImportedCell:
    """A cell of a file's table."""

    words: str
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page of a file, with its picture where there is one."""

    number: int
    """0 where the file does not tell its pages."""
    picture: str
    blocks: tuple[ImportedBlock, ...]


@dataclass(frozen=True, slots=True)
class ImportedSource:
    """A file, page by page."""

    name: str
    called: str
    sentences: tuple[str, ...]
    pages: tuple[ImportedPage, ...]
    pictures: tuple[str, ...]
    """Of pages that stand beside no blocks."""


@dataclass(frozen=True, slots=True)
class ImportedPassage:
    """Words that are told, and where they stand."""

    where: str
    words: str
    why: str


def _by(remark: SourceRemark) -> str:
    """Who made it and on which day, as far as the file says: 王建国，2025年2月6日."""
    day = day_of(remark.date[:_DATE])
    return "，".join(filter(None, (remark.author, written(day) if day else remark.date)))


_DATE = len("2025-02-06")


def page(made: Imported) -> bytes:
    """The report as one file that fetches nothing and needs no script."""
    template = templates.environment("import").get_template("index.html.jinja")
    account = made.account
    html = template.render(
        title=one_line(made.document.body.title) or made.slug,
        slug=made.slug,
        files=sorted(made.files, key=lambda name: (name != "document.md", name)),
        figure=telling.figure(made),
        account=account,
        is_clean=made.is_clean,
        troubles=[
            ("不知去向", _passages(made, account.lost)),
            ("原件里没有", _passages(made, account.surplus)),
            ("位置变了", _passages(made, account.misplaced)),
        ],
        left_out=_left_out(made),
        rewritten=[
            (made.where(each.source, each.number), each.before, each.after)
            for each in account.rewritten
        ],
        kinds=[(role.value, made.roles[role]) for role in Role if made.roles[role]],
        certainties=[
            (each.value, made.certainties[each]) for each in Certainty if made.certainties[each]
        ],
        questions=list(_questions(made)),
        remarks=[
            (made.where(source.name, each.number), each, _by(each)) for source, each in made.remarks
        ],
        proposals=in_words(made.proposals),
        mends=made.intake.mends,
        findings=diagnostics.unsettled(made.findings),
        counted=diagnostics.count(made.findings),
        sources=[_source(made, source) for source in made.intake.sources],
    )
    return closed(tidy(html))


def _passages(made: Imported, given: Sequence[LeftOut]) -> list[ImportedPassage]:
    return [
        ImportedPassage(made.where(each.source, each.number), each.words, each.why)
        for each in given
    ]


def _left_out(made: Imported) -> list[tuple[str, list[ImportedPassage]]]:
    """What becomes no content, by why."""
    reasons: dict[str, list[ImportedPassage]] = defaultdict(list)
    for each in _passages(made, made.account.left_out):
        reasons[each.why].append(each)
    return list(reasons.items())


def _questions(made: Imported) -> Iterator[ImportedBlock]:
    for index, decision in enumerate(made.intake.decisions):
        if decision.question:
            yield _block(made, index, decision)


def _block(made: Imported, index: int, decision: Decision) -> ImportedBlock:
    level = f"（第 {decision.level} 级）" if decision.level else ""
    return ImportedBlock(
        anchor=f"block-{index + 1}",
        where=made.place(decision),
        words=decision.words,
        kind=decision.role.value + level,
        certainty=decision.certainty.value,
        style=decision.certainty.name.lower(),
        reason=decision.reason,
        question=decision.question,
        cells=_cells(made.source(decision.source), decision) if decision.role in _TABLES else (),
    )


_TABLES = (Role.TABLE, Role.FORM)
_MOST_ROWS = 200
"""Of a table that the report shows: whoever looks for more has the file."""


def _cells(source: SourceFile, decision: Decision) -> tuple[tuple[ImportedCell, ...], ...]:
    """The cells of the table that a decision is about, row by row."""
    tables = (block for block in source.blocks if isinstance(block, SourceTable))
    table = next((each for each in tables if each.number == decision.number), None)
    rows: dict[int, list[ImportedCell]] = defaultdict(list)
    for cell in table.cells if table else ():
        if cell.row < _MOST_ROWS:
            rows[cell.row].append(ImportedCell(cell.words, cell.rows, cell.columns))
    return tuple(tuple(rows[row]) for row in sorted(rows))


def _source(made: Imported, source: SourceFile) -> ImportedSource:
    by_page: dict[int, list[ImportedBlock]] = defaultdict(list)
    for index, decision in enumerate(made.intake.decisions):
        if made.source(decision.source) is source:
            by_page[_page_of(source, decision.number)].append(_block(made, index, decision))
    drawn = [_address(picture) for picture in made.pictures.get(source.name, ())]
    numbers = sorted({*by_page, *(range(1, len(drawn) + 1) if any(by_page) else ())})
    return ImportedSource(
        name=source.name,
        called=source.called,
        sentences=source.sentences,
        pages=tuple(
            ImportedPage(
                number,
                drawn[number - 1] if 0 < number <= len(drawn) else "",
                tuple(by_page.get(number, ())),
            )
            for number in numbers
        ),
        pictures=() if any(by_page) else tuple(drawn),
    )


def _page_of(source: SourceFile, number: int) -> int:
    """The page of a paragraph; 0 where the file does not tell."""
    is_told = 0 < number <= len(source.spots)
    return (source.spots[number - 1].page or 0) if is_told else 0


def _address(picture: bytes) -> str:
    return "data:image/png;base64," + b64encode(picture).decode()
