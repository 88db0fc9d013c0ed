"""What is said of the files that were just made: rules kept, broken, meant so, or not known."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import CASE, DOCUMENTS, STOCK, resolved, write
from publisher import cli, pipeline, production
from publisher.inspect import Circumstances, Inspection, Verdict, area_of, inspect_pdf
from publisher.inspect.measure import MEASURES
from publisher.inspect.readings import Hidden, Reading, Words
from publisher.model import PageChoice
from publisher.pipeline import Outcome, State
from publisher.renderers import FORMATS
from publisher.standard import page_profile

pytestmark = pytest.mark.thorough


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the stock document, as PDF and not as OFD; no LibreOffice."""
    bureau = {"bureau.yaml": f"{STOCK['bureau.yaml']}归档: PDF\n"}
    write(tmp_path / "content", {**STOCK, **bureau})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(production.report, "as_html", lambda *_: b"")
    monkeypatch.setattr(production, "_pictures", lambda _: ())
    monkeypatch.setenv("PATH", "")
    return tmp_path


def measures(monkeypatch: pytest.MonkeyPatch, rule: str, reading: Reading) -> None:
    """Has a rule measured as one would that came out so."""
    monkeypatch.setitem(MEASURES, rule, lambda _: iter([reading]))


BROKEN = Words("有灰色的字", False)


def publish() -> Outcome:
    with ThreadPoolExecutor(1) as executor:
        (outcome,) = pipeline.publish(
            Path("content"), Path("build"), [CASE], executor, lambda slug, what: None
        )
    return outcome


# -- broken rules -----------------------------------------------------------------------


def test_a_document_that_breaks_a_rule_says_so_also_when_nothing_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measures(monkeypatch, "text_black", BROKEN)
    first, again = publish(), publish()
    assert [first.state, again.state] == [State.PUBLISHED, State.UNCHANGED]
    assert first.broken == again.broken == (("PDF", ("text_black",)),)
    assert first.told == again.told
    overview = Path("build/index.html").read_text("utf-8")
    assert "PDF 不符合必须遵守的条款" in overview
    assert "text_black" in overview


def test_it_ends_the_run_with_1_and_is_its_last_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Outcome(CASE, State.UNCHANGED, (), broken=(("PDF", ("text_black", "mark_red")),))
    monkeypatch.setattr(pipeline, "publish", lambda *_: [broken])
    assert cli.run(["publish"]) == cli.STOPPED
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith(f"{CASE} 不符合必须遵守的条款（PDF：text_black、mark_red）")
    assert "accepted.yaml" in last


def test_what_cannot_be_measured_here_is_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    measures(monkeypatch, "text_black", Hidden("没有字"))
    assert publish().broken == ()


# -- rules that are accepted ------------------------------------------------------------


def accepting(rule: str, reason: str = "按上级的格式") -> None:
    entry = f"接受条款:\n  - 条款: {rule}\n    理由: {reason}\n"
    write(Path("content"), {f"{CASE}/accepted.yaml": entry})


def test_a_rule_may_be_broken_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    measures(monkeypatch, "text_black", BROKEN)
    accepting("text_black")
    outcome = publish()
    assert outcome.broken == ()
    told = dict(outcome.told)["PDF"]
    assert "其余必须遵守的条款全部符合" in told
    assert "不符合，已接受：5.2.4 版面：" in told
    assert "理由：按上级的格式" in told


def test_another_rule_that_is_broken_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    measures(monkeypatch, "text_black", BROKEN)
    measures(monkeypatch, "mark_red", BROKEN)
    accepting("text_black")
    assert publish().broken == (("PDF", ("mark_red",)),)


def test_a_rule_that_is_kept_need_not_be_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the PDF is measured in full here: of what the Word file keeps nothing is known."""
    accepting("text_black")
    assert "接受条款" not in dict(publish().told)
    without = {**FORMATS, "Word": replace(FORMATS["Word"], is_measured=False)}
    monkeypatch.setattr(production, "FORMATS", without)
    write(Path("content"), {f"{CASE}/plan.md": "# 再改一处\n\n养老服务科负责。\n"})
    told = dict(publish().told)["接受条款"]
    assert told == "text_black 现在都符合，请从 accepted.yaml 删去"


def test_a_rule_that_there_is_not_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    accepting("text_white")
    assert cli.run(["check"]) == cli.STOPPED
    said = capsys.readouterr().out
    assert f"content/{CASE}/accepted.yaml:2:5: 错误 [unknown_rule]" in said


def test_a_reason_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("content"), {f"{CASE}/accepted.yaml": "接受条款:\n  - 条款: text_black\n"})
    assert cli.run(["check"]) == cli.STOPPED
    assert "理由" in capsys.readouterr().out


# -- a page of one's own ----------------------------------------------------------------

PAGES = {
    "版心网格": PageChoice("grid"),
    "lower and higher lines": PageChoice(top=37, bottom=35, line=28),
    "wider": PageChoice(left=25, right=25),
    "narrower": PageChoice(left=31.7, right=31.7, top=25.4, bottom=25.4, line=28),
    "with less room": PageChoice(left=35, right=30, top=40, bottom=40, line=26),
}


def measured(choice: PageChoice, asked: PageChoice) -> Inspection:
    """The PDF of a made document with a page, measured against what is asked for."""
    document = pipeline.read(DOCUMENTS, "imprint-on-even-page").document
    assert document
    bureau = replace(document.bureau, page=choice)
    pdf = FORMATS["PDF"].render(resolved(replace(document, bureau=bureau)))["document.pdf"]
    return inspect_pdf("document.pdf", pdf, Circumstances(area_of(page_profile(asked))))


@pytest.mark.parametrize("name", PAGES)
def test_what_differs_as_the_bureau_asks_is_told_and_breaks_nothing(name: str) -> None:
    inspection = measured(PAGES[name], PAGES[name])
    assert inspection.broken == ()
    assert {one.verdict for one in inspection.excused} == {Verdict.OWN}


def test_what_differs_otherwise_breaks_the_rule_all_the_same() -> None:
    inspection = measured(PageChoice(left=25, right=25), PageChoice(top=30))
    assert "binding_margin" in {one.rule.name for one in inspection.broken}


def test_the_standards_page_has_nothing_of_its_own() -> None:
    inspection = measured(PageChoice(), PageChoice())
    assert (inspection.broken, inspection.excused) == ((), ())


def test_the_manifest_says_what_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    measures(monkeypatch, "text_black", BROKEN)
    publish()
    manifest = json.loads(Path("build", CASE, "manifest.json").read_text("utf-8"))
    assert manifest["broken"] == {"PDF": ["text_black"]}


def test_an_ofd_is_measured_as_the_pdf_is(monkeypatch: pytest.MonkeyPatch) -> None:
    measures(monkeypatch, "text_black", BROKEN)
    write(Path("content"), {"bureau.yaml": STOCK["bureau.yaml"]})
    outcome = publish()
    assert outcome.broken == (("PDF", ("text_black",)), ("OFD", ("text_black",)))
    told = dict(outcome.told)
    assert told["OFD"] == told["PDF"]
