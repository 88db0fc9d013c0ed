"""Forms, pictures and finished files of two versions: each edit is told once, and exactly."""

from __future__ import annotations

import pytest

from applied import apply
from edited_forms import EDITS, FormEdit, edited
from publisher.changes import Changes
from publisher.compare import compare, reverse


def told(changes: Changes) -> tuple[str, ...]:
    return tuple(
        f"{each.kind.value}{each.subject.value}（{each.weight.value}）" for each in changes.changes
    )


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_is_told_once_and_exactly(edit: FormEdit) -> None:
    old, new = edited(), edited(edit)
    changes = compare(old, new)
    assert told(changes) == edit.told
    assert apply(changes, old) == new
    assert apply(reverse(changes), new) == old
    assert compare(new, old) == reverse(changes)


def test_there_are_twenty_edits() -> None:
    assert len(EDITS) >= 20
