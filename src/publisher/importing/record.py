"""What was imported → `report.json`: what became of every block and word, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from publisher import diagnostics
from publisher.importing.imported import Imported
from publisher.intake.result import Decision
from publisher.intake.source import LeftOut
from publisher.model import one_line

FILE = "report.json"
FORMAT = 1
"""Raised when what stands in the file changes its meaning."""


def as_json(made: Imported) -> str:
    """All that is told of an import, as docs/import.schema.json says, ended by a newline."""
    return json.dumps(_record(made), ensure_ascii=False, indent=2) + "\n"


def _record(made: Imported) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "slug": made.slug,
        "title": one_line(made.document.body.title),
        "sources": [
            {"name": source.name, "called": source.called, "notes": list(source.sentences)}
            for source in made.intake.sources
        ],
        "files": sorted(made.files),
        "blocks": [_block(made, decision) for decision in made.intake.decisions],
        "account": _account(made),
        "remarks": [
            {
                "source": source.name,
                "where": source.where(remark.number),
                "kind": remark.kind,
                "words": remark.words,
                "author": remark.author,
                "date": remark.date,
            }
            for source, remark in made.remarks
        ],
        "proposals": [{"key": each.key, "name": each.name} for each in made.intake.proposals],
        "mends": [
            {"before": each.before, "after": each.after, "why": each.why, "where": each.where}
            for each in made.intake.mends
        ],
        "findings": list(map(diagnostics.as_data, made.findings)),
    }


def _block(made: Imported, decision: Decision) -> dict[str, Any]:
    return {
        "source": made.source(decision.source).name,
        "paragraph": decision.number,
        "where": made.source(decision.source).where(decision.number),
        "words": decision.words,
        "kind": decision.role.value,
        "level": decision.level,
        "certainty": decision.certainty.name.lower(),
        "reason": decision.reason,
        "question": decision.question,
    }


def _account(made: Imported) -> dict[str, Any]:
    account = made.account
    return {
        "whole": account.is_whole,
        "held": account.held,
        "kept": account.kept,
        "left_out": _passages(made, account.left_out),
        "lost": _passages(made, account.lost),
        "surplus": _passages(made, account.surplus),
        "misplaced": _passages(made, account.misplaced),
        "rewritten": [
            {
                "where": made.where(each.source, each.number),
                "before": each.before,
                "after": each.after,
            }
            for each in account.rewritten
        ],
        "added": list(account.added),
    }


def _passages(made: Imported, given: Iterable[LeftOut]) -> list[dict[str, str]]:
    return [
        {"where": made.where(each.source, each.number), "words": each.words, "why": each.why}
        for each in given
    ]
