"""What files show of an organ's mark and of how it signs, learnt, and published as learnt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from publisher import learning, pipeline
from publisher.inspect import ShownOrgan, inspect_pdf
from publisher.learning.habits import Habits
from publisher.learning.organs import organs_learnt
from publisher.model import Form, Organ, PageChoice, Seal
from publisher.readers import read_bureau
from publisher.renderers import pdf
from publisher.setting.editions import edition_of
from publisher.standard import Length, page_profile

DOCUMENTS = Path(__file__).parents[1] / "documents"
PAGE = page_profile(PageChoice())
OFFICE = Organ("临江市民政局", "市民政局")
BUREAU = """\
# 第一个是本单位。
发文机关:
  - 名称: 青岚市水务局   # 全称
    简称: 市水务局
    机关代字: 青水
  - 名称: 青岚市财政局
"""


def shown(mark="临江市民政局文件", high=15.0, form=Form.GENERAL, **further):
    return ShownOrgan(form, mark, Length.of_mm(high), len(mark), **further)


def learnt(*organs, office=OFFICE):
    files = [Habits(f"{number}.pdf", organ=each) for number, each in enumerate(organs, 1)]
    made = organs_learnt(files, [office], PAGE)
    return made.changed, "\n".join(made.lines)


def planted(name, **marks):
    """A document of the tests, whose organ has its mark otherwise, as a PDF."""
    document, _, _ = pipeline.read(DOCUMENTS, name)
    (organ,) = document.issuers
    changed = replace(organ, **marks)
    edition = edition_of(replace(document, issuers=(changed,)))
    return pdf.render(edition)["document.pdf"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Two files of an organ whose mark is 15 mm high, and has its short name."""
    folder = tmp_path_factory.mktemp("finished")
    for name in ("unsealed", "minimal"):
        data = planted(name, mark="市水务局文件", mark_height=15.0)
        (folder / f"{name}.pdf").write_bytes(data)
    return [folder / "unsealed.pdf", folder / "minimal.pdf"]


@pytest.mark.thorough
def test_a_mark_is_learnt_written_and_published_as_learnt(finished, tmp_path):
    (tmp_path / "bureau.yaml").write_text(BUREAU, "utf-8")
    known = learning.learn(finished)
    said = "\n".join(learning.lines(known, read_bureau(tmp_path)[0]))
    assert "青岚市水务局的标志高：15 毫米（现在按 19.8 毫米 排" in said
    assert "发文机关标志：市水务局文件（标准 青岚市水务局文件，GB/T 9704 7.2.4）" in said
    assert "说法不一，没有采用：署名的形式（unsealed.pdf 不加盖印章；" in said
    assert learning.write(known, tmp_path)
    text = (tmp_path / "bureau.yaml").read_text("utf-8")
    assert [line for line in BUREAU.splitlines() if line not in text.splitlines()] == []
    bureau, found = read_bureau(tmp_path)
    assert found == []
    assert (bureau.organs[0].mark, bureau.organs[0].mark_height) == ("市水务局文件", 15.0)
    assert bureau.organs[1].mark is bureau.organs[1].mark_height is None
    document, _, _ = pipeline.read(DOCUMENTS, "unsealed")
    made = pdf.render(edition_of(replace(document, issuers=bureau.organs[:1])))["document.pdf"]
    organ = inspect_pdf("a.pdf", made).organ
    assert organ.height.mm == pytest.approx(15.0, abs=0.2)
    assert organ.mark == "市水务局文件"
    assert not learning.write(learning.learn(finished), tmp_path)


@pytest.mark.parametrize(
    ("name", "seal"),
    [
        ("unsealed", Seal.UNSEALED),
        ("minimal", Seal.SEALED),
        ("signature-stamp", Seal.SIGNATURE_STAMP),
    ],
)
def test_a_file_shows_how_it_is_signed(name, seal):
    document, _, _ = pipeline.read(DOCUMENTS, name)
    data = pdf.render(edition_of(document))["document.pdf"]
    assert inspect_pdf("a.pdf", data).organ.seal is seal


def test_what_files_agree_on_is_to_be_written():
    changed, said = learnt(shown(), shown(high=15.3))
    assert changed == (replace(OFFICE, mark_height=15.0),)
    assert "标志高" in said


def test_nothing_is_learnt_where_files_disagree():
    changed, said = learnt(shown(), shown(high=12.0))
    assert changed == ()
    assert "没有采用：临江市民政局的标志高，说法不一：1.pdf 15 毫米；2.pdf 12 毫米" in said
    changed, said = learnt(shown(), shown("市民政局文件"))
    assert changed == (replace(OFFICE, mark_height=15.0),)
    assert "说法不一，没有采用：临江市民政局的发文机关标志" in said


def test_what_the_program_makes_anyway_is_not_written():
    assert learnt(shown(high=19.5))[0] == ()
    own = replace(OFFICE, mark_height=15.0)
    assert learnt(shown(), office=own)[0] == ()
    assert learnt(shown(high=19.5), office=own)[0] == (OFFICE,)


def test_a_mark_that_fills_the_width_says_nothing_of_its_height():
    long = replace(OFFICE, name="临江市人力资源和社会保障局")
    mark = "临江市人力资源和社会保障局文件"
    assert learnt(shown(mark, 156 / len(mark)), office=long)[0] == ()


def test_characters_that_are_narrowed_have_no_key():
    changed, said = learnt(shown(high=30.0))
    assert changed == ()
    assert (
        "字比一行排得下的高（可能压窄了），没有对应的项目：1.pdf 30 毫米（GB/T 9704 7.2.4" in said
    )


def test_files_of_others_and_of_several_are_told():
    changed, said = learnt(
        shown("临江市财政局文件"), ShownOrgan(Form.GENERAL, is_joint=True), shown()
    )
    assert changed == (replace(OFFICE, mark_height=15.0),)
    assert "1.pdf 的“临江市财政局文件”看不出是 bureau.yaml 里哪个机关的，没有学。" in said
    assert "联合行文的标志不学：2.pdf。" in said


def test_a_picture_is_learnt_from_by_who_has_one():
    picture = ShownOrgan(
        Form.GENERAL, "", Length.of_mm(14), 6.0, is_picture=True, signatory="市民政局"
    )
    changed, said = learnt(picture)
    assert changed == ()
    assert "没有这一格式的标志图片，没有学" in said


def test_letters_keep_their_marks():
    letter = shown("临江市民政局", form=Form.LETTER)
    changed, said = learnt(shown("市民政局文件"), letter)
    assert changed == (replace(OFFICE, mark_height=15.0),)
    assert "写了它信函的标志也变" in said


def test_how_files_are_signed_is_told_with_its_clause():
    said = learnt(shown(seal=Seal.UNSEALED), shown(seal=Seal.UNSEALED))[1]
    assert "不加盖印章的（GB/T 9704 7.3.5.2）" in said
    assert "写“用印: 无”" in said
    assert "程序不写也这样排" in learnt(shown(seal=Seal.SEALED))[1]
    assert "看不出的：署名的形式" in learnt(shown())[1]


@pytest.mark.thorough
def test_a_title_in_another_font_has_no_key_and_is_told(tmp_path, monkeypatch):
    document, _, _ = pipeline.read(DOCUMENTS, "unsealed")
    html = pdf._html
    other = '<style>h1.alone { font-family: "Noto Sans CJK SC" }</style></head>'
    monkeypatch.setattr(pdf, "_html", lambda *given: html(*given).replace("</head>", other))
    files = [tmp_path / "甲.pdf", tmp_path / "乙.pdf"]
    for file in files:
        file.write_bytes(pdf.render(edition_of(document))["document.pdf"])
    known = learning.learn(files)
    said = "\n".join(learning.lines(known))
    assert "bureau.yaml 里没有对应项目的" in said
    assert "7.3.1 标题：小标宋体；实为" in said
    assert "（甲.pdf、乙.pdf）" in said
    (tmp_path / "bureau.yaml").write_text(BUREAU, "utf-8")
    assert not learning.write(known, tmp_path)
