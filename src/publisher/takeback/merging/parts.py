"""Three versions of texts and attachments → the same with the edits of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar, cast

from publisher.model import Attachment, FinishedFile, OwnElements, Picture, Prose, Table, one_line
from publisher.takeback.merging.pairing import Member
from publisher.takeback.merging.sequences import merged_members
from publisher.takeback.merging.tables import merged_table, table_lines
from publisher.takeback.merging.texts import block_lines, merged_blocks, merged_picture
from publisher.takeback.merging.three import Merging, Naming, Three, is_taken_out
from publisher.takeback.merging.unnoted import unnoted
from publisher.takeback.merging.values import merged_fields
from publisher.wordings import bare

_TEXT = (
    "title",
    "levels",
    "continuous",
    "orientation",
    "delivery",
    "own_title",
    "subtitle",
    "contents",
    "has_cover",
)
_OWN = ("recipients", "signatories", "date", "remark")
_NAMES = {
    "title": "标题",
    "own_title": "标题",
    "subtitle": "题注",
    "levels": "层次",
    "continuous": "连续编号",
    "orientation": "版面",
    "delivery": "装订",
    "contents": "目录",
    "has_cover": "封面",
    "recipients": "主送",
    "signatories": "署名",
    "date": "成文日期",
    "remark": "附注",
}
Part = TypeVar("Part", bound=Attachment)


@dataclass(slots=True)
class Parts:
    """Merges the texts and attachments of a document."""

    merging: Merging
    marks: Three[dict[int, dict[int, str]]]
    """The bookmarks of blocks, by the identity of their text."""

    def text(self, three: Three[Prose]) -> Prose:
        """A text with its blocks and all that is attached to it."""
        fields = merged_fields(self.merging, partial(self._where, three), three, _TEXT)
        own = three.of("own")
        marks = self.marks.across(three, lambda known, text: known.get(id(text), {}))
        inner = merged_fields(self.merging, partial(self._where, three), own, _OWN)
        return replace(
            three.ours,
            blocks=merged_blocks(self.merging, three.of("blocks"), marks),
            attachments=self.all(three.of("attachments")),
            own=cast("OwnElements", replace(own.ours, **inner)),
            **fields,
        )

    def all(self, three: Three[tuple[Part, ...]]) -> tuple[Part, ...]:
        """What either has of the texts or attachments that stand beside one another."""
        members = three.map(lambda side: [_member(each) for each in side])
        return tuple(merged_members(three, members, self._is_gone, self._merged, self._moved_twice))

    def _where(self, three: Three[Part], name: str = "") -> Naming:
        column = _NAMES.get(name, "")
        return lambda: self.merging.names.of(three.ours, three.theirs, three.base, column=column)

    def _moved_twice(self, part: Part) -> None:
        where = self._where(Three(part, part, part))
        self.merging.moved_twice(where, lambda each: one_line(each.title), part)

    def _is_gone(self, values: Three[Part | None]) -> bool:
        where = self._where(cast("Three[Part]", values))
        return is_taken_out(self.merging, where, values, _words, unnoted)

    def _merged(self, three: Three[Part]) -> Part:
        kinds = three.map(type)
        where = self._where(three)
        made: Attachment
        if not kinds.base is kinds.ours is kinds.theirs:
            return self.merging.picked(where, three, _words)
        match three.ours:
            case Prose():
                made = self.text(cast("Three[Prose]", three))
            case Table():
                made = merged_table(self.merging, where, cast("Three[Table]", three))
            case Picture():
                made = merged_picture(self.merging, where, cast("Three[Picture]", three))
            case FinishedFile():
                made = self._file(cast("Three[FinishedFile]", three), where)
        return cast("Part", made)

    def _file(self, three: Three[FinishedFile], where: Naming) -> FinishedFile:
        fields = merged_fields(self.merging, lambda _: where, three, ("title", "delivery"))
        files = three.map(lambda file: file.data)
        if files.is_disputed:
            self.merging.dispute(where, three.map(lambda file: file.name))
        if files.best == files.ours:
            return replace(three.ours, **fields)
        theirs = three.theirs
        return replace(theirs, place=three.ours.place, **fields)


def _member(part: Attachment) -> Member:
    return Member(part, bare(_words(unnoted(part))), None, (one_line(part.title),))


def _words(part: Attachment) -> str:
    return "\n".join(part_lines(part))


def part_lines(part: Attachment) -> Sequence[str]:
    """What a text or attachment says, in lines."""
    title = one_line(part.title)
    match part:
        case Prose():
            inner = [line for each in part.attachments for line in part_lines(each)]
            return [
                title,
                *(line for block in part.blocks for line in block_lines(block)),
                *inner,
            ]
        case Table():
            return table_lines(part)
        case Picture():
            return [title, part.words]
        case FinishedFile():
            return [title, part.name]
