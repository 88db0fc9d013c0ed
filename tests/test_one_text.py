"""One sentence in every file: DOCX, PDF, page, fragment and text say the same words in order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from lxml import etree

from conftest import edition_of, resolved
from publisher.forms import (
    Attached,
    Contents,
    Cover,
    Element,
    Issued,
    Printed,
    printed,
    printed_form,
)
from publisher.model import (
    Block,
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    Edition,
    Form,
    Grouping,
    Heading,
    Inline,
    Item,
    Kind,
    Link,
    Lowered,
    NameEntry,
    NameGroup,
    NameList,
    Note,
    NumberedHeading,
    Organ,
    Paragraph,
    Prose,
    Raised,
    RedHead,
    Row,
    Seal,
    SetBlock,
    SetFile,
    SetNameList,
    SetPicture,
    SetTable,
    SetText,
    Strong,
    Table,
    Text,
    plain,
)
from publisher.renderers import docx, pdf, text, web
from publisher.resolve import resolve
from publisher.setting import compose
from publisher.words.days import written
from publisher.words.files import caption, enclosed
from rendered import NOTICE, document, edition, in_one_process
from tried import tried
from words import (
    notes_of_docx,
    notes_of_pdf,
    of_docx,
    of_fragment,
    of_html,
    of_pdf,
    squeezed,
)

pytestmark = in_one_process


def on_screen(edition: Edition) -> list[str]:
    """The words of page, fragment and plain text, which hold what the author wrote and no more."""
    return [
        of_html(web.render(edition, {})["web/index.html"]),
        of_fragment(web.render_fragment(edition)),
        _without_signs(text.render(edition)["document.txt"].decode()),
    ]


def on_paper(edition: Edition, as_pdf: bytes | None = None) -> list[str]:
    """The words of DOCX and PDF without what only paper has: 封面 and 目录."""
    word = docx.render_document(compose(edition))
    as_pdf = as_pdf or pdf.render(edition)["document.pdf"]
    notes = [squeezed(plain(note.content)) for each in edition.prose for note in each.notes()]
    assert notes_of_docx(word) == notes_of_pdf(as_pdf) == notes
    return [
        _without_leaves(words, every(printed(edition))) for words in (of_docx(word), of_pdf(as_pdf))
    ]


def _without_leaves(words: str, elements: Iterable[Printed]) -> str:
    """Words without those of the leaves before a text, which have to be there."""
    for element in elements:
        match element:
            case Cover(of, names, date):
                leaf = re.escape(
                    squeezed(of.title + "".join(names) + (written(date) if date else ""))
                )
            case Contents(of, headings):
                first = of.blocks[0]
                begins = of.own.recipients or getattr(first, "label", "") + plain(first.content)
                entries = (squeezed(each.label + plain(each.content)) for each in headings)
                leaf = "目录" + "".join(f"{re.escape(entry)}[0-9]+?" for entry in entries)
                leaf += f"(?={re.escape(squeezed(begins))})"  # which may be a number, too
            case _:
                continue
        words, times = re.subn(leaf, "", words, count=1)
        assert times == 1
    return words


def every(elements: Iterable[Printed]) -> Iterator[Printed]:
    """Elements, each followed by those that stand in it."""
    for element in elements:
        yield element
        if isinstance(element, Issued | Attached):
            yield from every(element.inner)


def _without_notes(words: str, edition: Edition) -> str:
    """Words of a screen without notes, which stand at the foot on paper, and their marks."""
    for each in edition.prose:
        notes = [squeezed(plain(note.content)) for note in each.notes()]
        there = "".join(f"[{number}]{note}" for number, note in enumerate(notes, each.first_note))
        assert there in words
        words = words.replace(there, "", 1) if there else words
    return re.sub(r"\[[0-9]+\]", "", words)


def assert_one_text(edition: Edition, as_pdf: bytes | None = None) -> str:
    """The words that all files share, of which the PDF may be there already."""
    given, edition = edition, shared(edition)
    page, fragment, plain_text = (_without_notes(words, edition) for words in on_screen(edition))
    word, paper = on_paper(edition, as_pdf if edition == given else None)
    for picture in pictures_of(edition):
        plain_text = _without_once(plain_text, f"［图：{squeezed(picture.words)}］")
        paper = _without_once(paper, _words_drawn(picture))
    # 签发人 stand beside 发文字号 on paper and after it on the page: above the title order differs.
    is_titled = Element.TITLE in printed_form(edition.document).elements
    title = squeezed(edition.body.title) if is_titled else ""
    files = [word, paper, page]
    if not edition.document.tables:  # whose cells these two part and repeat in their own ways
        files += [plain_text, fragment]
    heads, texts = zip(*(_at(words, title) for words in files), strict=True)
    assert set(texts) == {texts[0]}
    assert len({tuple(sorted(head)) for head in heads}) == 1
    return texts[0]


def _without_signs(plain: str) -> str:
    """The words of `document.txt` without what only it says of links, and of what is raised."""
    bare = re.sub(r"<(?:https?:|mailto:)[^>]*>", "", plain)
    return squeezed(re.sub(r"([\^~])([^\^~]+)\1", r"\2", bare))


def _at(words: str, title: str) -> tuple[str, str]:
    begins = words.index(title)
    return words[:begins], words[begins:]


@pytest.mark.parametrize(
    "slug", ["minimal", "complete", "letter", "order", "minutes", "unsealed", "items", "forwarded"]
)
def test_a_made_document_has_one_text(slug: str) -> None:
    assert_one_text(edition(slug), document(slug).finished)


@pytest.mark.parametrize("slug", ["forms", "pictures", "finished-files"])
def test_forms_pictures_and_finished_files_have_one_text(slug: str) -> None:
    """Cells of forms, captions and the sentences that stand for files are in all of them."""
    made = shared(edition(slug))
    words = assert_one_text(made)
    for form in (table for prose in made.prose for table in prose.tables):
        assert all(cell in words for cell in cells_of(form))
    for picture in pictures_of(made):
        assert squeezed(caption(picture)) in words
        assert squeezed(picture.words) not in words
    for attachment in made.attachments:
        match attachment.content:
            case SetTable() as form:
                assert all(cell in words for cell in cells_of(form))
            case SetFile() as file:
                assert squeezed(enclosed(file)) in words


def test_what_one_file_alone_has_is_rightly_its_own() -> None:
    """The words that stand for a picture, and those drawn in it; a mark that is on the paper; what
    goes out by itself; the words of a PDF whose pages follow.
    """
    page, fragment, plain = on_screen(edition("pictures"))
    word, printed = on_paper(edition("pictures"))
    assert "［图：圆圈内一道斜线，禁止启动］" in plain
    assert "禁止启动" not in page + fragment + word + printed
    assert "停机检修试机投运" in printed
    assert "停机检修试机投运" not in page + fragment + word + plain
    page, fragment, plain = on_screen(edition("finished-files"))
    word, printed = on_paper(edition("finished-files"))
    assert all("青岚市水务局文件" in words for words in (page, fragment, plain))
    assert "青岚市水务局文件" not in word + printed
    assert "清溪区政务服务中心" in page
    assert "清溪区政务服务中心" not in word + printed
    assert "申报单位用水记录齐全" in printed
    assert "申报单位用水记录齐全" not in page + fragment + word + plain


def shared(edition: Edition) -> Edition:
    """What all files have of an edition: without what goes out by itself and PDFs, of which paper
    has the pages; its mark is printed.
    """
    document = replace(edition.document, red_head=RedHead.PRINTED)
    issued = tuple(map(_shared, edition.issued))
    return replace(edition, document=document, body=_shared(edition.body), issued=issued)


def _shared(text: SetText) -> SetText:
    kept = (
        each
        for each in text.attachments
        if not each.is_separate and not (isinstance(each.content, SetFile) and each.content.pages)
    )
    return replace(text, attachments=tuple(kept))


def pictures_of(edition: Edition) -> Iterator[SetPicture]:
    """Those in texts and those attached."""
    for prose in edition.prose:
        yield from prose.pictures
    for attachment in edition.attachments:
        if isinstance(attachment.content, SetPicture):
            yield attachment.content


def _words_drawn(picture: SetPicture) -> str:
    """The words in a drawing, which a PDF keeps as words."""
    if not picture.image.is_drawing:
        return ""
    return squeezed("".join(etree.fromstring(picture.image.data).itertext()))


def _without_once(words: str, piece: str) -> str:
    assert piece in words
    return words.replace(piece, "", 1)


def cells_of(table: SetTable) -> list[str]:
    return [
        squeezed("".join(cell.items))
        for row in table.rows
        for cell in row.cells
        if not cell.is_covered
    ]


def test_the_real_notice_has_one_text_with_all_its_rows(real_edition: Edition) -> None:
    words = assert_one_text(real_edition, document(NOTICE).finished)
    (attachment,) = real_edition.attachments
    rows = attachment.content.rows  # type: ignore[union-attr]
    assert len(rows) == 91
    for row in rows:
        assert squeezed("".join(row.cells[2].items)) in words


@pytest.mark.parametrize("slug", ["items", "forwarded"])
def test_items_names_and_inner_documents_have_one_text_on_screen(slug: str) -> None:
    made = edition(slug)
    without_tables = replace(
        made, issued=tuple(replace(each, attachments=()) for each in made.issued)
    )
    page, fragment, plain = on_screen(without_tables)
    assert page == fragment == plain


TABLE = """\
任务见表1。

| 项目 | < | 任务 | < | 备注 |
| 类 | 区 | 2031年 | 2032年 | ^ |
|---|---|---|---|---|
| 合计 | < | 1,450 | 240 | |
| 床位 | 东区 | 100[^a] | 120 | 改建 |
| ^ | 西区 | 120 | < | ^ |
{标题: 床位任务, 单位: 张, 行头: 2, 注: [甲。, 乙。]}

以上任务年底前完成。

[^a]: 含在建。
"""


def test_a_table_in_a_text_has_one_text_on_screen() -> None:
    page, fragment, plain = (words.replace("|", "") for words in on_screen(edition_of(TABLE)))
    assert page == fragment == plain
    assert "①含在建。" in plain


def in_word(edition: Edition) -> str:
    """The words of the Word file beside its notes, which stand in a part of their own."""
    return of_docx(docx.render_document(compose(edition)))


def without_notes(edition: Edition) -> Edition:
    """The same without notes, 目录 and 封面: their marks are numbers that each format prints."""
    bare = replace(edition, body=_bare(edition.body), issued=tuple(map(_bare, edition.issued)))
    return replace(bare, document=replace(bare.document, issued=()))


def _bare(text: SetText) -> SetText:
    blocks: list[SetBlock] = []
    for block in text.blocks:
        if isinstance(block, SetNameList):
            blocks.append(block)
            continue
        kept = replace(block, content=_without_marks(block.content))
        if isinstance(kept, NumberedHeading) and kept.run_in is not None:
            kept = replace(kept, run_in=_without_marks(kept.run_in))
        blocks.append(kept)
    attached = (
        replace(each, content=_bare(each.content))
        for each in text.attachments
        if isinstance(each.content, SetText)
    )
    return replace(
        text, blocks=tuple(blocks), attachments=tuple(attached), contents=0, has_cover=False
    )


def _without_marks(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(
        replace(inline, content=_without_marks(inline.content))
        if isinstance(inline, Strong | Link)
        else inline
        for inline in content
        if not isinstance(inline, Note)
    )


@pytest.mark.parametrize("slug", ["items", "forwarded"])
def test_items_names_and_inner_documents_have_one_text_in_word_too(slug: str) -> None:
    made = without_notes(edition(slug))
    title = squeezed(made.body.title)
    word, page = (_at(words, title)[1] for words in (in_word(made), on_screen(made)[0]))
    assert word == page


WORDS = st.text(
    "一二三民政局养老服务工作要点，。；：？！（）《》“”、—…·％0123456789AaBbfi%+.&<>{}'\"# ",
    min_size=1,
    max_size=60,
).filter(lambda words: squeezed(words) != "")
TEXTS = st.builds(lambda words: (Text(words),), WORDS)
BLOCKS = st.one_of(
    st.builds(Heading, st.integers(1, 4), TEXTS),
    st.builds(Paragraph, TEXTS),
    st.builds(lambda one, two: Paragraph((*one, Strong(two))), TEXTS, TEXTS),
)
NOTED = st.builds(
    lambda words, raised, note: (*words, Raised(raised), Note(note), Lowered(raised)),
    TEXTS,
    st.sampled_from(["2", "n"]),
    TEXTS,
)
NAMES = st.builds(
    lambda entries: NameList((NameGroup("成员", tuple(entries)),)),
    st.lists(st.builds(NameEntry, WORDS, st.one_of(st.just(""), WORDS)), min_size=1, max_size=3),
)
BLOCKS_OF_ALL_KINDS = st.one_of(
    BLOCKS,
    NAMES,
    st.builds(Heading, st.integers(1, 4), NOTED),
    st.builds(Paragraph, NOTED, st.integers(0, 3)),
    st.builds(Item, st.integers(1, 3), NOTED),
    st.builds(lambda lead, words: Item(1, (Strong(lead), *words)), NOTED, TEXTS),
)
COLUMNS = (
    Column("序号", ColumnRole.SERIAL),
    Column("类别", ColumnRole.GROUP),
    Column("事项", ColumnRole.TEXT),
    Column("部门", ColumnRole.DEPARTMENTS),
)
CELLS = st.lists(WORDS, max_size=2).map(lambda items: Cell(tuple(items)))
ROWS = st.builds(
    lambda number, group, what, who: Row((Cell((str(number),)), Cell((group,)), what, who)),
    st.integers(1, 99),
    st.sampled_from("甲乙"),
    st.one_of(st.just(Cell(())), WORDS.map(lambda words: Cell((words,)))),
    CELLS,
)
TABLES = st.builds(
    lambda rows, grouping: Table("表", COLUMNS, tuple(rows), grouping),
    st.lists(ROWS, min_size=1, max_size=4),
    st.sampled_from(Grouping),
)
PROSES = st.builds(Prose, st.just("附文"), st.lists(BLOCKS_OF_ALL_KINDS, max_size=3).map(tuple))
DOCUMENTS_OF_ALL_KINDS = st.builds(
    lambda kind, blocks, issued, attachments, organs, seal, names: Document(
        slug="x",
        bureau=Bureau(()),
        body=Prose("标题", tuple(blocks), attachments=tuple(attachments)),
        kind=kind,
        issuers=tuple(Organ(name) for name in organs),
        signers=tuple(names),
        recipients="各区",
        copies=("各县",),
        date=datetime.date(2026, 3, 9),
        seal=seal,
        issued=tuple(issued),
    ),
    st.sampled_from(Kind),
    st.lists(BLOCKS_OF_ALL_KINDS, max_size=4),
    st.lists(PROSES, max_size=1),
    st.lists(st.one_of(TABLES, PROSES), max_size=2),
    st.lists(st.sampled_from(["市民政局", "市财政局", "市卫生健康委员会"]), unique=True),
    st.sampled_from(Seal),
    st.lists(st.sampled_from(["王伟", "李小明"]), unique=True),
)


@tried(6, *HealthCheck)
@given(DOCUMENTS_OF_ALL_KINDS)
def test_any_document_has_one_text(made: Document) -> None:
    assert_one_text(resolved(made))


@tried(20, *HealthCheck)
@given(st.lists(BLOCKS_OF_ALL_KINDS, max_size=8), st.lists(BLOCKS_OF_ALL_KINDS, max_size=4))
def test_any_text_has_one_text_on_screen(blocks: list[Block], issued: list[Block]) -> None:
    body, plan = Prose("标题", tuple(blocks)), Prose("方案", tuple(issued))
    page, fragment, plain = on_screen(resolve(Document("x", Bureau(()), body, issued=(plan,))))
    assert page == fragment == plain


@tried(20, *HealthCheck)
@given(st.lists(BLOCKS_OF_ALL_KINDS, max_size=8))
def test_any_text_has_one_text_in_word(blocks: list[Block]) -> None:
    made = without_notes(resolve(Document("x", Bureau(()), Prose("标题", tuple(blocks)))))
    assert in_word(made) == on_screen(made)[0]


def test_what_looks_like_markup_is_printed_as_it_stands(tmp_path: Path) -> None:
    blocks = (Paragraph((Text("填写{{ 姓名 }}、{% x %}和<b>粗体</b>&amp;"),)),)
    document = Document("x", Bureau(()), Prose("标题{{ 7*7 }}", blocks))
    words = assert_one_text(resolved(document))
    assert words == "标题{{7*7}}填写{{姓名}}、{%x%}和<b>粗体</b>&amp;"


@pytest.mark.parametrize("form", Form)
def test_what_a_form_does_not_print_stands_in_no_file(form: Form) -> None:
    """A 命令 has neither title, 主送 nor 签发人 (10.2), a 信函 no 签发人 and no 印发 (10.1)."""
    given = edition_of(
        "为此请示。",
        form=form,
        kind=Kind.REPORT,
        number="青水〔2030〕1号",
        recipients="各区水务局",
        signers=("柳喆", "孟䶮"),
        copies=("市财政局",),
        printing_organ="青岚市水务局办公室",
        printing_date=datetime.date(2030, 3, 2),
        note="此件公开发布",
    )
    assert_one_text(given)
