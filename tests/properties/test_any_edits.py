"""Edits of the real notice, made by chance: each is told once, and nothing else is."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT, read_content
from edited import SLUG, renumber
from publisher.compare import compare

pytestmark = pytest.mark.thorough

PLAN, TASKS = f"{SLUG}/plan.md", f"{SLUG}/tasks.csv"


@pytest.mark.parametrize("seed", range(8))
def test_edits_made_by_chance_are_told_one_by_one(tmp_path: Path, seed: int) -> None:
    new = tmp_path / "content"
    shutil.copytree(ROOT / "content", new)
    chance = random.Random(seed)
    made = edit_plan(new / PLAN, chance) + edit_tasks(new / TASKS, chance)
    documents = [read_content(content, SLUG).document for content in (ROOT / "content", new)]
    changes = compare(*documents).changes
    assert Counter(one.kind.value + one.subject.value for one in changes) == made
    assert made.total() > 15


def edit_plan(path: Path, chance: random.Random) -> Counter[str]:
    """Edit, take out and put in sentences, no two beside one another."""
    lines = path.read_text("utf-8").split("\n")
    made: Counter[str] = Counter()
    later = [
        at
        for at, line in enumerate(lines)
        if len(line) > 25 and line.endswith("。") and lines[at - 1].endswith("。")
    ]
    chosen: list[int] = []
    for at in chance.sample(later, len(later)):
        if all(abs(at - other) > 1 for other in chosen):
            chosen.append(at)
    for at in sorted(chosen[:12], reverse=True):
        match chance.choice(["edit", "remove", "add"]):
            case "edit":
                lines[at] = reworded(lines[at])
                made["修改句子"] += 1
            case "remove":
                del lines[at]
                made["删除句子"] += 1
            case _:
                lines.insert(at, f"第{at}件新事由专人负责，按期报告进展情况。")
                made["新增句子"] += 1
    path.write_text("\n".join(lines), "utf-8")
    return made


def edit_tasks(path: Path, chance: random.Random) -> Counter[str]:
    """Edit cells, take rows out, and move one past two others."""
    header, *rows = path.read_text("utf-8").splitlines()
    made: Counter[str] = Counter()
    full = [at for at, row in enumerate(rows) if all(row.split(","))]
    groups = [row.split(",")[1] for row in rows]
    still = chance.choice([at for at in range(5, 80) if len(set(groups[at - 4 : at + 4])) == 1])
    for at in sorted(chance.sample(full, 10), reverse=True):
        if abs(at - still) < 4:
            continue
        cells = rows[at].split(",")
        match chance.choice(["deadline", "task", "remove"]):
            case "deadline":
                rows[at] = ",".join([*cells[:3], f"{cells[3]}前", *cells[4:]])
                made["修改单元格"] += 1
            case "task":
                rows[at] = ",".join([*cells[:2], reworded(cells[2]), *cells[3:]])
                made["修改单元格"] += 1
            case _:
                rows[at] = ""
                made["删除行"] += 1
    rows.insert(still - 2, rows.pop(still))
    made["移动行"] += 1
    path.write_text("\n".join([header, *filter(None, rows)]) + "\n", "utf-8")
    renumber(path)
    return made


def reworded(words: str) -> str:
    """A sentence with other words in its middle."""
    middle = len(words) // 2
    return f"{words[:middle]}某某{words[middle + 2 :]}"
