"""Changes → `changes.json`, and the JSON Schema that says what stands in it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from enum import Enum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from publisher import changes as model
from publisher.changes import About, Changes
from publisher.model import one_line

FILE = "changes.json"
FORMAT: Literal[1] = 1
"""Raised when what stands in the file changes its meaning."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PieceRecord(_Record):
    """Some words, on one side or both."""

    op: Literal["equal", "deleted", "inserted"]
    words: str
    change: str | None = Field(
        description="The id of another change, told among the words of this one; else null."
    )
    script: Literal["raised", "lowered"] | None = Field(
        description="Whether they stand above or below the line; null for neither."
    )


class WhereRecord(_Record):
    """Where something stands in one version."""

    part: str = Field(description="正文, 《…》, 附件1《…》; empty for elements.")
    clauses: tuple[str, ...] = Field(
        description="The headings and items above it and its own, numbered; in a table the groups."
    )
    table: tuple[str, ...] = Field(
        description="Of a table or picture of a text: the headings above it, and its name."
    )
    paragraph: int = Field(description="Which paragraph below its heading, from 1; else 0.")
    serial: str = Field(description="The serial of a row as printed; else empty.")
    row: int = Field(description="Which row of its table, from 1; else 0.")
    name: str = Field(
        description="What a row without a serial begins with, or who stands in a list; else empty."
    )
    column: str = Field(
        description="The name of a column or element, the label of a list of names; else empty."
    )
    anchor: str = Field(description="Its name in addresses of that version's page.")


class ChangeRecord(_Record):
    """One change."""

    id: str = Field(description="For links; it stays while the change says the same.")
    kind: Literal[
        "added", "removed", "edited", "moved", "moved_edited", "split", "merged", "replaced"
    ]
    subject: Literal[
        "element",
        "title",
        "part",
        "section",
        "heading",
        "item",
        "paragraph",
        "sentence",
        "note",
        "table",
        "picture",
        "file",
        "head",
        "column",
        "group",
        "entry",
        "row",
        "cell",
    ]
    weight: Literal["substance", "wording", "form"]
    matters: tuple[
        Literal[
            "figure",
            "date",
            "deadline",
            "person",
            "department",
            "place",
            "duty",
            "element",
            "content",
        ],
        ...,
    ] = Field(description="What makes it one of substance.")
    label: str = Field(description="Kind, subject and weight in Chinese.")
    old: WhereRecord | None = Field(description="Where it stood; null for what was added.")
    new: WhereRecord | None = Field(description="Where it stands; null for what was removed.")
    before: tuple[str, ...] = Field(description="The old words, a paragraph or row each.")
    after: tuple[str, ...] = Field(description="The new words.")
    remark: str = Field(
        description="Of what was replaced: how far it is known what differs; else empty."
    )
    pieces: tuple[PieceRecord, ...] = Field(description="How the old words became the new.")


class ReferenceRecord(_Record):
    """A reference that kept its number though what it means has another now."""

    words: str = Field(description="As 第三项.")
    where: WhereRecord = Field(description="Where it stands in the new version.")
    target: str = Field(description="The clause or table that it meant in the old version.")
    now: str = Field(description="The same in the new version; empty where it is gone.")


class ChangesRecord(_Record):
    """What became of one version of a document in the other, as `publisher diff` writes it."""

    format: Literal[1]
    slug: str = Field(description="The name of the document's folder, in the new version.")
    title: str = Field(description="Its title in the new version, on one line.")
    there: Literal["both", "old", "new"] = Field(
        description="Which versions have it; where one has it not, no change is listed."
    )
    old: str = Field(description="What the old version is called.")
    new: str = Field(description="What the new version is called.")
    author: str = Field(description="Whose changes these are.")
    date: datetime = Field(description="When they were made.")
    not_compared: tuple[str, ...] = Field(
        description="Keys of the front matter that one version has, and the other, a file of "
        "Word, a page or a PDF, does not hold: whether they differ is not known."
    )
    kinds: dict[str, int] = Field(description="How many changes there are of each kind.")
    weights: dict[str, int] = Field(description="How many there are of each weight.")
    changes: tuple[ChangeRecord, ...] = Field(description="All changes, from the top.")
    references: tuple[ReferenceRecord, ...] = Field(
        description="References whose numbers may have to be changed; they are no changes."
    )


def render(changes: Changes, about: About) -> dict[str, bytes]:
    """`changes.json`: UTF-8, ended by a newline."""
    return {FILE: as_json(changes, about).encode()}


def as_json(changes: Changes, about: About) -> str:
    """The changes for programs."""
    return _record(changes, about).model_dump_json(indent=2) + "\n"


def one_sided(slug: str, title: str, about: About, *, is_old: bool) -> str:
    """The same of a document that one version alone has."""
    head = _head(slug, title, about, "old" if is_old else "new")
    return head.model_dump_json(indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of `changes.json`."""
    about = ChangesRecord.model_json_schema(mode="serialization")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **about}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _record(changes: Changes, about: About) -> ChangesRecord:
    document = changes.new.document
    head = _head(document.slug, one_line(document.body.title), about, "both")
    return head.model_copy(
        update={
            "kinds": _counted([change.kind for change in changes.changes]),
            "weights": _counted([change.weight for change in changes.changes]),
            "changes": tuple(_change(change) for change in changes.changes),
            "references": tuple(
                ReferenceRecord(
                    words=reference.words,
                    where=_where(reference.where),
                    target=reference.target,
                    now=reference.now,
                )
                for reference in changes.references.new
            ),
        }
    )


def _head(
    slug: str, title: str, about: About, there: Literal["both", "old", "new"]
) -> ChangesRecord:
    return ChangesRecord(
        format=FORMAT,
        slug=slug,
        title=title,
        there=there,
        old=about.old,
        new=about.new,
        author=about.author,
        date=about.date,
        not_compared=about.not_compared,
        kinds={},
        weights={},
        changes=(),
        references=(),
    )


def _counted(members: list[model.ChangeKind] | list[model.Weight]) -> dict[str, int]:
    return dict(sorted(Counter(_name(member) for member in members).items()))


def _name(member: Enum) -> str:
    return member.name.lower()


def _script(script: model.Script) -> Literal["raised", "lowered"]:
    return "raised" if script is model.Script.RAISED else "lowered"


def _change(change: model.Change) -> ChangeRecord:
    return ChangeRecord.model_validate(
        {
            "id": change.identifier,
            "kind": _name(change.kind),
            "subject": _name(change.subject),
            "weight": _name(change.weight),
            "matters": tuple(map(_name, change.matters)),
            "label": f"{change.kind.value}{change.subject.value}（{change.weight.value}）",
            "old": change.old and _where(change.old),
            "new": change.new and _where(change.new),
            "before": change.before,
            "after": change.after,
            "remark": change.remark,
            "pieces": tuple(
                PieceRecord(
                    op=piece.op.value,
                    words=piece.words,
                    change=None if piece.change == change.identifier else piece.change,
                    script=piece.script and _script(piece.script),
                )
                for piece in change.pieces
            ),
        }
    )


def _where(where: model.Where) -> WhereRecord:
    return WhereRecord(
        part=where.part,
        clauses=where.clauses,
        table=where.table,
        paragraph=where.paragraph,
        serial=where.serial,
        row=where.row,
        name=where.name,
        column=where.column,
        anchor=where.anchor,
    )
