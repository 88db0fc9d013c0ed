"""Twice the content is about twice the work: counted in calls, for a clock tells of the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from conftest import FRONT, HEADER, Overlay, Reading, checked, front
from publisher.acceptance import accept
from publisher.diagnostics import bounded
from publisher.model import Document

pytestmark = pytest.mark.thorough


def _rows(count: int, group: str, task: str) -> str:
    rows = (
        f"{n + 1},{group.format(n)},{task.format(n)},5月底,柳喆{n},河湖{n}科" for n in range(count)
    )
    return "\n".join([HEADER, *rows])


SHAPES: dict[str, Callable[[int], Overlay]] = {
    "a heading for each group of the table": lambda count: {
        "plan.md": "\n\n".join(f"# 标题{n}号\n\n清理第{n}段岸线。" for n in range(count)),
        "tasks.csv": _rows(count, "标题{}号", "清理第{}段岸线。"),
    },
    "tasks that are like sentences of the plan": lambda count: {
        "plan.md": "\n\n".join(f"清理第{n}段河道的岸线。" for n in range(count)),
        "tasks.csv": _rows(count, "清理岸线", "清理了第{}段河道岸线。"),
    },
    "attachments that a paragraph speaks of": lambda count: {"plan.md": "按附件7办理，" * count},
    "blanks in a paragraph": lambda count: {"plan.md": "《甲乙》 丙丁戊己 庚辛" * count},
    "brackets without an end": lambda count: {"plan.md": "甲（乙“丙《" * count},
    "titles that are like one another": lambda count: {
        "plan.md": "".join(f"《2030年工作计划{n}》、" for n in range(count))
    },
    "lines of a title": lambda count: {
        "document.md": front(FRONT.replace("标题: 青", "标题: |\n" + "  甲\n" * count + "  青"))
    },
    "paragraphs that are the same": lambda count: {
        "plan.md": "同样的文字写了一遍又写一遍。\n\n" * count
    },
    "groups and clauses that announce counts": lambda count: {
        "plan.md": "# 全部（共3项）\n\n"
        + "\n\n".join(f"## 组别{n}号3项：甲，乙。" for n in range(count)),
        "tasks.csv": _rows(count, "组别{}号（共3项）", "清理第{}段岸线。"),
    },
    "numbers typed by hand": lambda count: {
        "plan.md": "\n\n".join(f"1.{n % 99}　清理第{n}段岸线，修复堤防。" for n in range(count))
    },
    "numbers, ranges and dates": lambda count: {
        "plan.md": "3-5月，4O0米，2030.2.5，4月4日至6日共4天，<办法>，" * count
    },
    "sums": lambda count: {
        "plan.md": "共9万元，其中甲5万元、乙6万元。" * count,
        "tasks.csv": _rows(count, "合计", "{}"),
    },
    "names below one another": lambda count: {
        "plan.md": "\n\n".join(["\u3000" * 4 + "甲"] * count)
    },
    "items that refer to one another": lambda count: {
        "plan.md": "\n".join(f"1. 按照第{n}项办理[^{n}]（共3项）。" for n in range(count))
        + "".join(f"\n\n[^{n}]: 本计划第{n}条。" for n in range(count))
    },
    "names in a list": lambda count: {
        "plan.md": "".join(f"组长{n}\n: 柳喆　局长\n: 陆堃{n}\n" for n in range(count))
    },
    "links": lambda count: {"plan.md": "[甲](https://a.cn)[乙](b.md)**丙**" * count},
}


def _calls(work: Callable[[Document], object], document: Document) -> int:
    count = 0

    def called(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(called)
    try:
        work(document)
    finally:
        sys.setprofile(None)
    return count


def _work(document: Document) -> object:
    return bounded(accept(document, checked(document)))


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_content_is_twice_the_work(shape: str, read: Callable[..., Reading]) -> None:
    _work(read().document)  # what is made once
    counts = [_calls(_work, read(SHAPES[shape](count)).document) for count in (100, 200)]
    assert counts[1] < 2.5 * counts[0]
