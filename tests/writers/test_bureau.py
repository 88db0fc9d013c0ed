"""`bureau.yaml` as it is written, and added to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import DOCUMENTS, ROOT
from publisher.model import Bureau, Named, Organ, PageChoice, Site, Term
from publisher.readers import read_bureau
from publisher.writers import with_entries, write_bureau
from publisher.writers.bureau import with_page
from publisher.writers.yaml_edits import NotInPlaceError


def read(data: bytes, folder: Path) -> Bureau:
    (folder / "bureau.yaml").write_bytes(data)
    bureau, found = read_bureau(folder)
    assert found == []
    return bureau


@pytest.mark.parametrize(
    "content", [ROOT / "content", DOCUMENTS, ROOT / "templates/new/gallery"], ids=str
)
def test_it_is_read_as_what_it_was(content: Path, tmp_path: Path) -> None:
    bureau, _ = read_bureau(content)
    for organ in bureau.organs:
        for picture in organ.mark_pictures:
            shutil.copy(content / picture.name, tmp_path)
    assert read(write_bureau(bureau), tmp_path) == bureau


def test_all_that_a_bureau_says_is_written(tmp_path: Path) -> None:
    bureau = Bureau(
        (Organ("甲局", "甲", "甲局文件: 一", "甲发"), Organ("乙")),
        Site("站", "www.example.cn", "#1", host="甲"),
        (Named("王明", ("王 明", "王、明")), Named("null")),
        (Named("办公室", ("办", "办室")),),
        (Term("特困人员", ("特困供养人员",)),),
        PageChoice("grid", top=37, line=28.5),
    )
    assert read(write_bureau(bureau), tmp_path) == bureau


TYPED = """# 说明
发文机关:
  - 名称: "甲局"   # 本单位
    简称: 甲

人员:
  王明: 王 明
  李华:  # 新来的
# 部门另说
部门:
网站:
  名称: 甲
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_added_leaves_all_else_as_it_was(encoding: str, end: str, tmp_path: Path) -> None:
    data = TYPED.replace("\n", end).encode(encoding)
    made = with_entries(
        data, [Organ("甲局"), Organ("乙局")], [Named("张三"), Named("王明")], [Named("办公室")]
    )
    lines = made.decode(encoding).split(end)
    added = ["  - 名称: 乙局", "  张三:", "  办公室:"]
    assert [line for line in lines if line not in added] == TYPED.split("\n")
    assert [line for line in lines if line in added] == added
    assert lines.index("  - 名称: 乙局") == 4
    assert lines.index("  张三:") == 9
    assert lines.index("  办公室:") == 12
    assert made.startswith(data[:3])


def test_a_bureau_that_says_nothing_yet_is_added_to() -> None:
    made = with_entries(b"# \xe7\x94\xb2\n", people=[Named("张三", ("张 三",))])
    assert made.decode() == "# 甲\n人员:\n  张三: 张 三\n"


def test_what_is_no_yaml_is_not_added_to() -> None:
    with pytest.raises(ValueError, match="bureau"):
        with_entries("人员: [".encode(), people=[Named("张三")])


@pytest.mark.parametrize("said", ["发文机关: 临江市教育局\n", "人员: 王明\n"])
def test_what_is_no_list_of_entries_is_not_added_to(said: str) -> None:
    with pytest.raises(ValueError, match="bureau"):
        with_entries(said.encode(), [Organ("乙局")], [Named("张三")])


ORGAN = "发文机关:\n- 名称: 青岚市水务局  # 局\n"


@pytest.mark.parametrize(
    "page",
    [
        "版面: &p\n  上边距: 30mm\n",
        "版面: !!map\n  上边距: !!str 30mm\n",
    ],
    ids=["an anchor", "a type"],
)
def test_what_would_be_written_wrongly_is_not(page: str) -> None:
    with pytest.raises(NotInPlaceError):
        with_page((page + ORGAN).encode(), PageChoice(top=35.0, fang="仿宋_GB2312"))


@pytest.mark.parametrize(
    "page",
    [
        "版面: 标准  # 为什么\n",
        "版面:\n  # 为什么\n  上边距: 30mm\n",
        "版面: {上边距: 30mm}  # 为什么\n",
        '"版面":\n  "上边距": "30mm" # 为什么\n',
    ],
    ids=["a name", "above a key", "behind brackets", "behind a value"],
)
def test_no_remark_is_lost_with_what_it_is_about(page: str) -> None:
    with pytest.raises(ValueError, match="里的说明“# 为什么”会丢失"):
        with_page((page + ORGAN).encode(), PageChoice())
    made = with_page((page + ORGAN).encode(), PageChoice(top=35.0, fang="仿宋_GB2312")).decode()
    assert "# 为什么" in made
    assert made.endswith(ORGAN)


def test_no_remark_is_lost_between_brackets() -> None:
    there = "{\n  发文机关: [{名称: 青岚市水务局}],  # 局\n}\n".encode()
    with pytest.raises(ValueError, match="里的说明“# 局”会丢失"):
        with_entries(there, people=[Named("王明")])
