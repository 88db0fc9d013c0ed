"""What a bureau does by habit, learnt from finished files, and written where it belongs."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as open_word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from publisher import cli, learning
from publisher.inspect import Verdict, area_of, inspect_pdf
from publisher.learning import habits as of_files
from publisher.learning.habits import Deviation, Habits
from publisher.learning.presets import presets
from publisher.learning.word_settings import word_settings
from publisher.model import NumberForm, NumberPlace, PageChoice
from publisher.production import circumstances_of
from publisher.readers import read_bureau
from publisher.renderers import docx, pdf
from publisher.setting.editions import edition_of
from publisher.standard import page_profile

OWN = PageChoice(
    top=36.0,
    bottom=34.0,
    left=27.0,
    right=25.0,
    line=28.0,
    number_form=NumberForm.SPELLED,
    number_place=NumberPlace.CENTRE,
    fang="仿宋",
    has_grid=True,
)
"""Nine things otherwise than the standard."""
VALUES = {"top": 37.0, "line": 28.0, "number_form": NumberForm.BARE}


def own_edition(edition, page=OWN):
    document = edition.document
    bureau = replace(document.bureau, page=page)
    return edition_of(replace(document, bureau=bureau), edition.reconciliations)


@pytest.fixture(scope="module")
def long(notice):
    """A document of several pages."""
    return notice


@pytest.fixture(scope="module")
def notice():
    from publisher import pipeline

    root = Path(__file__).parents[2]
    document, _, _ = pipeline.read(root / "content", "2025-work-points")
    plan = replace(document.issued[0], attachments=())
    return edition_of(replace(document, issued=(plan,)))


@pytest.fixture(scope="module")
def printed(notice):
    return pdf.render(own_edition(notice))["document.pdf"]


@pytest.mark.thorough
def test_a_pdf_shows_how_it_is_set(printed, tmp_path):
    (tmp_path / "a.pdf").write_bytes(printed)
    learnt = learning.learn([tmp_path / "a.pdf"])
    shown = learnt.agreed
    for name in ("top", "left", "right"):
        assert shown[name] == pytest.approx(getattr(OWN, name), abs=0.5)
    assert area_of(page_profile(learnt.page)).lines == area_of(page_profile(OWN)).lines
    assert shown["line"] == pytest.approx(28.0, abs=0.06)
    assert shown["number_form"] is NumberForm.SPELLED
    assert shown["number_place"] is NumberPlace.CENTRE
    assert "has_grid" in learnt.unknown
    published = pdf.render(own_edition(_of(learnt.page)))["document.pdf"]
    assert own_verdicts(published, learnt.page) >= {"line_pitch", "page_number_form"}


def _of(page):
    from publisher import pipeline

    root = Path(__file__).parents[1] / "documents"
    document, _, _ = pipeline.read(root, "unsealed")
    return edition_of(replace(document, bureau=replace(document.bureau, page=page)))


def own_verdicts(data, page):
    known = circumstances_of(_of(page))
    measured = inspect_pdf("a.pdf", data, known).measurements
    assert not [each.rule.name for each in measured if each.breaks]
    return {each.rule.name for each in measured if each.verdict is Verdict.OWN}


def test_what_is_published_in_an_own_style_is_measured_by_both(notice, printed):
    measured = inspect_pdf("a.pdf", printed, circumstances_of(own_edition(notice))).measurements
    own = {each.rule.name: each for each in measured if each.verdict is Verdict.OWN}
    assert own.keys() >= {"line_pitch", "type_area_width", "page_number_form", "page_number_side"}
    assert own["line_pitch"].own == "28 磅 ± 0.2 磅"
    assert own["line_pitch"].rule.wanted == "29.45 磅 ± 0.2 磅"
    assert not [each.rule.name for each in measured if each.breaks]


def test_a_word_file_says_what_it_sets(notice):
    made = docx.render(own_edition(notice))["document.docx"]
    said = word_settings(made)
    assert said.margins == {"top": 36.0, "bottom": 34.0, "left": 27.0, "right": 25.0}
    assert (said.line, said.fang, said.has_grid) == (28.0, "仿宋", True)


def test_a_word_file_that_somebody_else_set_says_it_too(notice):
    word = open_word(io.BytesIO(docx.render(notice)["document.docx"]))
    for section in word.sections:
        section.top_margin, section.left_margin = Mm(30), Mm(25)
    for spacing in word.styles.element.iter(qn("w:spacing")):
        if spacing.get(qn("w:line")) == "589":
            spacing.set(qn("w:line"), str(int(Pt(30).pt * 20)))
    for fonts in word.styles.element.iter(qn("w:rFonts")):
        if fonts.get(qn("w:eastAsia")) == "仿宋_GB2312":
            fonts.set(qn("w:eastAsia"), "方正仿宋_GBK")
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    word.sections[0]._sectPr.append(grid)
    stream = io.BytesIO()
    word.save(stream)
    said = word_settings(stream.getvalue())
    assert (said.margins["top"], said.margins["left"], said.line) == (30.0, 25.0, 30.0)
    assert (said.fang, said.has_grid) == ("方正仿宋_GBK", True)


def test_page_numbers_in_word_are_as_the_bureau_has_them(notice):
    word = open_word(io.BytesIO(docx.render(own_edition(notice))["document.docx"]))
    footer = word.sections[0].footer.paragraphs[0]
    assert footer.text.replace("1", "") == "第页"
    assert footer.style.paragraph_format.alignment == 1


# -- of several files -----------------------------------------------------------------------


def test_what_files_agree_on_is_taken_and_what_they_contradict_is_told():
    one = Habits("甲.docx", {**VALUES, "left": 28.0})
    two = Habits("乙.docx", {**VALUES, "left": 25.0})
    learnt = learning.learnt_of([one, two])
    assert learnt.agreed == VALUES
    assert learnt.contradicted == {"left": (("甲.docx", 28.0), ("乙.docx", 25.0))}
    said = "\n".join(learning.lines(learnt))
    assert "说法不一，没有采用：左边距（甲.docx 28 毫米；乙.docx 25 毫米）" in said
    assert "看不出的：下边距、右边距、页码位置、仿宋、文档网格。" in said
    assert "页码：1（标准 — 1 —，GB/T 9704 7.5）" in said
    assert learnt.page.left is None


def test_what_no_bureau_would_have_is_told_and_not_taken():
    odd = Habits("甲.docx", {"top": 0.0, "left": 0.0, "line": 12.0, "right": 26.0})
    learnt = learning.learnt_of([odd, Habits("乙.docx", {"left": 28.0})])
    assert learnt.agreed == {"left": 28.0, "right": 26.0}
    assert learnt.page == PageChoice()
    said = "\n".join(learning.lines(learnt))
    sentence = (
        "没有采用：上边距（甲.docx 0 毫米），只学 10 毫米至 60 毫米的；确要这样的，请自己写。"
    )
    assert sentence in said
    assert "没有采用：行距（甲.docx 12 磅），只学 20 磅至 40 磅的" in said
    assert "看不出的：下边距" in said


def test_what_was_reckoned_gives_way_to_what_is_set():
    reckoned = Habits("甲.pdf", {"bottom": 30.0}, frozenset({"bottom"}))
    sure = Habits("乙.docx", {"bottom": 35.0})
    assert learning.learnt_of([reckoned, sure]).agreed == {"bottom": 35.0}


def test_the_profile_is_that_from_which_least_differs():
    values = {"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0, "line": 28.0}
    learnt = learning.learnt_of([Habits("甲.docx", dict(values))])
    assert learnt.page == PageChoice("grid", line=28.0)
    assert "行距 28 磅" in "\n".join(learning.lines(learnt))
    usual = learning.learnt_of([Habits("甲.docx", {"top": 34.6, "bottom": 32.6, "line": 29.45})])
    assert usual.page == PageChoice()


def test_what_no_key_says_is_told_with_its_clause():
    deviation = Deviation("7.3.1", "标题", "小标宋体", "黑体")
    habits = [Habits(name, {}, deviations=(deviation,)) for name in ("甲.pdf", "乙.pdf")]
    said = "\n".join(learning.lines(learning.learnt_of(habits)))
    assert "7.3.1 标题：小标宋体；实为 黑体（甲.pdf、乙.pdf）" in said


def test_a_file_that_shows_nothing_is_told():
    said = "\n".join(learning.lines(learning.learnt_of([Habits("扫描.pdf", problem="是扫描件")])))
    assert "扫描.pdf 学不到：是扫描件。" in said


def test_every_preset_is_a_page_and_has_a_source():
    known = presets()
    for preset in known.pages:
        assert preset.source
        assert learning.has_room(page_profile(preset.page))
    assert {NumberForm(form) for form in known.numbers} < {*NumberForm}


# -- written --------------------------------------------------------------------------------

BUREAU = """\
# 第一个是本单位。
发文机关:
  - 名称: 临江市民政局   # 全称

人员:
  王明: 王 明
"""


@pytest.mark.parametrize("there", ["", "版面: 版心网格\n", "版面:\n  上边距: 30mm  # 旧的\n"])
def test_it_is_written_and_all_else_stays(there, tmp_path, monkeypatch, capsys):
    (tmp_path / "bureau.yaml").write_text(BUREAU + there, "utf-8")
    (tmp_path / "a.docx").write_bytes(b"")
    monkeypatch.setattr(learning, "habits_of", lambda path: Habits(path.name, dict(VALUES)))
    said = ["style", "learn", str(tmp_path / "a.docx"), "--content", str(tmp_path)]
    assert cli.run(said) == cli.CLEAN
    assert (tmp_path / "bureau.yaml").read_text("utf-8") == BUREAU + there
    assert "加上 --write" in capsys.readouterr().out
    assert cli.run([*said, "--write"]) == cli.CLEAN
    text = (tmp_path / "bureau.yaml").read_text("utf-8")
    for line in BUREAU.splitlines():
        assert line in text.splitlines()
    bureau, found = read_bureau(tmp_path)
    assert found == []
    profile = page_profile(bureau.page)
    assert profile.top.mm == pytest.approx(37)
    assert (profile.line.pt, profile.number_form) == (28.0, NumberForm.BARE)
    assert cli.run([*said, "--write"]) == cli.CLEAN
    assert "已经是这样" in capsys.readouterr().out


def test_what_leaves_no_room_is_not_written(tmp_path, monkeypatch, capsys):
    own = f"{BUREAU}版面:\n  左边距: 120\n"
    (tmp_path / "bureau.yaml").write_text(own, "utf-8")
    (tmp_path / "a.docx").write_bytes(b"")
    monkeypatch.setattr(learning, "habits_of", lambda path: Habits(path.name, {"right": 60.0}))
    said = ["style", "learn", str(tmp_path / "a.docx"), "--content", str(tmp_path), "--write"]
    assert cli.run(said) == cli.STOPPED
    assert "排不下文字" in capsys.readouterr().err
    assert (tmp_path / "bureau.yaml").read_text("utf-8") == own


def test_what_no_reader_would_take_is_not_written(tmp_path, monkeypatch, capsys):
    (tmp_path / "bureau.yaml").write_text(BUREAU, "utf-8")
    (tmp_path / "a.docx").write_bytes(b"")
    shown = Habits("a.docx", {"fang": '仿宋","黑体', "top": 40.0})
    monkeypatch.setattr(learning, "habits_of", lambda path: shown)
    said = ["style", "learn", str(tmp_path / "a.docx"), "--content", str(tmp_path), "--write"]
    assert cli.run(said) == cli.STOPPED
    assert "就读不出来" in capsys.readouterr().err
    assert (tmp_path / "bureau.yaml").read_text("utf-8") == BUREAU


def test_where_no_file_shows_anything_that_is_said(tmp_path, monkeypatch, capsys):
    (tmp_path / "bureau.yaml").write_text(BUREAU, "utf-8")
    (tmp_path / "a.docx").write_bytes(b"")
    monkeypatch.setattr(learning, "habits_of", lambda path: Habits("a.docx", problem="打不开"))
    said = ["style", "learn", str(tmp_path / "a.docx"), "--content", str(tmp_path), "--write"]
    assert cli.run(said) == cli.UNFINISHED
    assert "没有一份学得到" in capsys.readouterr().err
    assert (tmp_path / "bureau.yaml").read_text("utf-8") == BUREAU


def test_files_of_no_known_kind_are_wrong_usage(tmp_path):
    (tmp_path / "a.txt").write_text("")
    assert cli.run(["style", "learn", str(tmp_path / "a.txt")]) == cli.WRONG_USAGE
    assert cli.run(["style", "learn", str(tmp_path / "none.pdf")]) == cli.WRONG_USAGE


def test_a_damaged_word_file_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.docx").write_bytes(b"PK nothing")
    monkeypatch.setattr(of_files, "bounded", lambda call, seconds: call())
    assert "打不开" in of_files.habits_of(tmp_path / "a.docx").problem
