"""The rules of GB/T 9704-2012 that a finished page is measured against, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from publisher import standard
from publisher.model import Form
from publisher.standard import Length, Size


class Strength(Enum):
    """How binding a rule is."""

    MUST = "必须"
    USUALLY = "一般"
    RECOMMENDED = "推荐"
    MAY = "可以"


class Unit(Enum):
    """What a value counts."""

    MM = "mm"
    POINT = "磅"
    LINE = "行"
    CHARACTER = "字"
    NONE = ""

    def count(self, quantity: Quantity) -> Counted:
        """How many of this unit a quantity is."""
        if not isinstance(quantity, Length):
            return quantity
        return quantity.pt if self is Unit.POINT else quantity.mm


Quantity = Length | float
"""What a rule is about: a length, or a number of lines or characters."""
Counted = float
"""A quantity in the unit of its rule."""


STANDARD = "GB/T 9704-2012"
PUNCTUATION = "GB/T 15834-2011"
NUMERALS = "GB/T 15835-2011"
ELECTRONIC = "GB/T 33476.2"
PRACTICE = "通行做法"

ALL_FORMS = frozenset(Form)
GENERAL = frozenset({Form.GENERAL})
WITH_MARK_BELOW = frozenset({Form.GENERAL, Form.MINUTES})
LETTER = frozenset({Form.LETTER})
ORDER = frozenset({Form.ORDER})
MINUTES = frozenset({Form.MINUTES})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what is measured, and what it should be."""

    name: str
    """Stable: what tests, JSON and the documentation call it."""
    clause: str
    element: str
    requirement: str
    """In a Chinese sentence, paraphrased."""
    strength: Strength
    value: Counted | None = None
    """What a number should be; None where the rule is not about one."""
    unit: Unit = Unit.NONE
    tolerance: Counted = 0
    forms: frozenset[Form] = ALL_FORMS
    """The printed forms that it applies to."""
    needs_red_head: bool = False
    """Whether it asks for the mark or a red line, or how far something is from them."""
    beyond: str = ""
    """Why no program can tell from a file; empty where one can."""
    source: str = STANDARD

    @property
    def is_of_document(self) -> bool:
        """Whether it asks for what a document has, and no attachment that is not bound with it."""
        if self.clause.startswith("7.3"):
            return self.clause.startswith(_OF_DOCUMENT) or self.name in _OF_BOUND
        return self.clause.startswith(("7.2", "7.4", "10."))

    def allows(self, quantity: Quantity) -> bool:
        """Whether a quantity is the one asked for, but for the tolerance."""
        return self.value is None or self.miss(quantity) <= self.tolerance + standard.ROUNDING

    def miss(self, quantity: Quantity) -> Counted:
        """How far a quantity is off the one asked for, to what can be told apart."""
        return round(abs(self.unit.count(quantity) - (self.value or 0)), 6)

    @property
    def wanted(self) -> str:
        """The value with unit and tolerance, as a person reads it; empty where there is none."""
        if self.value is None:
            return ""
        return figure(self.value, self.unit) + (
            f" ± {figure(self.tolerance, self.unit)}" if self.tolerance else ""
        )


def figure(value: Counted, unit: Unit) -> str:
    """A value as a person reads it: to a tenth, small ones to a hundredth."""
    digits = 2 if (unit in (Unit.MM, Unit.POINT) and abs(value) < 1) or unit is Unit.POINT else 1
    words = f"{value:.{digits}f}"
    words = words.rstrip("0").rstrip(".") if "." in words else words
    return f"{words} {unit.value}".strip()


_OF_DOCUMENT = ("7.3.1", "7.3.2", "7.3.4", "7.3.5", "7.3.6")
_OF_BOUND = ("body_on_first_page", "attachment_titles_agree", "attachment_before_imprint")

MUST, USUALLY = Strength.MUST, Strength.USUALLY
RECOMMENDED, MAY = Strength.RECOMMENDED, Strength.MAY


def _mm(value: Length, tolerance: Length = standard.PLACE_TOLERANCE) -> dict[str, object]:
    return _length(Unit.MM, value, tolerance)


def _points(value: Length, tolerance: Length) -> dict[str, object]:
    return _length(Unit.POINT, value, tolerance)


def _length(unit: Unit, value: Length, tolerance: Length) -> dict[str, object]:
    # To a hundredth: 37 mm are no whole points, and 37.000000000000004 is nothing to print.
    counted = (round(unit.count(length), 2) for length in (value, tolerance))
    return dict(zip(("value", "tolerance"), counted, strict=True), unit=unit)


def _lines(value: Counted) -> dict[str, object]:
    return {"value": value, "unit": Unit.LINE, "tolerance": standard.LINES_TOLERANCE}


def _characters(value: Counted) -> dict[str, object]:
    return {"value": value, "unit": Unit.CHARACTER, "tolerance": standard.CHARACTERS_TOLERANCE}


def _size(size: Size) -> dict[str, object]:
    return _points(size.length, standard.SIZE_TOLERANCE)


_Given = dict[str, object]
_RED_HEAD: _Given = {"needs_red_head": True}


def _rules(
    element: str,
    *rows: tuple[str, str, Strength, str] | tuple[str, str, Strength, str, _Given],
    **common: object,
) -> Iterator[Rule]:
    """Rules of one element: name, clause, strength, requirement, and what else is given."""
    for name, clause, strength, requirement, *given in rows:
        more: _Given = {**common, **(given[0] if given else {})}
        yield Rule(name, clause, element, requirement, strength, **more)  # type: ignore[arg-type]


def _paper_and_page() -> Iterator[Rule]:
    yield from _rules(
        "用纸",
        ("paper_width", "5.1", MUST, "A4 纸的宽（横排页为高）", _mm(standard.PAPER_WIDTH, _PAPER)),
        (
            "paper_height",
            "5.1",
            MUST,
            "A4 纸的高（横排页为宽）",
            _mm(standard.PAPER_HEIGHT, _PAPER),
        ),
        ("paper_quality", "4", MUST, "纸张的定量、白度、耐折度符合要求", _beyond("要看纸")),
    )
    yield from _rules(
        "版面",
        (
            "head_margin",
            "5.2.1",
            MUST,
            "天头：纸的上边到第一行字",
            _mm(standard.HEAD_MARGIN, _MARGIN),
        ),
        (
            "binding_margin",
            "5.2.1",
            MUST,
            "订口：纸的左边到版心",
            _mm(standard.BINDING_MARGIN, _MARGIN),
        ),
        ("type_area_width", "5.2.1", MUST, "版心的宽", _mm(standard.TYPE_AREA_WIDTH)),
        (
            "type_area_height",
            "5.2.1",
            MUST,
            "版心的高：第一行字的上边到第 22 行字的下边",
            _mm(standard.TYPE_AREA_HEIGHT, standard.AREA_TOLERANCE),
        ),
        (
            "lines_per_page",
            "5.2.3",
            USUALLY,
            "每面排 22 行",
            {"value": standard.LINES_PER_PAGE, "unit": Unit.LINE},
        ),
        (
            "characters_per_line",
            "5.2.3",
            USUALLY,
            "每行排 28 个字",
            {"value": standard.CHARACTERS_PER_LINE, "unit": Unit.CHARACTER},
        ),
        (
            "line_pitch",
            "3.2",
            USUALLY,
            "一行是一个 3 号字的高加八分之七，从行到行 29.45 磅（印刷的 3 号字为 29.53 磅）",
            _points(standard.LINE_OF_TEXT, standard.LINE_TOLERANCE),
        ),
        ("text_size", "5.2.2", USUALLY, "没有另作规定的文字用 3 号字", _size(Size.NO_3)),
        ("text_face", "5.2.2", USUALLY, "没有另作规定的文字用仿宋体"),
        ("text_black", "5.2.4", MUST, "没有另作规定的文字为黑色"),
        ("no_bold", "7.3.3", USUALLY, "标准没有用加粗表示层次，小标宋以外的字不加粗"),
    )
    yield from _rules(
        "印制装订",
        (
            "printing",
            "6.1",
            MUST,
            "版面干净，字迹清楚，两面印刷时套印准确",
            _beyond("要看印好的纸"),
        ),
        ("both_sides", "6.2", MUST, "双面印刷", _beyond("文件里不写印几面")),
        ("binding", "6.3", MUST, "左侧装订，不掉页", _beyond("要看装好的公文")),
    )


_PAPER, _MARGIN = standard.PAPER_TOLERANCE, standard.MARGIN_TOLERANCE


def _on_paper(given: _Given) -> _Given:
    return {**given, **_RED_HEAD}


def _beyond(why: str) -> dict[str, object]:
    return {"beyond": why}


def _head() -> Iterator[Rule]:
    yield from _rules(
        "份号",
        ("copy_number_form", "7.2.1", USUALLY, "六位阿拉伯数字，3 号"),
        ("copy_number_place", "7.2.1", USUALLY, "顶格编排在版心左上角第一行"),
    )
    yield from _rules(
        "密级和紧急程度",
        ("classification_form", "7.2.2", USUALLY, "密级和保密期限用 3 号黑体，中间以★隔开，顶格"),
        ("urgency_form", "7.2.3", USUALLY, "紧急程度用 3 号黑体，顶格"),
        ("head_order", "7.2.3", MUST, "份号、密级、紧急程度自上而下各占一行"),
    )
    yield from _rules(
        "发文机关标志",
        (
            "mark_top",
            "7.2.4",
            MUST,
            "字的上边到版心上边（以字迹计）",
            {**_mm(standard.MARK_TOP), "forms": WITH_MARK_BELOW},
        ),
        ("mark_centred", "7.2.4", MUST, "居中：偏离版心中线", _mm(Length(0))),
        ("mark_red", "7.2.4", MUST, "红色"),
        ("mark_face", "7.2.4", RECOMMENDED, "小标宋体"),
        ("mark_size", "7.2.4", MAY, "字号以醒目、美观、庄重为原则，不小于标题", {"value": None}),
        ("joint_mark_widths", "7.2.4", USUALLY, "联合行文时各机关名称两端对齐，一样宽"),
        (
            "joint_mark_suffix",
            "7.2.4",
            MUST,
            "“文件”二字在各机关名称右侧，上下居中",
            _mm(Length(0)),
        ),
        (
            "mark_words",
            "7.2.4",
            MUST,
            "机关全称或规范化简称加“文件”",
            _beyond("要知道机关的全称简称"),
        ),
        **_RED_HEAD,
    )
    yield from _rules(
        "发文字号",
        ("number_form", "7.2.5", MUST, "机关代字、六角括号中的四位年份、不带“第”和前导零的序号"),
        (
            "number_place",
            "7.2.5",
            MUST,
            "在发文机关标志下空二行",
            _on_paper(_lines(standard.NUMBER_ABOVE)),
        ),
        ("number_aligned", "7.2.5", MUST, "居中；上行文左空一字，与最后一个签发人同行"),
        forms=GENERAL,
    )
    yield from _rules(
        "签发人",
        ("signers_faces", "7.2.6", MUST, "“签发人”三字用 3 号仿宋，姓名用 3 号楷体"),
        ("signers_place", "7.2.6", MUST, "居右空一字", _characters(standard.NUMBER_INDENT)),
        ("signers_aligned", "7.2.6", MUST, "每行一般排两个姓名，各行第一个姓名对齐"),
        ("signers_upward", "7.2.6", MUST, "上行文标注签发人", _beyond("要知道文往哪里行")),
        forms=GENERAL,
    )
    yield from _rules(
        "版头分隔线",
        ("red_line_gap", "7.2.7", MUST, "在发文字号之下", _mm(standard.RED_LINE_GAP)),
        ("red_line_width", "7.2.7", MUST, "与版心等宽", _mm(standard.TYPE_AREA_WIDTH)),
        ("red_line_centred", "7.2.7", MUST, "居中：偏离版心中线", _mm(Length(0))),
        ("red_line_red", "7.2.7", MUST, "红色"),
        **_RED_HEAD,
        forms=GENERAL,
    )


def _body() -> Iterator[Rule]:
    titled = ALL_FORMS - ORDER
    yield from _rules(
        "标题",
        ("title_size", "7.3.1", USUALLY, "2 号字", _size(Size.NO_2)),
        ("title_face", "7.3.1", USUALLY, "小标宋体"),
        (
            "title_place",
            "7.3.1",
            USUALLY,
            "在红色分隔线下空二行",
            {**_lines(standard.TITLE_ABOVE), "forms": GENERAL, **_RED_HEAD},
        ),
        ("title_centred", "7.3.1", MUST, "居中：偏离版心中线", _mm(Length(0))),
        ("title_shape", "7.3.1", USUALLY, "多行标题排成梯形或菱形"),
        ("title_no_stop", "7.3.1", USUALLY, "末尾不用句号等标点"),
        ("title_words", "7.3.1", MUST, "回行时词意完整：不拆开词、名称和数字"),
        forms=titled,
    )
    yield from _rules(
        "主送机关",
        (
            "recipients_gap",
            "7.3.2",
            MUST,
            "在标题下空一行",
            {**_lines(standard.RECIPIENTS_ABOVE), "forms": titled},
        ),
        ("recipients_place", "7.3.2", MUST, "顶格，回行仍顶格", _characters(0)),
        ("recipients_colon", "7.3.2", MUST, "最后一个机关名称后用全角冒号"),
    )
    yield from _rules(
        "正文",
        ("body_on_first_page", "7.3.3", MUST, "公文首页显示正文"),
        (
            "paragraph_indent",
            "7.3.3",
            MUST,
            "每个自然段左空二字，回行顶格",
            _characters(standard.TEXT_INDENT),
        ),
        ("part_face", "7.3.3", USUALLY, "第一层“一、”用黑体，整段的条目是正文，用仿宋体"),
        ("clause_face", "7.3.3", USUALLY, "第二层“（一）”用楷体，整段的条目用仿宋体"),
        ("item_face", "7.3.3", USUALLY, "第三层“1.”、第四层“（1）”用仿宋体"),
        ("no_closing_first", "9", MUST, "行首没有句读和后引号、后括号", {"source": PUNCTUATION}),
        ("no_opening_last", "9", MUST, "行末没有前引号、前括号", {"source": PUNCTUATION}),
        ("number_whole", "9", USUALLY, "数字不拆开转行", {"source": NUMERALS}),
    )
    yield from _rules(
        "表格",
        ("table_area", "5.2.1", USUALLY, "竖排页上的表格在版心之内"),
        ("table_head_again", "—", RECOMMENDED, "跨页的表格每一面有表头", {"source": PRACTICE}),
        ("head_whole", "—", RECOMMENDED, "不超过四字的列名排在一行", {"source": PRACTICE}),
        ("cell_whole", "—", RECOMMENDED, "短语和姓名不拆出一个字另起一行", {"source": PRACTICE}),
    )
    yield from _rules(
        "附件说明",
        ("notes_gap", "7.3.4", MUST, "在正文下空一行", _lines(standard.NOTES_ABOVE)),
        (
            "notes_place",
            "7.3.4",
            MUST,
            "左空二字，“附件”后用全角冒号",
            _characters(standard.TEXT_INDENT),
        ),
        ("notes_aligned", "7.3.4", MUST, "各附件的顺序号对齐，回行与名称首字对齐"),
        ("notes_no_stop", "7.3.4", MUST, "附件名称后不加标点"),
    )
    yield from _rules(
        "署名和成文日期",
        (
            "signature_place",
            "7.3.5",
            MUST,
            "盖章的：日期右空四字，署名在日期之上居中；不盖章的：署名右空二字，"
            "日期首字比署名首字右移二字；签名章：右空四字",
        ),
        ("date_form", "7.3.5.4", MUST, "阿拉伯数字，年份用全称，月、日不编虚位"),
        ("signature_with_text", "7.3.5.5", USUALLY, "与正文在同一面，不用“此页无正文”"),
        ("seal_place", "7.3.5.1", MUST, "印章居中下压署名和日期", _beyond("印章盖在印好的纸上")),
    )
    yield from _rules(
        "附注",
        (
            "note_form",
            "7.3.6",
            MUST,
            "在成文日期下一行，左空二字，加圆括号",
            _characters(standard.TEXT_INDENT),
        ),
    )
    yield from _rules(
        "附件",
        ("attachment_label", "7.3.7", MUST, "“附件”和顺序号用 3 号黑体，顶格"),
        ("attachment_first_line", "7.3.7", MUST, "“附件”在版心左上角第一行"),
        ("attachment_title_centred", "7.3.7", MUST, "附件标题居中：偏离版心中线", _mm(Length(0))),
        (
            "attachment_title_line",
            "7.3.7",
            MUST,
            "附件标题在版心第三行",
            _lines(1 + standard.ATTACHMENT_TITLE_ABOVE + 1),
        ),
        ("attachment_titles_agree", "7.3.7", MUST, "附件的顺序号和标题与附件说明一致"),
        (
            "attachment_full_label",
            "7.3.7",
            MUST,
            "不与正文一起装订的附件，“附件”之前有公文的发文字号",
        ),
        ("attachment_before_imprint", "7.3.7", MUST, "附件在版记之前"),
    )


def _imprint() -> Iterator[Rule]:
    area = standard.TYPE_AREA_WIDTH
    lined = ALL_FORMS - LETTER
    yield from _rules(
        "版记",
        ("imprint_line_width", "7.4.1", MUST, "分隔线与版心等宽", {**_mm(area), "forms": lined}),
        (
            "imprint_outer_weight",
            "7.4.1",
            RECOMMENDED,
            "首条和末条分隔线的粗细",
            {**_mm(standard.IMPRINT_OUTER_LINE, standard.WEIGHT_TOLERANCE), "forms": lined},
        ),
        (
            "imprint_inner_weight",
            "7.4.1",
            RECOMMENDED,
            "中间分隔线的粗细",
            {**_mm(standard.IMPRINT_INNER_LINE, standard.WEIGHT_TOLERANCE), "forms": lined},
        ),
        (
            "imprint_bottom",
            "7.4.1",
            MUST,
            "末条分隔线与版心下边重合：纸的上边到末条线",
            {
                **_mm(standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT),
                "forms": lined,
            },
        ),
        ("imprint_last_page", "7.4.1", MUST, "在公文最后一面"),
        ("imprint_even_page", "7.4", USUALLY, "双面印刷时在偶数面", {"forms": lined}),
        ("imprint_size", "7.4.2", USUALLY, "4 号字", _size(Size.NO_4)),
        ("imprint_face", "7.4.2", USUALLY, "仿宋体"),
        ("copies_form", "7.4.2", USUALLY, "“抄送”后用全角冒号，最后一个机关后用句号"),
        (
            "copies_place",
            "7.4.2",
            USUALLY,
            "左右各空一字，回行与冒号后的首字对齐",
            _characters(standard.IMPRINT_MARGIN),
        ),
        (
            "printed_place",
            "7.4.3",
            USUALLY,
            "印发机关左空一字，印发日期右空一字，在末条分隔线之上",
            {**_characters(standard.IMPRINT_MARGIN), "forms": lined},
        ),
        (
            "printed_date_form",
            "7.4.3",
            USUALLY,
            "印发日期用阿拉伯数字，后加“印发”",
            {"forms": lined},
        ),
    )
    yield from _rules(
        "页码",
        ("page_number_form", "7.5", USUALLY, "半角阿拉伯数字，左右各一条一字线"),
        ("page_number_size", "7.5", USUALLY, "4 号字", _size(Size.NO_4)),
        ("page_number_face", "7.5", USUALLY, "宋体"),
        ("page_number_gap", "7.5", USUALLY, "一字线上距版心下边", _mm(standard.PAGE_NUMBER_GAP)),
        ("page_number_side", "7.5", USUALLY, "单页码居右，双页码居左"),
        (
            "page_number_indent",
            "7.5",
            USUALLY,
            "空一字",
            _characters(standard.PAGE_NUMBER_CHARACTERS),
        ),
        ("page_number_sequence", "7.5", MUST, "附件与正文连续编页码"),
        ("page_number_imprint", "7.5", USUALLY, "版记页之前有空白页的，空白页和版记页不编页码"),
    )
    yield from _rules(
        "横排表格",
        ("landscape_head", "8", MUST, "单页码的表头在订口一边，双页码的在切口一边"),
        ("landscape_number", "8", MUST, "页码与其他页在同一位置"),
        ("landscape_area", "8", USUALLY, "表格在转过来的版心之内"),
    )


def _special() -> Iterator[Rule]:
    yield from _rules(
        "信函格式",
        (
            "letter_mark_top",
            "10.1",
            MUST,
            "标志的字到纸的上边",
            _on_paper(_mm(standard.LETTER_MARK_TOP)),
        ),
        (
            "letter_line_widths",
            "10.1",
            MUST,
            "红色双线的长",
            _on_paper(_mm(standard.LETTER_LINE_WIDTH)),
        ),
        (
            "letter_lines_centred",
            "10.1",
            MUST,
            "红色双线居中：偏离纸的中线",
            _on_paper(_mm(Length(0))),
        ),
        ("letter_lines_red", "10.1", RECOMMENDED, "双线为红色", _RED_HEAD),
        (
            "letter_first_line",
            "10.1",
            MUST,
            "第一条双线在标志下",
            _on_paper(_mm(standard.LETTER_FIRST_LINE_GAP)),
        ),
        (
            "letter_last_line",
            "10.1",
            MUST,
            "第二条双线到纸的下边",
            _on_paper(_mm(standard.LETTER_LAST_LINE_HEIGHT)),
        ),
        ("letter_line_weights", "10.1", MUST, "第一条上粗下细，第二条上细下粗", _RED_HEAD),
        ("letter_number", "10.1", MUST, "发文字号在第一条双线下，顶格居右"),
        ("letter_first_page", "10.1", MUST, "首页不编页码"),
        ("letter_imprint", "10.1", MUST, "版记没有分隔线，不加印发机关和印发日期"),
        forms=LETTER,
    )
    yield from _rules(
        "命令格式",
        (
            "order_mark_top",
            "10.2",
            MUST,
            "标志的字到版心上边",
            _on_paper(_mm(standard.ORDER_MARK_TOP)),
        ),
        (
            "order_number_place",
            "10.2",
            MUST,
            "令号在标志下空二行",
            _on_paper(_lines(standard.NUMBER_ABOVE)),
        ),
        ("order_number_centred", "10.2", MUST, "令号居中：偏离版心中线", _mm(Length(0))),
        ("order_body_place", "10.2", MUST, "令号下空二行为正文", _lines(standard.ORDER_TEXT_ABOVE)),
        forms=ORDER,
    )
    yield from _rules(
        "纪要格式",
        ("minutes_mark", "10.3", MAY, "标志由“×××纪要”组成", _RED_HEAD),
        ("minutes_labels", "10.3", MAY, "“出席”“请假”“列席”用 3 号黑体，左空二字，后用全角冒号"),
        ("minutes_names", "10.3", MAY, "冒号后的人名、单位用 3 号仿宋，回行与冒号后的首字对齐"),
        forms=MINUTES,
    )


def _file() -> Iterator[Rule]:
    yield from _rules(
        "文件",
        ("fonts_embedded", "—", RECOMMENDED, "PDF 中嵌有所用的字体", {"source": ELECTRONIC}),
        ("text_extractable", "—", RECOMMENDED, "文字可以检索、复制", {"source": ELECTRONIC}),
    )


RULES = (*_paper_and_page(), *_head(), *_body(), *_imprint(), *_special(), *_file())
"""Every rule, also those that no program can measure, in the order of the standard."""

NAMES = frozenset(rule.name for rule in RULES)
