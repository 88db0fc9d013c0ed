"""What stood beside a table or picture that somebody deleted in Word goes with it, told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from returned import Desk, W, replaced, told


def _without_table(at: int) -> Any:
    def edit(document: Any) -> None:
        table = document.tables[at]._element
        table.getparent().remove(table)

    return edit


def _without_picture(document: Any) -> None:
    picture = next(document.element.body.iter(f"{W}drawing"))
    paragraph = next(picture.iterancestors(f"{W}p"))
    paragraph.getparent().remove(paragraph)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("slug", "edit", "beside"),
    [
        ("text-with-tables", _without_table(0), ["表1", "单位：万立方米", "注：", "①"]),
        ("text-with-tables", _without_table(1), ["表2", "注：1.", "2."]),
        ("text-with-tables", _without_table(4), ["表3", "单位：立方米"]),
        ("pictures", _without_picture, ["图1"]),
    ],
)
def test_what_stood_beside_a_deleted_table_goes_with_it(
    tmp_path: Path, slug: str, edit: Any, beside: list[str]
) -> None:
    made = Desk.of(tmp_path, slug)
    taken = made.take(made.sent_back(edit))
    (change,) = told(taken)
    assert change.startswith("删除")
    sentences = [each for each in taken.returned[0].sentences if "随它一起删去" in each]
    assert [
        words for words, each in zip(beside, sentences, strict=True) if f"“{words}" not in each
    ] == []


def test_what_somebody_typed_in_its_place_stays(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path, "text-with-tables")
    made = desk.take(
        desk.sent_back(replaced("设计能力为每日的", "全年情况另行公布"), _without_table(0))
    )
    assert any("全年情况另行公布" in change for change in told(made))


def test_the_unit_of_a_table_that_stays_is_kept(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path, "text-with-tables")
    text = desk.folder / "document.md"
    text.write_text(text.read_text("utf-8").replace("立方米}", "万立方米}"), "utf-8")

    def whole_table_away(document: Any) -> None:
        table = document.tables[0]._element
        for words in ("全年供水情况", "单位：万立方米", "注：设计", "含管网漏损"):
            # The first of each stands at the first table.
            paragraphs = document.element.body.iterchildren(f"{W}p")
            whole = {each: "".join(t.text or "" for t in each.iter(f"{W}t")) for each in paragraphs}
            paragraph = next(
                each for each in whole if words in whole[each] and "见表" not in whole[each]
            )
            paragraph.getparent().remove(paragraph)
        table.getparent().remove(table)

    taken = desk.take(desk.sent_back(whole_table_away))
    (change,) = told(taken)
    assert change.startswith("删除表格")
    assert [each for each in taken.returned[0].sentences if "随它一起删去" in each] == []
