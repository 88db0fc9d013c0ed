"""A table of a file, with the lines around it → a `Table` with its head, roles and merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.intake.result import Decision
from publisher.intake.source import Source, SourceParagraph, SourceTable
from publisher.model import Table


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table, recognised."""

    table: Table
    decisions: tuple[Decision, ...] = ()


def read_table(
    table: SourceTable,
    source: Source,
    above: Sequence[SourceParagraph] = (),
    below: Sequence[SourceParagraph] = (),
    title: str = "",
) -> ReadTable:
    """A table of figures or tasks, or a form; `above` and `below` are its title, unit, remarks.

    `title` is what an attachment is called.
    """
    raise NotImplementedError
