"""What a document or a text says of itself → the keys of its front matter, in the usual order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from publisher.forms import form_of
from publisher.keys import KEYS, value_of
from publisher.model import (
    STANDARD_LEVELS,
    Attachment,
    Bureau,
    Delivery,
    Document,
    FinishedFile,
    LevelForm,
    Orientation,
    Picture,
    Prose,
    Table,
)
from publisher.writers.numbers import width
from publisher.writers.tables import WrittenTable
from publisher.writers.yaml import Data, Keys

ORDER = (
    *("文种", "版式", "标题", "题注", "发文机关", "发文机关标志", "发文字号", "红头", "印刷"),
    *("归档", "份号", "密级", "紧急程度", "签发人", "主送", "成文日期", "用印", "签名人职务"),
    *("签名人", "附注", "出席", "请假", "列席", "层次", "连续编号", "印发件", "附件", "抄送"),
    *("公开属性", "印发机关", "印发日期", "索引号", "主题分类", "关键词", "摘要", "发布日期"),
    *("发布时间", "有效性", "网址", "相关文件", "修改", "废止", "替代", "解读"),
)
"""Of the keys of a document, as the examples have them."""
_FIELDS = {key.name: key.field for key in KEYS}
_BLANK = Document("", Bureau(()), Prose(""))
_BETWEEN_NAMES = re.compile("[、；;\n]")
"""What parts the names that stand on one line."""


@dataclass(frozen=True, slots=True)
class AttachedFiles:
    """What the files of attachments are called, and what is said of tables beside their cells."""

    names: Mapping[int, str]
    """By the identity of what is attached."""
    tables: Mapping[int, WrittenTable]

    def name(self, attached: Attachment) -> str:
        """The name of a file."""
        return self.names[id(attached)]


def document_front(document: Document, files: AttachedFiles) -> Keys:
    """The keys of `document.md`."""
    of_texts: dict[str, Data] = {
        "印发件": [_entry(text, files, with_attachments=True) for text in document.issued],
        "附件": [_entry(each, files) for each in document.body.attachments],
    }
    made: Keys = {}
    for key in ORDER:
        value = of_texts.get(key) if key in of_texts else _value(document, key)
        if value:
            made[key] = value
    return made


def _value(document: Document, key: str) -> Data | None:
    value = value_of(document, _FIELDS[key])
    usual: object = value_of(_BLANK, _FIELDS[key])
    if key == "版式":
        usual = form_of(document.kind)
    if value == usual:
        return None
    if key == "发文机关":
        return _names(organ.name for organ in document.issuers)
    return _written(key, value)


def _written(key: str, value: object) -> Data | None:
    match value:
        case str():
            return value
        case datetime.date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case tuple() if key in ("层次", "连续编号"):
            return _levels(value)
        case tuple() if key == "抄送":
            return value[0] if len(value) == 1 else list(value)
        case tuple() if key == "相关文件":
            return dict(value)
        case tuple():
            return _names(value)
    return None


def _names(names: Iterable[str]) -> Data:
    """Names on one line, where none of them has in itself what would part it."""
    given = list(names)
    if any(_BETWEEN_NAMES.search(name) for name in given):
        return [*given]
    return "、".join(given)


def _levels(levels: Sequence[LevelForm]) -> Data:
    return tuple(form.value for form in levels)


# -- entries ------------------------------------------------------------------------------


def _entry(attached: Attachment, files: AttachedFiles, *, with_attachments: bool = False) -> Keys:
    """An entry of 印发件 or 附件."""
    said: dict[str, Data | None] = {"文件": files.name(attached), "标题": attached.title}
    match attached:
        case Prose():
            if _has_levels_in_entry(attached) and attached.levels != STANDARD_LEVELS:
                said["层次"] = _levels(attached.levels)
            if attached.orientation is not Orientation.PORTRAIT:
                said["版面"] = attached.orientation.value
        case Table():
            keys = files.tables[id(attached)].keys
            said["分组方式"] = keys.get("分组方式")
            said["版面"] = attached.orientation.value if attached.orientation else None
            said.update(keys)
        case Picture():
            said["版面"] = attached.orientation.value if attached.orientation else None
            said["替代文字"] = attached.words
            said["宽"] = width(attached.width) if attached.width is not None else None
        case FinishedFile():
            pass
    if attached.delivery is not Delivery.BOUND:
        said["装订"] = attached.delivery.value
    if with_attachments and isinstance(attached, Prose) and not names_its_own(attached):
        said["附件"] = [_entry(each, files) for each in attached.attachments]
    return {key: value or "" for key, value in said.items() if value or key == "标题"}


def text_front(text: Prose, files: AttachedFiles, *, with_attachments: bool) -> Keys:
    """The keys above the words of a text that is issued or attached; none where it has none."""
    own = text.own
    said: dict[str, Data | None] = {
        "标题": text.own_title,
        "题注": text.subtitle,
        "主送": own.recipients,
        "署名": _names(own.signatories),
        "成文日期": own.date.isoformat() if own.date else None,
        "附注": own.remark,
        "层次": None,
        "连续编号": _levels(text.continuous),
        "目录": {0: None, 2: "是"}.get(text.contents, str(text.contents)),
        "封面": "是" if text.has_cover else None,
    }
    if text.levels != STANDARD_LEVELS and not _has_levels_in_entry(text):
        said["层次"] = _levels(text.levels)
    if with_attachments or names_its_own(text):
        said["附件"] = [_entry(each, files) for each in text.attachments]
    return {key: value for key, value in said.items() if value}


def names_its_own(text: Prose) -> bool:
    """Whether a text that is issued names its attachments itself, as its author has it."""
    return "附件" in dict(text.own.places)


def _has_levels_in_entry(text: Prose) -> bool:
    """Whether the entry of a text says its levels: where it has been read, and not itself does."""
    return text.place.file.endswith(".md") and "层次" not in dict(text.own.places)
