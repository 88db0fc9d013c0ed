"""Plain values → validated entries: the keys of front matter and `bureau.yaml`, as models."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from publisher.diagnostics import Finding
from publisher.keys import NAMES
from publisher.model import (
    USUAL_FORM,
    Archive,
    ColumnRole,
    Delivery,
    Form,
    FragmentTables,
    Grouping,
    Kind,
    LevelForm,
    NumberForm,
    NumberPlace,
    Orientation,
    Reconciled,
    RedHead,
    Seal,
    Sides,
)
from publisher.readers import findings
from publisher.readers.yaml import Keys, Values
from publisher.words.days import day_of


def _date(value: object) -> object:
    day = day_of(value) if isinstance(value, str) else None
    if day is None:  # left to pydantic, a number would be seconds since 1970
        raise ValueError
    return day


def _several(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part for part in re.split("[、；;]", value) if part.strip()]


def _reader_of(choices: type[Enum], other_names: Mapping[str, str]) -> BeforeValidator:
    def read(value: object) -> object:
        return other_names.get(value, value) if isinstance(value, str) else value

    return BeforeValidator(read)


def _without_end(marks: str) -> BeforeValidator:
    """Leaves out a last mark that the program prints: clerks write it by habit."""

    def read(value: object) -> object:
        return value.rstrip().rstrip(marks) if isinstance(value, str) else value

    return BeforeValidator(read)


def _without_brackets(value: object) -> object:
    match = re.fullmatch("（([^（）]*)）", value.strip()) if isinstance(value, str) else None
    return match[1] if match else value


_MARGIN = re.compile(r"([0-9]+(?:\.[0-9]+)?) *(mm|毫米|cm|厘米)?", re.IGNORECASE)
_PITCH = re.compile(r"([0-9]+(?:\.[0-9]+)?) *(?:pt|磅|点)?", re.IGNORECASE)


def _margin(value: object) -> object:
    """Millimetres; word processors show centimetres."""
    match = _MARGIN.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise PydanticCustomError("margin", "no margin")
    in_centimetres = (match[2] or "").lower() in ("cm", "厘米")
    return round(float(match[1]) * (10 if in_centimetres else 1), 3)


def _pitch(value: object) -> object:
    """Points."""
    match = _PITCH.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise PydanticCustomError("pitch", "no pitch")
    return float(match[1])


def _named(value: object) -> object:
    """A profile's name alone is a page on which nothing differs from it."""
    return {"名称": value} if isinstance(value, str) else value


def _one_clause(columns: dict[str, ColumnRole]) -> dict[str, ColumnRole]:
    if list(columns.values()).count(ColumnRole.CLAUSE) > 1:
        raise PydanticCustomError("several_columns", "several columns of clauses")
    return columns


def _time_of_day(value: object) -> object:
    """Two digits each of hour and minute."""
    match = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise PydanticCustomError("time_of_day", "no time of day")
    return f"{match[1]:0>2}:{match[2]}"


_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])(?:[:：][0-5][0-9])?")


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value) or not _can_be_opened(value):
        raise PydanticCustomError("web_address", "no address of a page")
    return value


def _can_be_opened(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets of which one is missing, ports that are no numbers
        return False


Line = Annotated[str, StringConstraints(pattern=r"^[^\n]+$")]
WebAddress = Annotated[str, AfterValidator(_web_address)]
TimeOfDay = Annotated[str, BeforeValidator(_time_of_day)]
Date = Annotated[datetime.date, BeforeValidator(_date)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_several)]
Margin = Annotated[float, BeforeValidator(_margin)]
Pitch = Annotated[float, BeforeValidator(_pitch)]
_ORDERS = {"令": "命令", "命令(令)": "命令", "命令（令）": "命令"}
KindName = Annotated[Kind, _reader_of(Kind, _ORDERS)]
FormName = Annotated[Form, _reader_of(Form, {**_ORDERS, "函": "信函", "公文": "文件"})]
SidesName = Annotated[Sides, _reader_of(Sides, {"双面印刷": "双面", "单面印刷": "单面"})]


class PageName(Enum):
    """The names by which `bureau.yaml` asks for a page profile; members are named as those."""

    GBT33476 = "GB/T 33476"
    GRID = "版心网格"


_NUMBER_FORMS = {
    **dict.fromkeys(("—1—", "-1-", "- 1 -", "－1－", "－ 1 －", "一字线"), "— 1 —"),
    **dict.fromkeys(("数字", "阿拉伯数字"), "1"),
    "第 1 页": "第1页",
}
"""As people write them."""
_PAGES = {
    "gbt33476": "GB/T 33476",
    "GB/T33476": "GB/T 33476",
    "GB/T 33476.2": "GB/T 33476",
    "grid": "版心网格",
}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, data: Any) -> Any:
        """A known key without a value counts as absent."""
        if not isinstance(data, dict):
            return data
        known = {field.alias for field in cls.model_fields.values()}
        return {key: value for key, value in data.items() if value is not None or key not in known}


def _levels_of_contents(value: object) -> object:
    """How many levels a 目录 has; 是 is two, as those of contingency plans have."""
    return {"是": 2, "否": 0}.get(value, value) if isinstance(value, str) else value


def _yes_or_no(value: object) -> object:
    return {"是": True, "否": False}.get(value, value) if isinstance(value, str) else value


def _alone(value: object) -> object:
    """What may be one or a list, as a list."""
    return [value] if isinstance(value, str) else value


def _groups(value: object) -> object:
    """Lines of 抄送, each a group of organs, without the full stop that is printed."""
    given = value.splitlines() if isinstance(value, str) else value
    if not isinstance(given, list):
        return value
    return [each.strip().rstrip("。") if isinstance(each, str) else each for each in given]


def _by_row(value: object) -> object:
    """Heights by the numbers of rows: those of a list in order; one alone is that of all rows."""
    if isinstance(value, list):
        return {number: height for number, height in enumerate(value, 1) if height is not None}
    return value if isinstance(value, dict) else {EACH_ROW: value}


EACH_ROW = 0
"""In place of the number of a row: all of which no other height is given."""
Size = Annotated[Margin, Field(gt=0, le=1000)]
RowNumber = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(gt=0)]
LevelForms = Annotated[tuple[LevelForm, ...], BeforeValidator(_alone)]
ContentsLevels = Annotated[int, BeforeValidator(_levels_of_contents), Field(ge=0, le=4)]
FontName = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f,;\"'<>&]{1,31}$")]
"""As Windows takes it: 31 characters at most."""
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Recipients = Annotated[Line | None, _without_end("：:")]
Bracketed = Annotated[Line | None, BeforeValidator(_without_brackets)]


class TableKeys(_Entry):
    """What is said of a table beside its cells."""

    columns: Annotated[dict[Line, ColumnRole], AfterValidator(_one_clause)] | None = Field(
        None, alias="列"
    )
    head_rows: int = Field(1, alias="表头", ge=0, le=9)
    headings: int | None = Field(None, alias="行头", ge=0, le=9)
    grouping: Grouping = Field(Grouping.MERGED, alias="分组方式")
    unit: Line | None = Field(None, alias="单位")
    remarks: Annotated[tuple[Line, ...], BeforeValidator(_alone)] = Field((), alias="注")
    notes: dict[Line, Line] = Field({}, alias="脚注")
    says_it_goes_on: YesOrNo = Field(False, alias="续表")
    reconciled: Reconciled | None = Field(None, alias="对账")
    widths: tuple[Share, ...] = Field((), alias="列宽")
    heights: Annotated[dict[RowNumber, Size], BeforeValidator(_by_row)] = Field({}, alias="行高")
    is_fillable: YesOrNo = Field(False, alias="可填写")


class TextTableKeys(TableKeys):
    """What is said of a table in a text, in braces below it."""

    title: Line | None = Field(None, alias="标题")


class PictureKeys(_Entry):
    """What is said of a picture in a text, in braces below it."""

    title: Line | None = Field(None, alias="标题")
    width: Size | None = Field(None, alias="宽")
    is_turned: YesOrNo = Field(False, alias="旋转")


class AttachmentEntry(TableKeys):
    """One entry of 附件."""

    file: Line = Field(alias="文件")
    title: str = Field(alias="标题")
    levels: LevelForms | None = Field(None, alias="层次")
    orientation: Orientation | None = Field(None, alias="版面")
    words: Line | None = Field(None, alias="替代文字")
    width: Size | None = Field(None, alias="宽")
    delivery: Delivery = Field(Delivery.BOUND, alias="装订")


class IssuedEntry(_Entry):
    """One entry of 印发件."""

    file: Line = Field(alias="文件")
    title: str = Field(alias="标题")
    levels: LevelForms | None = Field(None, alias="层次")
    attachments: tuple[AttachmentEntry, ...] = Field((), alias="附件")


class TextFront(_Entry):
    """The front matter of what is issued or attached: the elements of its own."""

    title: str | None = Field(None, alias="标题")
    subtitle: Bracketed = Field(None, alias="题注")
    recipients: Recipients = Field(None, alias="主送")
    signatories: Lines = Field((), alias="署名")
    date: Date | None = Field(None, alias="成文日期")
    remark: Bracketed = Field(None, alias="附注")
    levels: LevelForms | None = Field(None, alias="层次")
    continuous: LevelForms = Field((), alias="连续编号")
    contents: ContentsLevels = Field(0, alias="目录")
    has_cover: YesOrNo = Field(False, alias="封面")
    attachments: tuple[AttachmentEntry, ...] = Field((), alias="附件")


class FrontMatter(_Entry):
    """The front matter of `document.md`; what a document must have is for the checks to say."""

    model_config = ConfigDict(alias_generator=NAMES.__getitem__)

    kind: KindName | None = None
    title: str | None = None
    issuers: Lines = ()
    mark: Line | None = None
    number: Line | None = None
    copy_number: Annotated[str, StringConstraints(pattern="^[0-9]{1,6}$")] | None = None
    classification: Line | None = None
    urgency: Line | None = None
    signers: Lines = ()
    subtitle: Bracketed = None
    recipients: Recipients = None
    copies: Annotated[tuple[Line, ...], BeforeValidator(_groups)] = ()
    date: Date | None = None
    seal: Seal = Seal.SEALED
    stamp_title: Line | None = None
    stamp_name: Line | None = None
    note: Bracketed = None
    present: Lines = ()
    excused: Lines = ()
    observers: Lines = ()
    disclosure: Line | None = None
    printing_organ: Line | None = None
    printing_date: Date | None = None
    form: FormName | None = None
    sides: SidesName = Sides.BOTH
    red_head: RedHead = RedHead.PRINTED
    archive: Archive | None = None
    levels: LevelForms | None = None
    continuous: LevelForms = ()
    issued: tuple[IssuedEntry, ...] = ()
    attachments: tuple[AttachmentEntry, ...] = ()
    index_number: Line | None = None
    subject: Line | None = None
    keywords: Lines = ()
    summary: Line | None = None
    published: Date | None = None
    time: TimeOfDay | None = None
    validity: Line | None = None
    address: WebAddress | None = None
    related: dict[Line, WebAddress] = {}
    amends: Lines = ()
    repeals: Lines = ()
    replaces: Lines = ()
    explains: Lines = ()


def _by_form(value: object) -> object:
    """The name of a file alone is the mark of a 文件."""
    return {USUAL_FORM.value: value} if isinstance(value, str) else value


MARK_HEIGHTS = 5, 60
"""Millimetres: below, a mark is smaller than a title; above, a page has no room for its head."""
MarkHeight = Annotated[Margin, Field(ge=MARK_HEIGHTS[0], le=MARK_HEIGHTS[1])]


class OrganEntry(_Entry):
    """One entry of 发文机关 in `bureau.yaml`."""

    name: Line = Field(alias="名称")
    short_name: Line | None = Field(None, alias="简称")
    mark: Line | None = Field(None, alias="发文机关标志")
    code: Line | None = Field(None, alias="机关代字")
    mark_pictures: Annotated[dict[FormName, Line], BeforeValidator(_by_form)] = Field(
        {}, alias="标志图片"
    )
    mark_height: MarkHeight | None = Field(None, alias="标志高")


class SiteEntry(_Entry):
    """网站 in `bureau.yaml`."""

    name: str = Field("", alias="名称")
    domain: str = Field("", alias="域名")
    identifier: str = Field("", alias="网站标识码")
    record: str = Field("", alias="备案号")
    host: str = Field("", alias="主办单位")
    address: str = Field("", alias="地址")
    contact: str = Field("", alias="联系人")
    phone: str = Field("", alias="电话")
    tables: FragmentTables = Field(FragmentTables.MERGED, alias="网页片段表格")


class PageEntry(_Entry):
    """版面 in `bureau.yaml`; margins in millimetres, the pitch of lines in points."""

    name: Annotated[PageName, _reader_of(PageName, _PAGES)] = Field(PageName.GBT33476, alias="名称")
    top: Margin | None = Field(None, alias="上边距")
    bottom: Margin | None = Field(None, alias="下边距")
    left: Margin | None = Field(None, alias="左边距")
    right: Margin | None = Field(None, alias="右边距")
    line: Pitch | None = Field(None, alias="行距")
    number_form: Annotated[NumberForm, _reader_of(NumberForm, _NUMBER_FORMS)] = Field(
        NumberForm.DASHED, alias="页码"
    )
    number_place: Annotated[NumberPlace, _reader_of(NumberPlace, {"外": "外侧", "中": "居中"})] = (
        Field(NumberPlace.OUTER, alias="页码位置")
    )
    fang: FontName | None = Field(None, alias="仿宋")
    has_grid: YesOrNo = Field(False, alias="文档网格")


class BureauEntry(_Entry):
    """`bureau.yaml`."""

    version: int = Field(1, alias="内容版本", ge=1, lt=10_000)
    organs: tuple[OrganEntry, ...] = Field((), alias="发文机关")
    page: Annotated[PageEntry | None, BeforeValidator(_named)] = Field(None, alias="版面")
    archive: Archive = Field(Archive.OFD, alias="归档")
    site: SiteEntry | None = Field(None, alias="网站")
    people: dict[Line, Lines | None] = Field({}, alias="人员")
    departments: dict[Line, Lines | None] = Field({}, alias="部门")
    terms: dict[Line, Lines | None] = Field({}, alias="术语")


class SiteColumnEntry(_Entry):
    """One entry of 栏目 in `archive.yaml`; without conditions it takes what no other does."""

    name: Line = Field(alias="名称")
    type: Line | None = Field(None, alias="类型")
    description: Line | None = Field(None, alias="描述")
    keywords: Lines = Field((), alias="关键词")
    kinds: Lines = Field((), alias="文种")
    subjects: Lines = Field((), alias="主题分类")
    documents: Lines = Field((), alias="公文")


class ArchiveEntry(_Entry):
    """`archive.yaml`."""

    name: Line | None = Field(None, alias="名称")
    address: WebAddress | None = Field(None, alias="网址")
    columns: tuple[SiteColumnEntry, ...] = Field((), alias="栏目")
    renamed: dict[Line, Line] = Field({}, alias="改名")
    earlier: dict[Line, Lines] = Field({}, alias="以前的版本")
    withdrawn: Lines = Field((), alias="撤下")


class AcceptanceEntry(_Entry):
    """One entry of 接受."""

    finding: Line = Field(alias="问题")
    file: Line = Field(alias="文件")
    message: Line = Field(alias="提示")
    words: Line | None = Field(None, alias="原文")
    reason: Line = Field(alias="理由")


class RuleEntry(_Entry):
    """One entry of 接受条款."""

    rule: Line = Field(alias="条款")
    reason: Line = Field(alias="理由")


class AcceptedEntry(_Entry):
    """`accepted.yaml`."""

    accepted: tuple[AcceptanceEntry, ...] = Field((), alias="接受")
    rules: tuple[RuleEntry, ...] = Field((), alias="接受条款")


class CommentEntry(_Entry):
    """One entry of 批注."""

    author: Line = Field(alias="作者")
    date: Line | None = Field(None, alias="日期")
    source: Line | None = Field(None, alias="来源")
    where: Line | None = Field(None, alias="位置")
    anchor: Line | None = Field(None, alias="原文")
    words: str = Field(alias="批注")
    replies: tuple[Line, ...] = Field((), alias="回复")
    answer: str | None = Field(None, alias="答复")


class CommentsEntry(_Entry):
    """`comments.yaml`."""

    comments: tuple[CommentEntry, ...] = Field((), alias="批注")


Entry = TypeVar("Entry", bound=_Entry)


def validate(values: Values, schema: type[Entry]) -> tuple[Entry, list[Finding]]:
    """`values` as `schema`; what is wrong in them is left out and becomes findings."""
    faults: list[Finding] = []
    while True:
        try:
            return schema.model_validate(values.data), faults
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False)
        paths = [_path_in(values.data, problem) for problem in problems]
        faults += [
            _finding(problem, path, values, schema)
            for problem, path in zip(problems, paths, strict=True)
        ]
        if () in paths:  # nothing left to leave out: the schema has a rule that nothing can meet
            return schema(), faults
        values.remove(_outermost(paths))


def _path_in(data: Any, problem: Any) -> Keys:
    """What a problem is about, as far as the data has it: pydantic also names types' branches.

    An absent key is a problem of the entry around it.
    """
    path: Keys = ()
    for step in problem["loc"][:-1] if problem["type"] == "missing" else problem["loc"]:
        is_entry = isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data)
        if not is_entry and not (isinstance(data, dict) and step in data):
            break
        data = data[step]
        path = (*path, step)
    return path


def _outermost(paths: list[Keys]) -> list[Keys]:
    """The paths in order, each once, without those that lie below another."""
    there = dict.fromkeys(paths)
    return [
        path for path in there if not any(path[:length] in there for length in range(len(path)))
    ]


def _finding(problem: Any, path: Keys, values: Values, schema: type[_Entry]) -> Finding:
    place = values.place_of(path)
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    match problem["type"]:
        case "missing":
            place = values.place_of(problem["loc"])
            return findings.missing_key(place, str(problem["loc"][-1]))
        case "extra_forbidden":
            return findings.unknown_key(place, key, _known_keys(schema, path[:-1]))
        case _:
            return findings.wrong_value(place, key, _shown(problem["input"]), _expected(problem))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "……"


def _expected(problem: Any) -> str:
    location = str(problem["loc"])
    if "标志高" in location:
        return "标志的高应写作 20mm 或 2厘米，从 5mm 到 60mm。"
    match problem["type"]:
        case "int_parsing" | "greater_than_equal" | "less_than_equal" | "int_type" if (
            "表头" in location or "行头" in location
        ):
            return "应为一个数，不超过 9。"
        case "int_parsing" | "greater_than_equal" | "less_than_equal" | "int_type":
            return "应为“是”、“否”，或目录的级数 1 至 4。"
        case "bool_parsing" | "bool_type":
            return "应为“是”或“否”。"
        case "enum":
            choices: str = problem["msg"].removeprefix("Input should be ")
            return f"应为：{choices.replace(' or ', '、').replace(', ', '、')}。".replace("'", "")
        case "date_type" | "date_from_datetime_parsing" | "value_error" | "date_parsing":
            return "日期应写作 2025-02-26，且确有其日。"
        case "string_pattern_mismatch" if "份号" in location:
            return "份号是一至六位阿拉伯数字。"
        case "string_pattern_mismatch":
            return "应写成一行，不能为空。"
        case "string_type":
            return "应为一行文字。"
        case "tuple_type" | "list_type":
            return "应为一个列表：每项一行，以“- ”开头。"
        case "margin":
            return "边距应写作 37mm 或 3.7厘米，不能是负数。"
        case "pitch":
            return "行距应写作 28磅。"
        case "time_of_day":
            return "时间应写作 09:30，从 00:00 到 23:59。"
        case "web_address":
            return "应为完整的网址，以 http:// 或 https:// 开头。"
        case "several_columns":
            return f"只能有一列是“{problem['msg'].rsplit(' ', 1)[-1]}”。"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "应为“名称: 值”的形式，每项一行并缩进。"
        case _:
            return "请对照 docs/writing.md 改正。"


def _known_keys(schema: type[BaseModel], path: Keys) -> list[str]:
    for step in path:
        if isinstance(step, int):
            continue
        schema = _ENTRIES.get(step, schema)
    return [field.alias or name for name, field in schema.model_fields.items()]


_ENTRIES: dict[str, type[BaseModel]] = {
    "印发件": IssuedEntry,
    "附件": AttachmentEntry,
    "网站": SiteEntry,
    "发文机关": OrganEntry,
    "版面": PageEntry,
    "接受": AcceptanceEntry,
    "栏目": SiteColumnEntry,
}
