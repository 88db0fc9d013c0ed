"""What could not be read is told once: no check says of it that it is not there."""

from __future__ import annotations

from collections.abc import Callable

from conftest import FRONT, Reading, checked, front
from publisher.limits import MOST_PARAGRAPH

LONG = "长" * (MOST_PARAGRAPH + 1)


def said(reading: Reading) -> list[str]:
    return sorted(one.name for one in (*reading.findings, *checked(reading.document)))


def test_a_text_beyond_a_limit_is_not_called_empty(read: Callable[..., Reading]) -> None:
    assert said(read({"document.md": front(text=LONG)})) == ["beyond_limit"]
    assert said(read({"document.md": front(text=f"{LONG}\n\n#\n")})) == [
        "beyond_limit",
        "empty_heading",
    ]


def test_a_heading_whose_text_is_beyond_a_limit_is_not_called_empty(
    read: Callable[..., Reading],
) -> None:
    plan = f"# 清理岸线\n\n{LONG}\n\n# 修复堤防\n\n逐段排查。\n"
    assert said(read({"plan.md": plan})) == ["beyond_limit"]


def test_attachments_that_cannot_be_read_are_not_called_absent(
    read: Callable[..., Reading],
) -> None:
    lines = FRONT.split("\n印发件")[0]
    entries = "附件:\n  - 文件: form.exe\n    标题: 申请表\n  - 文件: flow.gif\n    标题: 流程图"
    words = front(f"{lines}\n{entries}", "请按附件1填报，按附件2办理。")
    assert said(read({"document.md": words})) == ["unknown_attachment_type"] * 2
