"""Every reader bears what `make fuzz` gives it; here a few inputs of each, always the same."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from engine import Broken, Count, Target, outcome, run
from targets import BY_NAME, SET, TARGETS

from publisher.readers.markdown import read_blocks

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]

NAMES = [
    pytest.param(
        target.name,
        marks=[
            pytest.mark.slow,
            pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
        ],
    )
    if target.needs_office
    else target.name
    for target in TARGETS
]
FIRST = 1000
"""The first numbers are those of the seeds, which other tests read."""


def told(count: Count) -> str:
    """What is wrong, for a person: each kind with the input to repeat it with."""
    first = {one.kind: one for one in reversed(count.failures)}
    return "\n".join(
        f"{one.target} {one.number}: {kind}\n{one.told}" for kind, one in first.items()
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_keeps_its_promises_whatever_it_reads(name: str) -> None:
    target = BY_NAME[name]
    short = target.short if target.needs_office else max(1, target.short // 2)
    count = run(target, range(FIRST, FIRST + short))
    assert count.executions == short
    assert not count.failures, told(count)
    if name == "docx-in-office":
        assert count.came[SET]


@pytest.mark.parametrize("name", NAMES)
def test_an_input_depends_on_its_number_alone(name: str) -> None:
    target = BY_NAME[name]
    numbers = range(FIRST, FIRST + 5)
    assert [target.input(1, n) for n in numbers] == [target.input(1, n) for n in numbers]
    assert [target.input(1, n) for n in numbers] != [target.input(2, n) for n in numbers]


LISTED = "组长：：\n： 柳喆\n\n河湖科负责：[^1]\n\n[^1]: 见附件。\n\n[^1]: 见附件。\n\n"
TABLE = "|甲[^1]|\n|---|\n|1|\n\n"
COLONS, NOTES = LISTED + TABLE, LISTED + TABLE + TABLE


@pytest.mark.parametrize("text", [COLONS, NOTES])
def test_colons_of_lists_of_names_and_notes_of_many_marks_are_borne(text: str) -> None:
    came, trace = outcome(BY_NAME["markdown"], text.encode())
    assert came == "checked", trace


@pytest.mark.parametrize("lost", ["柳喆", "组长", "负责：", "：[^1]", "见附件"])
def test_a_word_that_is_lost_is_seen(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(lines: Sequence[str], *given: Any, **more: Any) -> Any:
        return read_blocks([line.replace(lost, "") for line in lines], *given, **more)

    monkeypatch.setattr("targets.read_blocks", read)
    came, _ = outcome(BY_NAME["markdown"], COLONS.encode())
    assert came == "promise: nothing is lost"


# -- the engine itself ------------------------------------------------------------------


def reader(read: Callable[[bytes], str], *seeds: bytes) -> Target:
    """A target that is read so."""
    return Target("made", ".txt", lambda: seeds, BY_NAME["markdown"].mutate, read, 9, 9)


def breaks_at_b(data: bytes) -> str:
    if b"b" in data:
        raise Broken("no b")
    return "read"


def takes_for_ever(data: bytes) -> str:
    while True:
        pass


def takes_all(data: bytes) -> str:
    return str(bytearray(2**34))


def test_what_breaks_a_promise_is_told_with_its_number() -> None:
    count = run(reader(breaks_at_b, b"a", b"b", b"b"), range(3))
    told = [(one.number, one.kind) for one in count.failures]
    assert told == [(1, "promise: no b"), (2, "promise: no b")]
    assert count.came == {"read": 1}


def takes_another_program(data: bytes) -> str:
    subprocess.run([sys.executable, "-c", "while __import__('time').process_time() < 0.2: pass"])
    return "read"


def test_the_time_of_programs_that_are_run_counts() -> None:
    assert run(reader(takes_another_program, b""), range(1)).seconds > 0.2


def test_what_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.SECONDS", 0.05)
    (failure,) = run(reader(takes_for_ever, b""), range(1)).failures
    assert failure.kind.startswith("Hang")


def test_what_takes_all_memory_is_refused_it() -> None:
    (failure,) = run(reader(takes_all, b""), range(1)).failures
    assert failure.kind.startswith("MemoryError")


@pytest.mark.parametrize("name", NAMES)
def test_hardly_two_inputs_are_alike(name: str) -> None:
    made = {BY_NAME[name].input(0, number) for number in range(FIRST, FIRST + 24)}
    assert len(made) > 20
