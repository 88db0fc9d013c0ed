"""Findings that the bureau accepts: in `accepted.yaml`, and by `publisher accept`."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import CASE, HEADER, STOCK, Overlay, front, write
from publisher import cli, pipeline
from publisher.diagnostics import Finding, count, stops_publishing, unsettled
from publisher.model import Acceptance
from publisher.writers.acceptances import with_acceptances

EMPTY = f"{HEADER}\n1,清理岸线,逐段排查。,5月底,柳喆,河湖科\n2,清理岸线,,,,\n"
ENTRY = """\
接受:
  - 问题: empty_task
    文件: tasks.csv
    提示: 本行除序号和分组外没有内容
    理由: 按印发的原文保留
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(overlay: Overlay) -> tuple[Finding, ...]:
    named = {f"{CASE}/{name}": data for name, data in overlay.items()}
    write(Path("content"), {**STOCK, **named})
    return pipeline.read(Path("content"), CASE)[1]


def names(findings: tuple[Finding, ...]) -> list[str]:
    return [one.name for one in unsettled(findings)]


def test_what_is_accepted_stays_with_its_reason_and_does_not_count() -> None:
    (one,) = found({"tasks.csv": EMPTY, "accepted.yaml": ENTRY})
    assert (one.name, one.accepted) == ("empty_task", "按印发的原文保留")
    assert one.label == "已接受"
    assert count([one]) == "没有发现问题，已接受 1 处"


def test_it_is_found_again_where_lines_moved() -> None:
    row = "2,清理岸线,逐段排查。,5月底,柳喆,河湖科\n"
    moved = EMPTY.replace("2,清理岸线,,,,", f"{row}3,清理岸线,,,,")
    assert names(found({"tasks.csv": moved, "accepted.yaml": ENTRY})) == []


def test_an_entry_without_its_finding_is_a_finding() -> None:
    (one,) = found({"accepted.yaml": ENTRY})
    assert one.name == "needless_acceptance"
    assert (one.place.file, one.place.line) == ("content/case/accepted.yaml", 2)


def test_an_entry_that_fits_several_accepts_none() -> None:
    twice = f"{EMPTY}3,清理岸线,,,,\n4,清理岸线,逐段排查。,5月底,柳喆,河湖科\n"
    assert sorted(names(found({"tasks.csv": twice, "accepted.yaml": ENTRY}))) == [
        "ambiguous_acceptance", "empty_task", "empty_task",
    ]  # fmt: skip
    told_apart = ENTRY.replace("    理由", '    原文: "3,清理"\n    理由')
    assert names(found({"tasks.csv": twice, "accepted.yaml": told_apart})) == ["empty_task"]


def test_another_fault_on_an_accepted_line_is_not_hidden() -> None:
    plan = "# 清理岸线\n\n## 排查问题。\n\n逐段排查岸线问题，建立台账。\n"
    row = "1,清理岸线,逐段排查岸线问题，建立清单。,5月底,柳喆,河湖科\n"
    entry = """\
接受:
  - 问题: task_differs_from_plan
    文件: tasks.csv
    提示: 与计划的文字不一致：计划为“台账”，表中为“清单”
    理由: 按印发的原文保留
"""
    files = {"plan.md": plan, "tasks.csv": f"{HEADER}\n{row}", "accepted.yaml": entry}
    assert names(found(files)) == []
    changed = {**files, "plan.md": plan.replace("台账", "档案")}
    assert names(found(changed)) == ["needless_acceptance", "task_differs_from_plan"]
    second = {**files, "tasks.csv": f"{HEADER}\n{row.replace('逐段', '全面')}"}
    assert names(found(second)) == ["task_differs_from_plan"]


def test_an_error_of_a_check_can_be_accepted_and_one_of_a_reader_cannot() -> None:
    printed = front(
        "文种: 通知\n标题: 青岚市水务局关于防汛的通知\n发文机关: 青岚市水务局\n"
        "成文日期: 2030-03-05\n印发日期: 2030-03-01",
        "请落实。",
    )
    entry = """\
接受:
  - 问题: printed_before_dated
    文件: document.md
    提示: {}
    理由: 原件如此
  - 问题: unknown_key
    文件: document.md
    提示: 不认识“印章”这一项
    理由: 原件如此
"""
    (error,) = found({"document.md": printed, "plan.md": None, "tasks.csv": None})
    assert stops_publishing([error])
    accepted = {
        "document.md": printed.replace("成文日期", "印章: 有\n成文日期"),
        "accepted.yaml": entry.format(error.message),
    }
    findings = found(accepted)
    assert names(findings) == ["needless_acceptance", "unknown_key"]
    assert [one.name for one in findings if one.accepted] == ["printed_before_dated"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("接受:\n  - 问题: empty_task\n", "missing_key"),
        ("接受: 全部\n", "wrong_value"),
        ("全部: 接受\n", "unknown_key"),
        ("接受：\n", "broken_yaml"),
        ("- 问题\n", "broken_yaml"),
        (b"\xff\xff\xff\xff\xff\xff\xff", "unreadable_encoding"),
        ("", None),
        ("接受:\n", None),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding(file: str | bytes, name: str | None) -> None:
    assert ({one.name for one in found({"accepted.yaml": file})} or {None}) == {name}


# -- publisher accept -------------------------------------------------------------------


def test_accept_writes_an_entry_for_each_finding_on_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found({"tasks.csv": EMPTY, "accepted.yaml": "# 说明\n接受: []\n"})
    assert cli.run(["accept", "content/case/tasks.csv:3", "--reason", "原件如此"]) == cli.CLEAN
    assert "已接受 [empty_task]" in capsys.readouterr().out
    assert (Path("content") / CASE / "accepted.yaml").read_text("utf-8") == (
        "# 说明\n接受:\n  - 问题: empty_task\n    文件: tasks.csv\n"
        '    提示: 本行除序号和分组外没有内容\n    原文: "2"\n    理由: 原件如此\n'
    )
    assert names(pipeline.read(Path("content"), CASE)[1]) == []


@pytest.mark.parametrize(
    ("place_given", "said"),
    [
        ("content/case/tasks.csv", "应写作 content/公文/文件:行"),
        ("tasks.csv:3", "应写作 content/公文/文件:行"),
        ("content/other/tasks.csv:3", "没有公文“other”"),
        ("content/case/tasks.csv:2", "没有可以接受的问题"),
        ("content/case/tasks.csv:999", "没有可以接受的问题"),
    ],
)
def test_a_place_without_a_finding_is_wrong_usage(
    place_given: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found({"tasks.csv": EMPTY})
    assert cli.run(["accept", place_given, "--reason", "原件如此"]) == cli.WRONG_USAGE
    assert said in capsys.readouterr().err
    assert not (Path("content") / CASE / "accepted.yaml").exists()


def test_a_file_that_is_no_yaml_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    found({"tasks.csv": EMPTY, "accepted.yaml": "接受: [\n"})
    assert (
        cli.run(["accept", "content/case/tasks.csv:3", "--reason", "原件如此"]) == cli.WRONG_USAGE
    )
    assert "不合 YAML 格式" in capsys.readouterr().err
    assert (Path("content") / CASE / "accepted.yaml").read_text("utf-8") == "接受: [\n"


@pytest.mark.parametrize(
    "text", ["- 甲\n", "接受: 甲\n", "甲", "!!set 甲", "接受: !!omap 甲", "接受: !!binary 甲"]
)
def test_nothing_is_added_to_what_has_another_form(text: str) -> None:
    with pytest.raises(ValueError, match=r"不是列表|YAML"):
        with_acceptances(text.encode(), [])


@pytest.mark.parametrize("typed", ["-0", "012", "2025-03-04", '"a"   # 说明', "'甲'"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_is_accepted_already_stays_byte_for_byte(typed: str, end: str, encoding: str) -> None:
    one = Acceptance("empty_task", "case/tasks.csv", "没有任务", "1,,", "确认")
    entry = "# 看过\n接受:\n- 问题: a\n  文件: b.md\n  提示: c\n  原文: {}\n  理由: d\n\n# 末尾\n"
    data = entry.format(typed).replace("\n", end).encode(encoding)
    made = with_acceptances(data, [one]).decode(encoding)
    added = "- 问题: empty_task\n  文件: tasks.csv\n  提示: 没有任务\n  原文: 1,,\n  理由: 确认\n"
    assert made == data.decode(encoding).replace(
        f"{end}{end}#", end + added.replace("\n", end) + f"{end}#"
    )
