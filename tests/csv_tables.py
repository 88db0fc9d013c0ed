"""A CSV table whose head has one row → its columns, its rows, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping

from publisher.diagnostics import Finding
from publisher.model import Column, ColumnRole, Row
from publisher.readers.records import TablesLeft
from publisher.readers.source import Source
from publisher.readers.tables import Layout, read_csv


def read_table(
    source: Source, declared: Mapping[str, ColumnRole] | None, left: TablesLeft | None = None
) -> tuple[tuple[Column, ...], tuple[Row, ...], list[Finding]]:
    """Columns and rows as a reader without a word of its layout has them, and findings."""
    grid, faults = read_csv(source, Layout(declared), left)
    return grid.columns, grid.rows, faults
