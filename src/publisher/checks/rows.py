"""A table → its rows as readers take them: merged cells filled, sums and banners set apart."""

from __future__ import annotations

from publisher.latest import keeps_latest
from publisher.model import ColumnRole, Document, Row, Table
from publisher.row_kinds import is_banner, is_item, is_total
from publisher.spans import filled

__all__ = ["data_tables", "is_banner", "is_list", "is_total", "items_of", "rows_of"]


def data_tables(document: Document) -> tuple[Table, ...]:
    """The tables that say something: a form (表头: 0) asks, and has neither items nor sums."""
    return tuple(table for table in document.tables if not table.is_form)


@keeps_latest  # each check asks for the tables anew, and most for one after another
def rows_of(table: Table) -> tuple[Row, ...]:
    """All rows, each cell that is one with another with the words of that."""
    return filled(table.rows)


@keeps_latest
def items_of(table: Table) -> tuple[Row, ...]:
    """The rows that are items: neither sums of others nor banners."""
    return tuple(row for row in rows_of(table) if is_item(table.columns, row))


def is_list(table: Table) -> bool:
    """Whether a table lists things, a row each, and does not set figures side by side."""
    roles = [column.role for column in table.columns]
    no_list = (ColumnRole.NUMBER, ColumnRole.HEADING)
    return not table.head and not any(role in no_list for role in roles)
