"""套打 and attachments that are not bound: what is not in a file is no fault, and is not kept."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from conftest import edition_of
from publisher.inspect import Circumstances, Inspection, Verdict, inspect_pdf
from publisher.inspect.report import sentence
from publisher.model import Delivery, Edition, Form, Organ, Paragraph, Prose, RedHead, Text
from publisher.production import circumstances_of
from publisher.renderers import pdf
from publisher.resolve import resolve
from publisher.rules import RULES

WORDS = Paragraph((Text("停用一天。" * 4),))


@cache
def edition(form: Form, head: RedHead, delivery: Delivery = Delivery.BOUND) -> Edition:
    given = edition_of(
        "停用一天。" * 4,
        form=form,
        title="关于停水的通知",
        issuers=(Organ("青岚市水务局"),),
        recipients="各区水务局",
        number="青水发〔2030〕3号",
    )
    attachments = tuple(
        Prose(title, (WORDS,), delivery=how)
        for title, how in (("停水范围", Delivery.BOUND), ("停水时间", delivery))
    )
    body = replace(given.document.body, attachments=attachments)
    return resolve(replace(given.document, red_head=head, body=body), ())


@cache
def files(form: Form, head: RedHead, delivery: Delivery = Delivery.BOUND) -> dict[str, bytes]:
    return pdf.render(edition(form, head, delivery))


@pytest.mark.parametrize("form", [Form.GENERAL, Form.LETTER])
def test_what_is_on_the_paper_already_is_neither_kept_nor_broken(form: Form) -> None:
    data = files(form, RedHead.PREPRINTED)["document.pdf"]
    assert "--preprinted" in inspect_pdf("a.pdf", data).problem
    inspection = inspect_pdf("a.pdf", data, Circumstances(is_preprinted=True))
    assert inspection.form is form
    assert not inspection.broken
    asked = [rule.name for rule in RULES if rule.needs_red_head and form in rule.forms]
    assert asked
    assert {inspection.verdict(name) for name in asked} == {Verdict.NOT_MEASURABLE}
    assert "要看印好的纸" in sentence(inspection)
    for name in ("title_centred", "recipients_gap", "title_size"):
        assert inspection.verdict(name) is Verdict.HOLDS
    where = "number_aligned" if form is Form.GENERAL else "letter_number"
    assert inspection.verdict(where) is Verdict.HOLDS


def test_an_edition_says_whether_its_head_is_on_the_paper() -> None:
    for head in RedHead:
        circumstances = circumstances_of(edition(Form.GENERAL, head))
        assert circumstances.is_preprinted is (head is RedHead.PREPRINTED)


def measured(known: bool) -> Inspection:
    given = edition(Form.GENERAL, RedHead.PRINTED, Delivery.SEPARATE)
    data = files(Form.GENERAL, RedHead.PRINTED, Delivery.SEPARATE)["document.pdf"]
    return inspect_pdf("a.pdf", data, circumstances_of(given) if known else Circumstances())


def test_an_attachment_that_is_not_bound_is_not_missed() -> None:
    assert measured(known=True).verdict("attachment_titles_agree") is Verdict.HOLDS
    # Whether it is lost or not bound, no page says.
    foreign = measured(known=False)
    assert foreign.verdict("attachment_titles_agree") is Verdict.NOT_MEASURABLE


def test_an_attachment_that_is_lost_is_told_by_who_knows() -> None:
    data = files(Form.GENERAL, RedHead.PRINTED, Delivery.SEPARATE)["document.pdf"]
    inspection = inspect_pdf("a.pdf", data, Circumstances(separate=0))
    assert [measurement.rule.name for measurement in inspection.broken] == [
        "attachment_titles_agree"
    ]


def test_an_attachment_alone_is_measured_by_its_first_line() -> None:
    data = files(Form.GENERAL, RedHead.PRINTED, Delivery.SEPARATE)["attachment-2.pdf"]
    inspection = inspect_pdf("a.pdf", data)
    assert not inspection.problem
    assert not inspection.broken
    for name in ("attachment_full_label", "attachment_label", "attachment_first_line"):
        assert inspection.verdict(name) is Verdict.HOLDS
    assert inspection.verdict("attachment_title_centred") is Verdict.HOLDS
    assert inspection.verdict("mark_red") is Verdict.NOT_APPLICABLE
    assert inspection.verdict("title_size") is Verdict.NOT_APPLICABLE
