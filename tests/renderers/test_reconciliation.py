"""The report that shows a plan and its task table side by side."""

from __future__ import annotations

import pytest
from lxml import html

from conftest import resolved
from publisher.model import Document, Edition
from publisher.renderers import reconciliation
from test_reconcile import ALL, document, table


def report(made: Document) -> html.HtmlElement:
    page = reconciliation.render(resolved(made))["reconciliation.html"]
    return html.document_fromstring(page.decode())


def drifted() -> Document:
    return document(
        table(
            "逐段排查岸线问题，建立清单。",
            "年底前拆除违法建筑12处。",
            "有效完成监测站点建设6个，实时公布水质。",
            "推动泵站遗留问题妥善解决。",
            "",
        )
    )


def words(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def below(page: html.HtmlElement, heading: str) -> list[str]:
    """What the list below a heading says, item by item."""
    (found,) = [one for one in page.iter("h3") if words(one).startswith(heading)]
    following = found.getnext()
    return [words(one) for one in following.findall("li")] or [words(following)]


def test_a_document_without_a_task_table_has_no_report() -> None:
    assert reconciliation.render(resolved(document())) == {}


def test_it_says_how_much_of_the_plan_is_carried() -> None:
    assert "4 项任务；计划应分解的 5 句中 3 句、59.2% 的字有任务承担。" in words(report(drifted()))
    assert "5 句中 5 句、100% 的字有任务承担。" in words(report(document(table(*ALL))))


def test_a_text_without_headings_is_no_plan_to_be_carried_whole() -> None:
    made = document(table(*ALL[:2]), plan="".join(ALL))
    assert "2 项任务；计划没有分条，不计算有多少由任务承担。" in words(report(made))


def test_what_has_no_counterpart_stands_on_top() -> None:
    page = report(drifted())
    assert below(page, "计划有、表中没有的（3）") == [
        "年底前拆除违法建筑12处，恢复自然岸线30公里。（没有任务承担）",
        "每日巡护不少于2次。",
        "组织巡护员培训4期。",
    ]
    assert below(page, "表中有、计划没有的（2）") == [
        "任务 4 推动泵站遗留问题妥善解决。（计划中没有）",
        "任务 5 空行",
    ]


def test_what_differs_is_marked_in_both() -> None:
    page = report(drifted())
    assert below(page, "两边写法不同的（2）") == [
        "计划 逐段排查岸线问题，建立台账（表中为“清单”）。"
        " 任务 1 逐段排查岸线问题，建立清单（计划为“台账”）。",
        "计划 ∧（表中多出“有效”）完成监测站点建设5（表中为“6”）个，实时公布水质。"
        " 任务 3 有效（计划没有）完成监测站点建设6（计划为“5”）个，实时公布水质。",
    ]


def test_each_sentence_stands_with_its_tasks_and_each_task_with_its_sentences() -> None:
    made = document(table("逐段排查岸线问题，建立台账。每日巡护不少于2次。", *ALL[1:]))
    plan, tasks = report(made).findall(".//table")
    rows = {words(row[0]): [words(cell) for cell in row[1:]] for row in plan.find("tbody")}
    assert rows["逐段排查岸线问题，建立台账。"] == [
        "任务 1 逐段排查岸线问题，建立台账。",
        "✓ 一致",
    ]
    assert rows["每日巡护不少于2次。"][0].count("任务") == 2
    assert rows["本部分共两条。"] == ["—", "不需要"]
    assert rows["一、清理岸线"] == []
    first = [words(cell) for cell in tasks.find("tbody")[0]]
    assert first[2] == "↑ 逐段排查岸线问题，建立台账。 ↑ 每日巡护不少于2次。"
    assert first[3] == "（一）排查问题。"


def test_every_link_leads_to_a_place_of_the_page(real_edition: Edition) -> None:
    for page in (report(drifted()), report(real_edition.document)):
        places = page.xpath("//@id")
        assert len(places) == len(set(places))
        assert {one.removeprefix("#") for one in page.xpath("//a/@href")} <= set(places)


def test_a_named_clause_is_said_to_carry_its_sentences() -> None:
    made = document(table(("另一种说法", "banks"), *((one, "") for one in ALL[3:])))
    assert "✓ 按条款" in words(report(made))
    assert below(report(made), "计划有、表中没有的") == ["没有。"]


@pytest.mark.parametrize("hostile", ["<b>甲</b>任务要求如下", "&lt;甲&gt;任务要求如下"])
def test_words_are_text_and_never_markup(hostile: str) -> None:
    page = report(document(table(*ALL, hostile)))
    assert hostile in words(page)
    assert not page.xpath("//b")


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = (reconciliation.render(resolved(drifted())) for _ in range(2))
    assert first == second
