"""Tables on a page saved from a website: what is damaged is told, what is whole is not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from conftest import edition_of
from publisher.model import Bureau, FragmentTables, Site
from publisher.renderers.web import render_fragment
from publisher.verify import verify

TEXT = """\
床位建设任务见表1。

| 区 | 分年度任务 | < | 备注 |
| ^ | 2031年 | 2032年 | ^ |
|----|----|----|----|
| 合计 | 220 | 240 | |
| 东区 | 100[^a] | 120 | 改建 |
| 西区 | 125 | < | ^ |
| 南区 | — | 13 | 新建 |
{标题: 床位建设任务, 单位: 张, 注: 数据截至6月底。}

[^a]: 含在建。
"""


def own(tables: FragmentTables = FragmentTables.MERGED) -> str:
    made = edition_of(TEXT)
    bureau = Bureau((), site=Site(tables=tables))
    return render_fragment(replace(made, document=replace(made.document, bureau=bureau))).decode()


def told(fragment: str, page: str) -> set[str]:
    """The names of what counts against a page."""
    result = verify("x", fragment.encode(), page.encode())
    return {one.name for one in result.differences if one.effect.counts}


@pytest.mark.parametrize("tables", FragmentTables)
def test_a_fresh_fragment_is_whole_in_both_forms(tables: FragmentTables) -> None:
    assert told(own(tables), own(tables)) == set()


@pytest.mark.parametrize(
    ("pattern", "other", "name"),
    [
        (">125<", ">126<", "changed_number"),
        (">—<", ">0<", "changed_number"),
        (">—<", "><", "lost_cell_words"),
        (">改建<", "><", "lost_cell_words"),
        ("分年度任务<", "分月度任务<", "changed_words"),
        (">2032年<", ">2033年<", "changed_date"),
        (r'(<th[^>]*) colspan="2"([^>]*>分年度任务)', r"\1\2", "split_cell"),
        (r'(<td[^>]*) colspan="2"([^>]*>125)', r"\1\2", "split_cell"),
        (r'(<td[^>]*) colspan="2"([^>]*>125</td>)', r"\1\2<td></td>", "split_cell"),
        (r'(<td[^>]*) rowspan="2"([^>]*>改建)', r"\1\2", "lost_cell"),
        (r"<tr>\s*<th[^>]*>东区.*?</tr>", "", "lost_row"),
        (r"(<tr>\s*<th[^>]*>合计.*?</tr>)", r"\1\1", "repeated_row"),
        (r"<p[^>]*>(?:<strong>)?表1　床位.*?</p>", "", "lost_words"),
        ("<p[^>]*>单位：张</p>", "", "lost_words"),
        ("注：数据截至6月底", "注：数据截至7月底", "changed_date"),
        ("<p[^>]*>① 含在建。</p>", "", "lost_words"),
        ("<thead>.*?</thead>", "", "lost_header_row"),
        ("<table.*?</table>", "", "lost_table"),
    ],
)
def test_what_is_damaged_of_a_table_is_told(pattern: str, other: str, name: str) -> None:
    page = re.sub(pattern, other, own(), count=1, flags=re.DOTALL)
    assert page != own()
    assert name in told(own(), page)


def test_a_row_of_the_head_that_is_gone_is_told() -> None:
    page = re.sub(r"<tr>\s*<th[^>]*>区.*?</tr>", "", own(), count=1, flags=re.DOTALL)
    assert "lost_header_row" in told(own(), page)


@pytest.mark.parametrize("damaged", range(1, 7))
def test_one_damaged_cell_among_rows_that_look_alike_is_one_line(damaged: int) -> None:
    rows = [f"| {name} | 0 | 0 |" for name in ("甲", "", "", "乙", "", "")]
    text = "\n".join(["见下表。", "", "| 项目 | 件数 | 人数 |", "|---|---|---|", *rows])
    fragment = render_fragment(edition_of(text)).decode()
    lines = re.findall(r"<tr>.*?</tr>", fragment, flags=re.DOTALL)
    damage = re.sub(r">0<(?!.*>0<)", ">7<", lines[damaged], flags=re.DOTALL)
    assert damage != lines[damaged]
    at = [match.span() for match in re.finditer(r"<tr>.*?</tr>", fragment, flags=re.DOTALL)]
    begin, end = at[damaged]
    page = fragment[:begin] + damage + fragment[end:]
    result = verify("x", fragment.encode(), page.encode())
    assert [one.name for one in result.differences] == ["changed_number"]
