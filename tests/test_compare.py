"""What `compare` says of two versions, and what it keeps silent about."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import read_content
from edited import EDITS, SLUG, versions
from publisher.changes import Change, Changes, Op
from publisher.compare import apply, compare, reverse

# -- forty known edits of the real notice -----------------------------------------------


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Changes:
    old, new = versions(tmp_path_factory.mktemp("forty"))
    readings = [read_content(content, SLUG) for content in (old, new)]
    assert [one.findings for one in readings] == [(), ()]
    return compare(readings[0].document, readings[1].document)


def report(change: Change) -> dict[str, Any]:
    """A change as `edits.yaml` tells it."""
    return {
        "报告": [
            change.kind.value,
            change.subject.value,
            change.weight.value,
            [matter.value for matter in change.matters],
        ],
        "删去": words(change, Op.DELETED),
        "加上": words(change, Op.INSERTED),
        "原文": "".join(change.before),
        "新文": "".join(change.after),
        "序号": [change.old.serial if change.old else "", change.new.serial if change.new else ""],
    }


def words(change: Change, op: Op) -> list[str]:
    """The words of a change on one side, without those of others that are told among them."""
    own = (one for one in change.pieces if one.change == change.identifier)
    return [one.words for one in own if one.op is op]


def is_of(edit: dict[str, Any], change: Change) -> bool:
    """Whether a change is just what the edit made."""
    said = report(change)
    told = {key: edit[key] for key in said if key in edit}
    told |= {key: edit.get(key, []) for key in ("删去", "加上") if "原文" not in edit}
    return all(said[key] == value for key, value in told.items())


@pytest.mark.parametrize("edit", EDITS["修改"], ids=lambda edit: edit["名称"])
def test_a_known_edit_is_reported_once_with_its_kind_and_words(
    forty: Changes, edit: dict[str, Any]
) -> None:
    found = [report(change) for change in forty.changes if is_of(edit, change)]
    assert len(found) == 1


def test_forty_edits_are_forty_changes(forty: Changes) -> None:
    assert len(EDITS["修改"]) == 40
    invented = [
        report(change)
        for change in forty.changes
        if not any(is_of(edit, change) for edit in EDITS["修改"])
    ]
    assert invented == []
    assert len(forty.changes) == 40


def test_forty_changes_make_the_new_version_and_are_the_reverse_of_the_other_way(
    forty: Changes,
) -> None:
    old, new = forty.old.document, forty.new.document
    assert apply(forty, old) == new
    assert compare(new, old) == reverse(forty)
