"""A page of a real document, as a website shows it → the files of `content` that say the same.

The structure is read from how the page is set: titles are large, signatures stand at the right,
headings are bold or in 楷体. What a page does not show is in `HINTS`.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import html
from source_tables import REMARKS, Said, SourceTable, as_bars, as_csv, remarks_of, tables_of

from publisher.model import Kind, LevelForm
from publisher.words.numerals import value_of

BUREAU = """\
发文机关:
  - 名称: 国务院办公厅
  - 名称: 国务院
  - 名称: 中央军委办公厅
  - 名称: 中华人民共和国国务院
"""


@dataclass(frozen=True)
class Hints:
    """What no rule can know of a document."""

    end_of_item: str = ""
    """How the paragraph begins that ends the last item, and looks as if it stood below all."""
    tables: tuple[Said, ...] = ()
    """What the columns of each table hold, of those of which their cells do not tell it."""


HINTS = {
    "guobanfa_1996_32_zhuanfa_qingshi_biao": Hints(tables=(Said({"1995年招生人数": "数字"}),)),
    "guobanfa_2018_126_tongzhi_fujian_biao": Hints(
        tables=(
            Said(
                {"领域": "分组", "序号": "序号", "改革举措": "文字", "主要内容": "文字"}
                | {"指导部门": "文字", "推广范围": "文字"},
                banners="领域",
            ),
        ),
    ),
    "guobanfa_2019_4_yijian_zhibiao_biao": Hints(
        tables=(
            Said(
                {"一级指标": "分组", "二级指标": "分组", "三级指标": "文字"}
                | {"指标性质": "文字", "指标说明": "文字"}
            ),
        ),
    ),
    "guohan_2006_132_pifu_duo_fujian_biao": Hints(end_of_item="经双方协商"),
}  # fmt: skip

# -- the lines of a page ----------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A paragraph of the page."""

    words: str
    is_large: bool = False
    is_right: bool = False
    is_indented: bool = False
    lead: int = 0
    """How many characters at its begin are bold or in 楷体."""
    table: int | None = None
    """Which table of the page stands here instead of words."""


def lines_of(page: str) -> Iterator[Line]:
    """The lines of a page, in order."""
    tables = itertools.count()
    for element in html.fromstring(page).iter("p", "table"):
        if any(True for _ in element.iterancestors("table")):
            continue
        if element.tag == "table":
            yield Line("", table=next(tables))
            continue
        yield from _lines_of_paragraph(element)


def _lines_of_paragraph(element: Any) -> Iterator[Line]:
    style = element.get("style") or ""
    runs = list(_runs(element, is_marked=False))
    lead = len("".join(words for words, _ in itertools.takewhile(lambda run: run[1], runs)).strip())
    for words in "".join(words for words, _ in runs).split("\n"):
        if stripped := words.replace("\xa0", " ").strip():
            is_large = "18pt" in html.tostring(element, encoding="unicode")
            is_right = "text-align: right" in style
            yield Line(stripped, is_large, is_right, "text-indent: 2em" in style, lead)
            lead = 0


def _runs(element: Any, is_marked: bool) -> Iterator[tuple[str, bool]]:
    """The words of an element in runs, each with whether it is bold or in 楷体."""
    style = element.get("style") or ""
    is_marked |= "bold" in style or "楷" in style or element.tag == "b"
    yield from [(_flat(element.text), is_marked)] if _flat(element.text) else ()
    for child in element:
        yield from [("\n", is_marked)] if child.tag == "br" else _runs(child, is_marked)
        yield from [(_flat(child.tail), is_marked)] if _flat(child.tail) else ()


def _flat(words: str | None) -> str:
    return re.sub("[\n\r]+ *", "", words or "")


# -- the parts of a document --------------------------------------------------------------


@dataclass
class Part:
    """A document, what it issues or an attachment of it."""

    is_attached: bool
    titles: list[str] = field(default_factory=list)
    number: str = ""
    subtitle: str = ""
    recipients: str = ""
    body: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """The titles of its attachments, as 附件说明 has them."""
    signature: list[str] = field(default_factory=list)
    date: str = ""
    remark: str = ""


LABEL = re.compile("附件[0-9]*[.：]?|附：")
NUMBER = re.compile(".*〔[0-9]{4}〕[0-9]+号|第[0-9]+号")
DATE = re.compile("(.{4})年(.{1,2})月(.{1,3})日")
NOTES = re.compile("附件?(：(1[.])?|1[.])")


def parts_of(lines: Iterable[Line]) -> list[Part]:
    """The document and, after it, what comes with it."""
    parts: list[Part] = []
    is_labelled = was_title = False
    for line in lines:
        if LABEL.fullmatch(line.words):
            is_labelled = True
            continue
        if line.is_large and not was_title:
            parts.append(Part(is_labelled))
            is_labelled = False
        _take(parts[-1], line)
        was_title = line.is_large
    for part in parts:
        _take_notes(part)
    return parts


def _take(part: Part, line: Line) -> None:
    words = line.words
    if line.is_large:
        part.titles.append(words)
    elif NUMBER.fullmatch(words) and not part.body:
        part.number = words
    elif not part.body and not line.is_indented and words.endswith("："):
        part.recipients = words.removesuffix("：")
    elif not part.body and re.fullmatch("（.*）", words):
        part.subtitle = words[1:-1]
    elif line.is_right and DATE.fullmatch(words):
        part.date = words
    elif line.is_right:
        part.signature.append(words)
    elif part.date and re.fullmatch("（.*）", words):
        part.remark = words[1:-1]
    else:
        part.body.append(line)


def _take_notes(part: Part) -> None:
    begins = [place for place, line in enumerate(part.body) if NOTES.match(line.words)]
    if begins:
        listed = part.body[begins[-1] :]
        part.notes = [NOTES.sub("", re.sub("^[0-9]+[.]", "", line.words)) for line in listed]
        del part.body[begins[-1] :]


# -- their text ---------------------------------------------------------------------------

CHINESE = "[一二三四五六七八九十百]+"
FORMS = {
    LevelForm.ARTICLE: f"第{CHINESE}条　",
    LevelForm.DECIMAL: "[0-9]+　",
    LevelForm.DECIMAL_2: "[0-9]+[.][0-9]+[　 ]",
    LevelForm.DECIMAL_3: "[0-9]+[.][0-9]+[.][0-9]+[　 ]",
    LevelForm.PART: f"{CHINESE}、",
    LevelForm.CLAUSE: f"（{CHINESE}）",
    LevelForm.ITEM: "[0-9]+[.、](?![0-9])",
    LevelForm.SUBITEM: "（[0-9]+）",
}
"""How each number is typed, a form above those that may stand below it."""
USUAL = (LevelForm.PART, LevelForm.CLAUSE, LevelForm.ITEM, LevelForm.SUBITEM)
ENTRY = re.compile("(?:([^：]{2,5})：)?([^：　]+(?:　[^　]+)?)　　+([^　].*)")


@dataclass
class Text:
    """Markdown, and what its front matter must say of it."""

    blocks: list[str]
    levels: tuple[LevelForm, ...]
    has_contents: bool


def text_of(lines: list[Line], end_of_item: str, tables: Sequence[str] = ()) -> Text:
    """The text of a part; each of its tables as it is written."""
    own, has_contents = _without_contents(lines)
    levels = _levels(line.words for line in own)
    writer = _Writer(own, levels, end_of_item, iter(tables))
    return Text(list(writer.blocks()), levels, has_contents)


def _without_contents(lines: list[Line]) -> tuple[list[Line], bool]:
    """The lines below a 目录, and whether there was one: it ends where its first line is again."""
    if not lines or re.sub("　", "", lines[0].words) != "目录":
        return lines, False
    first = lines[1].words
    again = next(place for place in range(2, len(lines)) if lines[place].words == first)
    return lines[again:], True


def _levels(words: Iterable[str]) -> tuple[LevelForm, ...]:
    seen = {form for line in words if (form := _form(line))}
    return USUAL if LevelForm.PART in seen else tuple(form for form in FORMS if form in seen)


def _form(words: str) -> LevelForm | None:
    return next((form for form, typed in FORMS.items() if re.match(typed, words)), None)


class _Writer:
    """Writes the blocks of a text in Markdown."""

    def __init__(
        self,
        lines: list[Line],
        levels: tuple[LevelForm, ...],
        end_of_item: str,
        tables: Iterator[str],
    ) -> None:
        self._lines, self._levels, self._end = lines, levels, end_of_item
        self._tables = tables
        self._heading: LevelForm | None = None
        self._depth = 0

    def blocks(self) -> Iterator[str]:
        place = 0
        while place < len(self._lines):
            line = self._lines[place]
            if entries := self._names(place):
                yield "\n".join(_name_list(entries))
                place += len(entries)
                continue
            if line.table is None:
                yield from self._written(line, place)
            else:
                yield next(self._tables)
            place += 1

    def _names(self, place: int) -> list[re.Match[str]]:
        """The entries of a list of names that begins here."""
        matches = (ENTRY.fullmatch(line.words) for line in self._lines[place:])
        entries = [match for match in itertools.takewhile(bool, matches) if match]
        return entries if entries and entries[0][1] else []

    def _written(self, line: Line, place: int) -> Iterator[str]:
        form = _form(line.words)
        if form is None:
            self._depth *= self._belongs_to_item(place)
            yield "   " * self._depth + _escaped(line.words)
            return
        number = re.match(FORMS[form], line.words)
        assert number
        words, lead = line.words[number.end() :], max(0, line.lead - number.end())
        if form.heads_only or form is LevelForm.ARTICLE or words[:lead].endswith("。"):
            lead = len(words) if form.heads_only or form is LevelForm.ARTICLE else lead
        elif lead < len(words):
            yield from self._item(form, words, lead)
            return
        yield from self._headed(form, words[:lead], words[lead:], place)

    def _headed(self, form: LevelForm, heading: str, run_in: str, place: int) -> Iterator[str]:
        self._heading, self._depth = form, 0
        follows = self._lines[place + 1] if place + 1 < len(self._lines) else None
        is_followed = follows is not None and follows.table is None and not _form(follows.words)
        is_sentence = heading.endswith("。") and form is not LevelForm.ARTICLE
        alone = " {.独行}" if is_sentence and not run_in and is_followed else ""
        yield f"{'#' * (self._levels.index(form) + 1)} {_escaped(heading)}{alone}"
        if run_in:
            yield _escaped(run_in)

    def _item(self, form: LevelForm, words: str, lead: int) -> Iterator[str]:
        above = self._levels.index(self._heading) + 1 if self._heading else 0
        forms = [each for each in self._levels[above:] if not each.heads_only]
        self._depth = forms.index(form) + 1
        strong = f"**{_escaped(words[:lead])}**" if lead else ""
        yield f"{'   ' * (self._depth - 1)}1. {strong}{_escaped(words[lead:])}"

    def _belongs_to_item(self, place: int) -> bool:
        """Whether a paragraph after an item is part of it: another item follows, and no heading."""
        if self._end and self._lines[place].words.startswith(self._end):
            return True
        below = [_form(line.words) for line in self._lines[place:]]
        following = next((form for form in below if form), None)
        return bool(
            following
            and not following.heads_only
            and following is not LevelForm.ARTICLE
            and (self._heading is None or FORMS_ORDER[following] > FORMS_ORDER[self._heading])
        )


FORMS_ORDER = {form: place for place, form in enumerate(FORMS)}


def _name_list(entries: list[re.Match[str]]) -> Iterator[str]:
    for label, name, office in (entry.groups() for entry in entries):
        if label:
            yield re.sub("　", "", label)
        yield f": {re.sub('　', '', name)}　{office}"


def _escaped(words: str) -> str:
    return re.sub(r"([\\`*_{}\[\]^~<>#|])", r"\\\1", words)


# -- the files ----------------------------------------------------------------------------


def files_of(name: str, page: str, text: str) -> dict[str, str]:
    """The files of a document's folder, from its page and its text, whose tables are cleaner."""
    hints = HINTS.get(name, Hints())
    parts = parts_of(lines_of(page))
    maker = _Maker(hints, tables_of(text))
    own, rest = parts[0], parts[1:]
    issued = [part for part in rest if not part.is_attached]
    attached = iter(part for part in rest if part.is_attached)
    front = _front(own) | {
        "印发件": [maker.entry(part, one_of(part), attached) for part in issued],
        "附件": [maker.entry(next(attached), title, attached) for title in own.notes],
    }
    written = text_of(own.body, hints.end_of_item)
    return {"document.md": _file(front | _levels_of(written), written)} | maker.files


def one_of(part: Part) -> str:
    """A title as a list of files has it."""
    return "\n".join(part.titles)


class _Maker:
    """Makes the files of what comes with a document, and their entries in its front matter."""

    def __init__(self, hints: Hints, tables: list[SourceTable]) -> None:
        self._hints, self._tables = hints, tables
        self.files: dict[str, str] = {}

    def entry(self, part: Part, title: str, attached: Iterator[Part]) -> dict[str, Any]:
        stem = f"{'attachment' if part.is_attached else 'issued'}-{len(self.files) + 1}"
        tables = dict(self._said(part))
        if len(tables) == 1:
            ((place, said),) = tables.items()
            table = self._tables[place]
            self.files[f"{stem}.csv"] = as_csv(table, said)
            return {"文件": f"{stem}.csv", "标题": title} | said.keys(table)
        captions = {self._tables[place].line_above for place in tables}
        lines = [line for line in _above_remarks(part.body) if line.words not in captions]
        bars = [as_bars(self._tables[place], said) for place, said in tables.items()]
        written = text_of(lines, self._hints.end_of_item, bars)
        own = _own(part) | _levels_of(written)
        own |= {"标题": one_of(part)} if _squeezed(title) != _squeezed(one_of(part)) else {}
        self.files[f"{stem}.md"] = _file(own, written)
        entry: dict[str, Any] = {"文件": f"{stem}.md", "标题": title}
        if not part.is_attached and part.notes:
            listed = [self.entry(next(attached), note, attached) for note in part.notes]
            entry["附件"] = listed
        return entry

    def _said(self, part: Part) -> Iterator[tuple[int, Said]]:
        """What is said of each table of a part: of several, each has a title of its own."""
        places = [line.table for line in part.body if line.table is not None]
        below = [line.words for line in part.body[len(_above_remarks(part.body)) :]]
        for place in places:
            said = self._hints.tables[place] if self._hints.tables else Said()
            title = self._tables[place].line_above if len(places) > 1 else ""
            remarks = remarks_of(below) if place == places[-1] else ()
            yield place, replace(said, title=title, remarks=remarks)


def _above_remarks(lines: list[Line]) -> list[Line]:
    """The lines of a part up to the remarks below its last table."""
    tables = [place for place, line in enumerate(lines) if line.table is not None]
    end = tables[-1] + 1 if tables else len(lines)
    has_remarks = end < len(lines) and REMARKS.match(lines[end].words)
    return lines[:end] if has_remarks else lines


def _front(part: Part) -> dict[str, Any]:
    title = _narrow(one_of(part))
    if title.endswith("令"):
        office, stamp = part.signature[0].split("　　")
        organ = title.removesuffix("令")
        signed = {"用印": "签名章", "签名人职务": office, "签名人": stamp}
    else:
        organ, signed = "、".join(_names(part)), {}
    kind = max((kind.value for kind in Kind if title.endswith(kind.value)), key=len, default="命令")
    return {
        "文种": kind,
        "标题": title,
        "发文机关": organ,
        "发文字号": part.number,
        "主送": part.recipients,
        "成文日期": _day(part.date),
        "附注": part.remark,
    } | signed


def _own(part: Part) -> dict[str, Any]:
    names = _names(part)
    return {
        "题注": part.subtitle,
        "主送": part.recipients,
        "署名": names[0] if len(names) == 1 else names,
        "成文日期": _day(part.date),
        "附注": part.remark,
    }


def _names(part: Part) -> list[str]:
    """Who signed: a name may take two lines, and several stand on one."""
    signed = re.sub(" *&sp;", "", "".join(part.signature))
    return signed.split("　") if signed else []


def _levels_of(text: Text) -> dict[str, Any]:
    levels = {} if text.levels in ((), USUAL) else {"层次": [form.value for form in text.levels]}
    return levels | ({"目录": "是"} if text.has_contents else {})


def _file(front: dict[str, Any], text: Text) -> str:
    said = {key: words for key, words in front.items() if words}
    lines = [f"{key}: {json.dumps(words, ensure_ascii=False)}" for key, words in said.items()]
    head = ["---", *lines, "---", ""] if lines else []
    return "\n".join([*head, "\n\n".join(text.blocks), ""])


def _day(words: str) -> str:
    """A date as YYYY-MM-DD, whichever way it was written."""
    match = DATE.fullmatch(words)
    if not match:
        return ""
    digits = str.maketrans("〇一二三四五六七八九", "0123456789")
    year = match[1].translate(digits)
    month, day = (value_of(each) for each in match.groups()[1:])
    return f"{year}-{month:02}-{day:02}"


def _narrow(title: str) -> str:
    """A title without blanks between all its characters."""
    return "\n".join(
        line.replace(" ", "") if re.fullmatch("(. )+.", line) else line
        for line in title.split("\n")
    )


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def build(shared: Path, content: Path) -> None:
    """Write the content of every real document below `content`."""
    content.mkdir(parents=True, exist_ok=True)
    (content / "bureau.yaml").write_text(BUREAU, "utf-8")
    for page in sorted(shared.glob("*.html")):
        folder = content / page.stem.replace("_", "-")
        folder.mkdir(exist_ok=True)
        text = page.with_suffix(".txt").read_text("utf-8")
        for name, words in files_of(page.stem, page.read_text("utf-8"), text).items():
            (folder / name).write_text(words, "utf-8")


if __name__ == "__main__":
    build(Path(__file__).parents[2] / "../shared/real", Path(sys.argv[1]))
