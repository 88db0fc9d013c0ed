"""A text → its notes, numbered, by the blocks in which their marks stand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count

from publisher.model import Inline, SetText, notes_in, words_of


@dataclass(frozen=True, slots=True)
class NumberedNote:
    """A note of a text with its number in the document and its anchor."""

    number: int
    anchor: str
    content: tuple[Inline, ...]

    @property
    def mark(self) -> str:
        """As it stands behind the words and before the note: a bare ² behind km would be a unit."""
        return f"[{self.number}]"


def numbered_notes(text: SetText) -> dict[str, tuple[NumberedNote, ...]]:
    """For the anchor of each block, the notes whose marks stand in it, in order."""
    numbers = count(text.first_note)
    return {
        block.anchor: tuple(
            _numbered(next(numbers), text, note.content) for note in notes_in(words_of(block))
        )
        for block in text.blocks
    }


def _numbered(number: int, text: SetText, content: tuple[Inline, ...]) -> NumberedNote:
    return NumberedNote(number, f"{text.anchor}-note-{number}", content)


def footnotes(text: SetText) -> tuple[NumberedNote, ...]:
    """All of them, as they stand at the end of the text."""
    return tuple(chain.from_iterable(numbered_notes(text).values()))
