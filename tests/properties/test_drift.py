"""Plan and table of the real notice drift apart at random: each time the right check notices."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from conftest import ROOT
from publisher import pipeline
from publisher.diagnostics import unsettled
from tried import tried

pytestmark = pytest.mark.thorough
SLUG = "2025-work-points"
NOTICE = ROOT / "content" / SLUG
PLAN = (NOTICE / "plan.md").read_text("utf-8").splitlines()
HEADER, *TABLE = list(csv.reader(io.StringIO((NOTICE / "tasks.csv").read_text("utf-8"))))
SERIAL, GROUP, TASK, DEADLINE, PERSON, DEPARTMENT = range(6)
OTHER = "甲乙丙丁戊己庚辛"
"""Characters that stand nowhere in the notice: whoever types one has typed it wrongly."""


@pytest.fixture(scope="module")
def content() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "content", Path(folder) / "content")
        yield Path(folder) / "content"


def noticed(content: Path, plan: list[str], table: list[list[str]]) -> set[str]:
    """The names of what is found with this plan and table, beyond what is accepted."""
    (content / SLUG / "plan.md").write_text("\n".join(plan) + "\n", "utf-8")
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([HEADER, *table])
    (content / SLUG / "tasks.csv").write_text(stream.getvalue(), "utf-8")
    return {one.name for one in unsettled(pipeline.read(content, SLUG)[1])}


def at_random(test):
    """A property of the notice, tried in each run at a few other rows and sentences."""
    sometimes = tried(3, HealthCheck.function_scoped_fixture)
    return sometimes(given(chance=st.randoms(use_true_random=False))(test))


def sentences() -> list[tuple[int, str]]:
    """The lines of the plan that are sentences below a heading, with their index."""
    first = next(i for i, line in enumerate(PLAN) if line.startswith("#"))
    return [(i, line) for i, line in enumerate(PLAN) if i > first and line and line[0] != "#"]


def rows(has: str = ".") -> list[int]:
    """The rows that the plan has too, and in whose task a pattern is found."""
    said = "".join(PLAN)
    return [
        i for i, row in enumerate(TABLE) if re.search(has, row[TASK]) and row[TASK][-12:] in said
    ]


def changed(table: list[list[str]], row: int, column: int, words: str) -> list[list[str]]:
    copy = [list(one) for one in table]
    copy[row][column] = words
    return copy


def with_other_figure(words: str, chance: random.Random) -> str:
    figure = chance.choice(list(re.finditer("[0-9]+", words)))
    return (
        words[: figure.start()] + str(int(figure[0]) + chance.randint(1, 9)) + words[figure.end() :]
    )


def retyped(words: str, chance: random.Random) -> str:
    """Words in which one Chinese character is another."""
    at = chance.choice([i for i, one in enumerate(words) if "\u4e00" <= one <= "\u9fff"])
    return words[:at] + chance.choice(OTHER) + words[at + 1 :]


def test_the_notice_as_it_was_issued_has_nothing_that_is_not_accepted(content: Path) -> None:
    assert noticed(content, PLAN, TABLE) == set()


@at_random
def test_a_changed_figure_in_the_table_is_noticed(content: Path, chance: random.Random) -> None:
    row = chance.choice(rows("[0-9]"))
    words = with_other_figure(TABLE[row][TASK], chance)
    assert "figure_differs" in noticed(content, PLAN, changed(TABLE, row, TASK, words))


@at_random
def test_a_changed_figure_in_the_plan_is_noticed(content: Path, chance: random.Random) -> None:
    index, line = chance.choice([one for one in sentences() if re.search("[0-9]", one[1])])
    plan = [*PLAN[:index], with_other_figure(line, chance), *PLAN[index + 1 :]]
    assert "figure_differs" in noticed(content, plan, TABLE)


@at_random
def test_a_changed_word_is_noticed(content: Path, chance: random.Random) -> None:
    row = chance.choice(rows())
    words = retyped(TABLE[row][TASK], chance)
    seen = noticed(content, PLAN, changed(TABLE, row, TASK, words))
    assert seen & {"task_differs_from_plan", "figure_differs"}  # a numeral may be among them


@at_random
def test_a_dropped_row_is_noticed(content: Path, chance: random.Random) -> None:
    row = chance.randrange(len(TABLE))
    found = noticed(content, PLAN, TABLE[:row] + TABLE[row + 1 :])
    assert found & {"serial_out_of_order", "sentence_without_task"}


@at_random
def test_a_dropped_row_is_noticed_where_the_others_are_numbered_anew(
    content: Path, chance: random.Random
) -> None:
    row = chance.choice(rows())
    kept = TABLE[:row] + TABLE[row + 1 :]
    numbered = [[str(number), *one[1:]] for number, one in enumerate(kept, 1)]
    assert "sentence_without_task" in noticed(content, PLAN, numbered)


@at_random
def test_two_swapped_rows_are_noticed(content: Path, chance: random.Random) -> None:
    first, second = chance.sample(range(len(TABLE)), 2)
    table = list(TABLE)
    table[first], table[second] = TABLE[second], TABLE[first]
    assert "serial_out_of_order" in noticed(content, PLAN, table)


@at_random
def test_two_swapped_rows_are_noticed_where_their_numbers_stay(
    content: Path, chance: random.Random
) -> None:
    first, second = chance.sample(rows(), 2)
    table = list(TABLE)
    table[first] = [TABLE[first][SERIAL], *TABLE[second][1:]]
    table[second] = [TABLE[second][SERIAL], *TABLE[first][1:]]
    assert "task_out_of_order" in noticed(content, PLAN, table)


@at_random
def test_an_altered_name_is_noticed(content: Path, chance: random.Random) -> None:
    column = chance.choice([PERSON, DEPARTMENT])
    row = chance.choice([i for i, one in enumerate(TABLE) if one[column]])
    words = retyped(TABLE[row][column], chance)
    assert "unknown_name" in noticed(content, PLAN, changed(TABLE, row, column, words))


@at_random
def test_a_retyped_heading_of_the_plan_is_noticed(content: Path, chance: random.Random) -> None:
    index = chance.choice([i for i, line in enumerate(PLAN) if line.startswith("# ")])
    words, _, identifier = PLAN[index].removeprefix("# ").partition(" {")
    heading = f"# {retyped(words, chance)} {{{identifier}"
    plan = [*PLAN[:index], heading if identifier else heading.rstrip(" {"), *PLAN[index + 1 :]]
    assert "heading_quoted_differently" in noticed(content, plan, TABLE)


@at_random
def test_a_retyped_group_of_the_table_is_noticed(content: Path, chance: random.Random) -> None:
    row = chance.randrange(len(TABLE))
    words = retyped(TABLE[row][GROUP], chance)
    assert "heading_quoted_differently" in noticed(content, PLAN, changed(TABLE, row, GROUP, words))


@at_random
def test_a_sentence_deleted_from_the_plan_is_noticed(content: Path, chance: random.Random) -> None:
    index, _ = chance.choice(sentences())
    found = noticed(content, PLAN[:index] + PLAN[index + 1 :], TABLE)
    assert found & {"task_without_counterpart", "task_differs_from_plan"}


@at_random
def test_a_task_whose_words_are_deleted_is_noticed(content: Path, chance: random.Random) -> None:
    row = chance.choice(rows())
    assert "sentence_without_task" in noticed(content, PLAN, changed(TABLE, row, TASK, ""))


@at_random
def test_a_deadline_beyond_the_plan_is_noticed(content: Path, chance: random.Random) -> None:
    row = chance.choice([i for i, one in enumerate(TABLE) if "底" in one[DEADLINE]])
    found = noticed(content, PLAN, changed(TABLE, row, DEADLINE, f"2026年{TABLE[row][DEADLINE]}"))
    assert "deadline_outside_year" in found


@at_random
def test_a_deadline_that_no_calendar_has_is_noticed(content: Path, chance: random.Random) -> None:
    row = chance.choice([i for i, one in enumerate(TABLE) if one[DEADLINE]])
    wrong = chance.choice(["13月底", "2月30日", "0月", "6月31日前"])
    found = noticed(content, PLAN, changed(TABLE, row, DEADLINE, wrong))
    assert found & {"unreadable_deadline", "impossible_date"}
