"""A document and its bureau → organs, people and departments that the bureau does not name yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from publisher.intake.result import Proposal
from publisher.model import Bureau, ColumnRole, Document, Named, Organ
from publisher.words.elements import bare


def proposals(document: Document, unknown: Iterable[Organ], number: int) -> tuple[Proposal, ...]:
    """What is to be added to `bureau.yaml`, each once, in reading order."""
    organs = (Proposal("发文机关", organ.name, number) for organ in unknown)
    entries = (
        *organs,
        *_named(document, ColumnRole.PEOPLE, "人员", document.bureau.people),
        *_named(document, ColumnRole.DEPARTMENTS, "部门", document.bureau.departments),
    )
    return tuple({(each.key, each.name): each for each in reversed(entries)}.values())[::-1]


def _named(
    document: Document, role: ColumnRole, key: str, known: Iterable[Named]
) -> Iterator[Proposal]:
    spellings = {bare(words) for each in known for words in (each.name, *each.spellings)}
    for table in document.tables:
        columns = [n for n, column in enumerate(table.columns) if column.role is role]
        for row in table.rows:
            for cell in (row.cells[n] for n in columns):
                for item in cell.items:
                    if item.strip() and bare(item) not in spellings:
                        yield Proposal(key, item.strip(), cell.place.line)


def with_proposals(bureau: Bureau, proposed: Iterable[Proposal]) -> Bureau:
    """The bureau as it is once all that is proposed is taken."""
    by_key: dict[str, list[str]] = {}
    for each in proposed:
        by_key.setdefault(each.key, []).append(each.name)
    return replace(
        bureau,
        organs=(*bureau.organs, *map(Organ, by_key.get("发文机关", ()))),
        people=(*bureau.people, *map(Named, by_key.get("人员", ()))),
        departments=(*bureau.departments, *map(Named, by_key.get("部门", ()))),
    )
