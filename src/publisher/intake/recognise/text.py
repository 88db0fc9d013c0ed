"""The blocks of one text → headings, items, paragraphs, tables and pictures, with their levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.intake.recognise.assembly import Assembled, Piece, Solid, assembled
from publisher.intake.recognise.broken_lines import parted
from publisher.intake.recognise.levels import candidates, with_typed, without_unused
from publisher.intake.recognise.lines import TextLine, is_flat
from publisher.intake.recognise.list_marks import without_marks
from publisher.intake.recognise.parts import parts_of
from publisher.intake.recognise.shapes import shapes_of
from publisher.intake.recognise.typed_notes import with_notes
from publisher.intake.result import Decision
from publisher.intake.source import LeftOut, SourceBlock, SourceFile
from publisher.model import STANDARD_LEVELS, Block, LevelForm


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text between title and signature, recognised."""

    blocks: tuple[Block, ...]
    levels: tuple[LevelForm, ...] = STANDARD_LEVELS
    """标题层次."""
    continuous: tuple[LevelForm, ...] = ()
    """连续编号."""
    decisions: tuple[Decision, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def read_text(blocks: Sequence[SourceBlock], source: SourceFile) -> ReadText:
    """The blocks of one text; `blocks` of `source` hold nothing of what stands around it."""
    marked = without_marks(tuple(parted(blocks)))
    noted = with_notes(marked.blocks, source)
    parts = parts_of(noted.blocks, source)
    lines = [part for part in parts.pieces if isinstance(part, TextLine)]
    best = _best(parts.pieces, lines, source.name, is_bare=is_flat(source.blocks))
    return ReadText(
        best.blocks,
        best.levels.printed,
        best.levels.continuous,
        (*best.decisions, *noted.decisions),
        (*marked.left_out, *parts.left_out),
    )


def _best(
    pieces: Sequence[TextLine | Solid], lines: Sequence[TextLine], source: str, *, is_bare: bool
) -> Assembled:
    """The text with the levels by which fewest numbers are printed otherwise than its file does."""
    best: Assembled | None = None
    for order, levels in candidates(lines):
        shapes = iter(shapes_of(lines, order, is_flat=is_bare))
        shaped: list[Piece] = [
            piece if isinstance(piece, Solid) else (piece, next(shapes)) for piece in pieces
        ]
        made = assembled(shaped, levels, source)
        if made.doubted:
            typed = assembled(shaped, with_typed(levels, made.doubted, lines), source)
            made = min(made, typed, key=lambda each: len(each.doubted))
            used = assembled(shaped, without_unused(made.levels, made.doubted, lines), source)
            made = min(used, made, key=lambda each: each.cost)
        best = made if best is None or made.cost < best.cost else best
        if best.cost == (0, 0):
            break
    assert best is not None  # there is one way at least
    return best
