"""Whatever fails and wherever it stops: nothing is lost, and what is said is so.

Of the operations of each command some are tried here, others in each way; `make faults` tries all
of them in all ways.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest

from faults.scenarios import SCENARIOS, Stage, run
from publisher import cli

pytestmark = pytest.mark.thorough

TRIED = {True: 6, False: 3}
"""So many operations in each way, where two names can be exchanged and where not."""
CASES = [*product(SCENARIOS, TRIED)]
NAMES = [f"{one.name}, {'exchange' if exchanges else 'no exchange'}" for one, exchanges in CASES]


@pytest.fixture(scope="module", params=CASES, ids=NAMES)
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """A command, set up in memory where there is such: nothing that is tried outlives the test."""
    scenario, exchanges = request.param
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield Stage(scenario, tmp_path_factory.mktemp("stage"), exchanges=exchanges)
        return
    with TemporaryDirectory(dir=memory) as made:
        yield Stage(scenario, Path(made), exchanges=exchanges)


def tried(stage: Stage, first: int) -> range:
    return range(first, stage.operations + 1, max(10, stage.operations // TRIED[stage.exchanges]))


def test_each_operation_may_fail_once(stage: Stage) -> None:
    for number in tried(stage, 1):
        stage.fail(lambda n, failing=number: n == failing)


def test_from_each_operation_on_all_may_fail(stage: Stage) -> None:
    for number in tried(stage, 5):
        stage.fail(lambda n, first=number: n >= first)


def test_it_may_be_killed_at_any_operation(stage: Stage) -> None:
    for number in tried(stage, 8):
        stage.stop(number)


def test_no_file_has_its_name_before_it_is_on_the_disk(stage: Stage) -> None:
    """After a loss of power a name may be there and its bytes not."""
    synchronised: set[int] = set()
    fsync, replace = os.fsync, os.replace

    def seen(descriptor: int) -> None:
        synchronised.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def named(new: Path, target: Path) -> None:
        about = Path(new).stat()  # a link to a file of a build is on the disk with that
        assert about.st_ino in synchronised or about.st_nlink > 1, target
        replace(new, target)

    stage.put_back()
    with mock.patch.object(os, "fsync", seen), mock.patch.object(os, "replace", named):
        assert run(stage.root, stage.scenario.arguments).code == cli.CLEAN
