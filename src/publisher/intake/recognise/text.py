"""The blocks of one text → headings, items, paragraphs, tables and pictures, with their levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.intake.result import Decision
from publisher.intake.source import LeftOut, Source, SourceBlock
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


def read_text(blocks: Sequence[SourceBlock], source: Source) -> ReadText:
    """The blocks of one text; `blocks` of `source` hold nothing of what stands around it."""
    raise NotImplementedError
