"""Three versions of a table → which of their columns are the same: by name, not by place."""

from __future__ import annotations

from publisher.changes import Both
from publisher.compare.columns import Columns
from publisher.model import Table
from publisher.takeback.merging.pairing import Member
from publisher.takeback.merging.sequences import Strands, added_alike, strands
from publisher.takeback.merging.three import Three


def column_strands(tables: Three[Table]) -> Strands:
    """The columns of three versions."""
    to_ours = _pairs(tables.base, tables.ours)
    to_theirs = _pairs(tables.base, tables.theirs)
    members = tables.map(lambda table: [Member(each, each.name) for each in table.columns])
    added = added_alike(members.ours, members.theirs, to_ours, to_theirs)
    return strands(tables.map(lambda table: len(table.columns)), to_ours, to_theirs, added)


def _pairs(old: Table, new: Table) -> list[tuple[int, int]]:
    return sorted(
        (pair.old, pair.new)
        for pair in Columns(Both(old, new)).shared
        if pair.old is not None and pair.new is not None
    )
