"""Whatever fails and wherever it stops: nothing is lost, and what is said is so.

Of the operations a tenth is tried here in each of four ways, others in each; `make faults` tries
all of them in all ways.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from faults.scenarios import SCENARIOS, Scenario, Stage

pytestmark = pytest.mark.thorough

BOTH = pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "no exchange"])


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is such: nothing that is tried here outlives the test."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as made:
        yield Path(made)


ALL = pytest.mark.parametrize("scenario", SCENARIOS, ids=[one.name for one in SCENARIOS])


@ALL
@BOTH
def test_each_operation_may_fail_once(scenario: Scenario, exchanges: bool, folder: Path) -> None:
    stage = Stage(scenario, folder, exchanges=exchanges)
    for number in _tried(stage, 1 if exchanges else 2):
        stage.fail(lambda n, failing=number: n == failing)


@ALL
@BOTH
def test_from_each_operation_on_all_may_fail(
    scenario: Scenario, exchanges: bool, folder: Path
) -> None:
    stage = Stage(scenario, folder, exchanges=exchanges)
    for number in _tried(stage, 4 if exchanges else 5):
        stage.fail(lambda n, first=number: n >= first)


@ALL
@BOTH
def test_it_may_be_killed_at_any_operation(
    scenario: Scenario, exchanges: bool, folder: Path
) -> None:
    stage = Stage(scenario, folder, exchanges=exchanges)
    for number in range(1, stage.operations + 1, 15):
        stage.stop(number)


def _tried(stage: Stage, first: int) -> range:
    return range(first, stage.operations + 1, 10)
