"""What was taken back → `report.json`, for programs."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable
from typing import Any

from publisher.changes import Change
from publisher.model import Acceptance, one_line
from publisher.renderers.changes import summary
from publisher.takeback.result import Comment, Conflict, NotTaken, Returned, TakenBack

FILE = "report.json"
FORMAT = 1
"""Raised when what stands in the file changes its meaning."""


def as_json(made: TakenBack, *, is_written: bool) -> str:
    """All that is told of taking back, as docs/take-back.schema.json says, ended by a newline."""
    return json.dumps(_record(made, is_written), ensure_ascii=False, indent=2) + "\n"


def _record(made: TakenBack, is_written: bool) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "slug": made.slug,
        "title": one_line(made.result.body.title),
        "written": is_written,
        "settled": made.is_settled,
        "sources": [_source(each) for each in made.returned],
        "files": sorted(made.files),
        "changes": [_change(made, each) for each in made.changes.changes],
        "conflicts": list(map(_conflict, made.conflicts)),
        "not_taken": list(map(_not_taken, made.not_taken)),
        "accepted": list(map(_acceptance, made.acceptances)),
        "comments": list(_comments(made.comments, set(made.open_comments))),
    }


def _source(returned: Returned) -> dict[str, Any]:
    provenance = returned.provenance
    return {
        "name": returned.name,
        "made_as": provenance.file if provenance else "",
        "content": provenance.content if provenance else "",
        "base": returned.base.kind.name.lower(),
        "base_called": returned.base.called,
        "authors": list(returned.authors),
        "editor": returned.editor,
        "notes": list(returned.sentences),
    }


def _change(made: TakenBack, change: Change) -> dict[str, Any]:
    return {
        "id": change.identifier,
        "kind": change.kind.name.lower(),
        "subject": change.subject.name.lower(),
        "weight": change.weight.name.lower(),
        "where": summary.place(change),
        "before": list(change.before),
        "after": list(change.after),
        "authors": list(made.authors.get(change.identifier, ())),
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "source": conflict.source,
        "against": conflict.against,
        "where": conflict.where,
        "base": conflict.base,
        "ours": conflict.ours,
        "theirs": conflict.theirs,
    }


def _not_taken(each: NotTaken) -> dict[str, Any]:
    return {
        "source": each.source,
        "reason": each.reason.name.lower(),
        "where": each.where,
        "words": each.words,
    }


def _acceptance(each: Acceptance) -> dict[str, Any]:
    return {
        "finding": each.finding,
        "file": each.file,
        "message": each.message,
        "words": each.words,
        "reason": each.reason,
    }


def _comments(comments: Iterable[Comment], is_open: Container[str]) -> Iterable[dict[str, Any]]:
    for each in comments:
        yield {
            "id": each.identifier,
            "source": each.source,
            "author": each.author,
            "date": each.date,
            "where": each.where,
            "anchor": each.anchor,
            "words": each.words,
            "resolved": each.is_resolved,
            "open": each.identifier in is_open,
            "replies": list(_comments(each.replies, ())),
        }
