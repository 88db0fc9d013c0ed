"""Promises that hold for any document: what comes back of what is made of it is that document."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from imported import FORMATS, differences, imported
from publisher.intake.account import account
from publisher.model import (
    Block,
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    Heading,
    Item,
    Kind,
    LevelForm,
    Link,
    Lowered,
    NameEntry,
    NameGroup,
    NameList,
    Note,
    Organ,
    OwnElements,
    Paragraph,
    Prose,
    Raised,
    Row,
    Strong,
    Table,
    Text,
)
from publisher.words.sentences import ends_sentence
from tried import tried

pytestmark = pytest.mark.thorough
# Nobody reads the smallest document of which it does not hold: that takes ten times as long.
promise = settings(tried(8), phases=[Phase.explicit, Phase.reuse, Phase.generate])

# -- what authors write --------------------------------------------------------------------

ORGANS = (Organ("青岚市水务局"), Organ("青岚市财政局"), Organ("青岚市教育局"))
SENTENCES = (
    "排查全市河道岸线。", "逐段登记问题，5月底前完成。", "培训养老从业人员200人次以上。",
    "修订《补贴办法》，应当公开。", "“一张图”上线运行。", "建成13个示范点。", "分三步进行：",
    "一是摸清底数；二是建立台账。", "2030年，完成投资3.5亿元。",
    "（以下简称领导小组）设在市水务局。",
    "第一季度完成。", "附件所列项目除外。", "1月底前报送。",
)  # fmt: skip
LONG = (
    "按照全市统一部署，结合实际制定本方案，各区、各有关单位要认真贯彻落实，按期报送进展情况。" * 2
)
HEADINGS = ("总体要求", "加强领导。", "清理岸线", "加强组织领导", "明确分工。", "其他", "附则")

sentences = st.sampled_from(SENTENCES)
words = st.lists(sentences, min_size=1, max_size=4).map("".join)
plain_words = words.map(lambda said: (Text(said),))
contents = st.one_of(
    plain_words,
    st.tuples(sentences, words).map(lambda both: (Strong((Text(both[0]),)), Text(both[1]))),
    st.tuples(sentences, words).map(
        lambda both: (Text(both[1]), Link("https://a.cn/", (Text(both[0]),)))
    ),
    st.tuples(st.sampled_from([("长5 km", Raised("2")), ("排放CO", Lowered("2"))]), words).map(
        lambda parts: (Text(parts[0][0]), parts[0][1], Text(f"，{parts[1]}"))
    ),
    st.tuples(words, words).map(
        lambda both: (Text(both[0]), Note((Text("按户籍人口计算。"),)), Text(both[1]))
    ),
)
entries = st.builds(
    NameEntry,
    st.sampled_from(["柳喆", "陆堃", "王明远", "欧阳清"]),
    st.sampled_from(["副市长", "市水务局局长"]),
)
name_lists = st.lists(
    st.builds(
        NameGroup,
        st.sampled_from(["组长", "副组长", "成员"]),
        st.lists(entries, min_size=1, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda group: group.label,
).map(lambda groups: NameList(tuple(groups)))


@st.composite
def blocks(draw: st.DrawFn, levels: int = 4, *, mixes: bool = True) -> tuple[Block, ...]:
    """Blocks as they may follow one another: no level is left out on the way down.

    `mixes`: headings and items may be numbered together, and items begin with anything; else most
    of a text is no heading.
    """
    made: list[Block] = [Paragraph(draw(plain_words) if mixes else (Text(LONG),))]
    level = depth = 0
    listed: set[int] = set()  # the levels whose numbers items have, below the headings above
    for _ in range(draw(st.integers(0, 9))):
        match draw(st.sampled_from(["heading", "heading", "paragraph", "item", "names"])):
            case "heading" if mixes or level or not depth:
                deepest = level if depth and not mixes else min(level + 1, levels)
                free = [each for each in range(1, deepest + 1) if mixes or each not in listed]
                if not free:
                    continue
                level, depth = draw(st.sampled_from(free)), 0
                listed = {each for each in listed if each <= level}
                made.append(Heading(level, (Text(draw(st.sampled_from(HEADINGS))),)))
                if ends_sentence(made[-1].content):  # something runs in behind it
                    made.append(Paragraph(draw(contents)))
            case "paragraph":
                made.append(Paragraph(draw(contents)))
                depth = 0
            case "item" if level < levels:
                depth = draw(st.integers(1, min(depth + 1, levels - level)))
                listed.add(level + 1)
                is_new = depth == 1 and isinstance(made[-1], Paragraph) and level == 0
                begun = () if mixes else (Text("其中，"),)
                content = (*begun, *draw(contents))
                made.append(Item(depth, content, begins_anew=is_new and _are_counted(made)))
            case "names":
                made.append(draw(name_lists))
                depth = 0
    return tuple(made)


def _are_counted(made: list[Block]) -> bool:
    """Whether the latest list has two items: only then its author can begin anew."""
    items = [block for block in made if isinstance(block, Item) and block.depth == 1]
    return len(items) > 1 and not items[-1].begins_anew


COLUMNS = (
    Column("序号", ColumnRole.SERIAL),
    Column("组别", ColumnRole.GROUP),
    Column("任务", ColumnRole.TEXT),
    Column("时限", ColumnRole.DEADLINE),
    Column("责任单位", ColumnRole.DEPARTMENTS),
)


@st.composite
def tables(draw: st.DrawFn, title: str) -> Table:
    """A table of tasks in groups."""
    rows = []
    for number in range(1, draw(st.integers(2, 7))):
        group = f"第{'一二三'[number // 3]}组"
        cells = (
            str(number),
            group,
            draw(words),
            draw(st.sampled_from(["5月底", "全年"])),
            "办公室",
        )
        rows.append(Row(tuple(Cell((each,)) for each in cells)))
    return Table(title, COLUMNS, tuple(rows))


own = st.builds(
    OwnElements,
    st.sampled_from([None, "市人民政府"]),
    st.sampled_from([(), ("青岚市财政局",)]),
    st.sampled_from([None, datetime.date(2030, 3, 1)]),
    st.none(),
).filter(lambda elements: bool(elements.signatories) == bool(elements.date))
DECIMAL = (LevelForm.DECIMAL, LevelForm.DECIMAL_2, LevelForm.DECIMAL_3)


@st.composite
def documents(draw: st.DrawFn, *, mixes: bool = True) -> Document:
    """Documents as offices send them."""
    kind, ending = draw(st.sampled_from([(Kind.NOTICE, "通知"), (Kind.OPINION, "意见")]))
    attached = tuple(
        draw(tables(title)) if draw(st.booleans()) else Prose(title, draw(blocks(mixes=mixes)))
        for title in draw(st.sampled_from([(), ("任务分解表",), ("补贴标准", "申报材料清单")]))
    )
    issued = tuple(
        replace(
            Prose(
                title,
                draw(blocks(3, mixes=mixes)),
                draw(st.sampled_from([Prose("").levels, DECIMAL])),
            ),
            own=draw(own),
        )
        for title in draw(st.sampled_from([(), ("清理河道岸线行动方案",)]))
    )
    issuers = ORGANS[: draw(st.integers(1, 3))]
    return Document(
        "case",
        Bureau(ORGANS),
        Prose(f"关于清理河道岸线的{ending}", draw(blocks(mixes=mixes)), attachments=attached),
        kind=kind,
        issuers=issuers,
        number=draw(st.sampled_from([None, "青水发〔2030〕5号"])),
        recipients=draw(st.sampled_from([None, "各区人民政府，市直各单位"])),
        date=datetime.date(2030, 3, 5),
        note=draw(st.sampled_from([None, "此件公开发布", "联系人：柳喆，电话：12345678"])),
        copies=draw(st.sampled_from([(), ("市人大常委会办公室，市政协办公室",)])),
        signers=draw(st.sampled_from([(), ("柳喆",)])),
        urgency=draw(st.sampled_from([None, "特急"])),
        printing_organ=draw(st.sampled_from([None, "青岚市水务局办公室"])),
        printing_date=datetime.date(2030, 3, 6),
        issued=issued,
    )


@pytest.mark.parametrize("format_", FORMATS)
@promise
@given(document=documents())
def test_every_word_of_any_document_is_accounted_for(format_: str, document: Document) -> None:
    back = imported(document, format_)
    result = account(back.sources, back.document, back.left_out)
    assert (result.lost, result.surplus) == ((), ())
    assert result.held == result.kept + result.dropped


@pytest.mark.parametrize("format_", ["docx", "page"])
@promise
@given(document=documents())
def test_any_document_comes_back_as_it_is(format_: str, document: Document) -> None:
    assert differences(document, format_) == []


@promise
@given(document=documents(mixes=False))
def test_any_document_comes_back_of_its_fragment(document: Document) -> None:
    """A fragment has no class: what is numbered together is all headings there, or all items."""
    assert differences(document, "fragment") == []
