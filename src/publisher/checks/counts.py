"""Counts that a document announces → those that differ from what is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from publisher.checks.lines import titles
from publisher.checks.reconciliation import Reconciliations
from publisher.checks.review import review, short
from publisher.checks.rows import data_tables, is_banner, is_list, items_of, rows_of
from publisher.checks.tasks import is_empty, is_group_alone
from publisher.diagnostics import Finding
from publisher.latest import keeps_latest
from publisher.model import (
    Block,
    ColumnRole,
    Document,
    Heading,
    Item,
    LevelForm,
    Paragraph,
    Place,
    Prose,
    Row,
    Table,
    one_line,
    plain,
)
from publisher.words.numbering import numbers, split, typed
from publisher.words.numerals import COUNTED, NUMBER, value_of
from publisher.words.places import place_in
from publisher.words.sentences import spans, trimmed

_NOT_AFTER = f"(?<![第前近约每各逾超0-9.．两{COUNTED}])"


def announced_count_differs(document: Document, bound: Reconciliations) -> Iterator[Finding]:
    """A number of things is announced that are not so many, as 共23项, （共6项） or 3项：甲，乙.

    Held against what is there are: the name of a group and the title of a table (its rows), a
    clause that has the name of a group, a heading (the headings, items or counts below it, and the
    rows of the table that its clauses name), a list behind a colon, 以下三个方面 before headings,
    and what introductions say of the only task table or of the table that they name. Rows that hold
    their group alone are none, and neither are 合计 and rows that are one cell. Tables of figures
    announce nothing. Mend the number, or look for what was lost.
    """
    yield from _of_groups(document)
    yield from _of_titles(document)
    yield from _of_clauses(document)
    for text in document.proses:
        yield from _of_headings(text, document)
        yield from _of_lists(text)
        yield from _of_introductions(text)
    yield from _of_tasks(document, bound)


def _differs(place: Place, announced: str, there: str) -> Finding:
    return review(
        "announced_count_differs",
        place,
        f"文中说{short(announced)}，{there}",
        "请核对数目，或是否漏了、多了内容。",
    )


# -- tables -----------------------------------------------------------------------------

_THINGS = "[项条件个家名]"
_IN_BRACKETS = re.compile(f"（(?:共计?|合计|计)?(?P<number>{NUMBER}){_THINGS}）$")


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of a table that share a group."""

    label: str
    place: Place
    items: int
    """How many of its rows say something."""
    is_withheld: bool
    """Whether a row holds the group alone."""

    @property
    def name(self) -> str:
        """Its name without its number and its count."""
        return split(without_count(self.label))[1]


def without_count(label: str) -> str:
    """The name of a group without what it says of the number of its rows, as （共6项）."""
    return _IN_BRACKETS.sub("", label)


@keeps_latest
def _groups(table: Table) -> list[_Group]:
    column = table.column_of(ColumnRole.GROUP)
    if column is None:
        return []
    made = []
    for label, run in groupby(items_of(table), lambda row: row.cells[column].text):
        rows = list(run)
        is_withheld = any(is_group_alone(table, row) for row in rows)
        place = rows[0].cells[column].place
        made.append(_Group(label, place, len(_filled(table, rows)), is_withheld))
    return made


def _filled(table: Table, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if not is_empty(table, row)]


def _lists(document: Document) -> list[Table]:
    return [table for table in data_tables(document) if is_list(table)]


def _of_groups(document: Document) -> Iterator[Finding]:
    for table in _lists(document):
        for group in _groups(table):
            match = _IN_BRACKETS.search(group.label)
            if match and value_of(match["number"]) not in (None, group.items):
                there = f"这一组有内容的是 {group.items} 行"
                yield _differs(group.place.after(match.start()), match[0], there)


def _of_titles(document: Document) -> Iterator[Finding]:
    places = dict(titles(document))
    for table in _lists(document):
        title = one_line(table.title)
        match = _IN_BRACKETS.search(title)
        if match and value_of(match["number"]) not in {None, *_sizes(table)}:
            place = places[title](match.start()) if title in places else table.place
            yield _differs(place, match[0], _told(table))


@keeps_latest
def _sizes(table: Table) -> set[int]:
    """How many rows, rows that say something, and groups or parts below one cell a table has."""
    rows = items_of(table)
    parts = {len(_groups(table)), sum(map(is_banner, rows_of(table)))} - {0}
    return {len(rows), len(_filled(table, rows)), *parts}


def _told(table: Table) -> str:
    groups = len(_groups(table))
    in_groups = f"、{groups} 组" if groups else ""
    return f"表中有内容的是 {len(_filled(table, items_of(table)))} 行{in_groups}"


# -- clauses that tables list --------------------------------------------------------------

_MOST_GROUPS = 100
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class _Clause:
    """A block that announces how many rows a group of a table has."""

    block: int
    words: str
    place: Place
    number: int
    group: _Group


def _of_clauses(document: Document) -> Iterator[Finding]:
    for table in _lists(document):
        names = {group.name: group for group in _groups(table) if len(group.name) >= _SHORTEST_NAME}
        if not 0 < len(names) <= _MOST_GROUPS:
            continue
        for text in document.texts:
            clauses = list(_clauses(text, names))
            for clause in clauses:
                if clause.number != clause.group.items and not clause.group.is_withheld:
                    there = f"表中“{clause.group.label}”有内容的是 {clause.group.items} 行"
                    yield _differs(clause.place, clause.words, there)
            yield from _above(text, clauses, table, len(names))


def _clauses(text: Prose, names: dict[str, _Group]) -> Iterator[_Clause]:
    """The blocks that name a group and how many things it has."""
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = re.compile(
        f"(?P<name>{either})(?:方面|领域|类)?[（，]?(?:共|有|计|共有)?(?P<number>{NUMBER})(?:项|条|件)"
    )
    for index, block in enumerate(text.blocks):
        match = pattern.search(plain(block.content))
        number = value_of(match["number"]) if match else None
        if match and number is not None:
            place = place_in(block, match.start("number"))
            yield _Clause(index, match[0], place, number, names[match["name"]])


def _above(text: Prose, clauses: list[_Clause], table: Table, groups: int) -> Iterator[Finding]:
    """What stands above clauses that name most groups: its count is that of the table's rows."""
    above: Counter[int] = Counter()
    latest: dict[int, int] = {}
    named = {clause.block for clause in clauses}
    levels = _levels_of(text)
    for index in range(len(text.blocks)):
        level = levels.get(index, _NO_LEVEL)
        if index in named:
            above.update(at for upper, at in latest.items() if upper < level)
        if index in levels:
            latest = {upper: at for upper, at in latest.items() if upper < level} | {level: index}
    items = len(_filled(table, items_of(table)))
    for index, count in above.items():
        words = plain(text.blocks[index].content)
        match = _COUNT_OF_HEADING.search(words)
        if match and 2 * count > groups and value_of(match["number"]) not in (None, items):
            yield _differs(place_in(text.blocks[index], match.start()), match[0], _told(table))


_NO_LEVEL = 99
"""Below all that is numbered."""


def _levels_of(text: Prose) -> dict[int, int]:
    """The levels of the headings and items of a text, by the indices of their blocks."""
    return {index: number.level for index, number in numbers(text)}


# -- headings -----------------------------------------------------------------------------

_COUNT_OF_HEADING = re.compile(f"（(?:共计?|合计|计)?(?P<number>{NUMBER}){_THINGS}）")
_COUNT_OF_CLAUSE = re.compile(f"{_NOT_AFTER}(?P<number>{NUMBER})(?:项|条|件)")
_TYPED_ITEM = re.compile(typed(LevelForm.PART, LevelForm.CLAUSE, LevelForm.ITEM, LevelForm.SUBITEM))


def _of_headings(text: Prose, document: Document) -> Iterator[Finding]:
    """Headings and items with a count in brackets, held against what stands below them."""
    tables = [size for table in data_tables(document) for size in _sizes(table)]
    levels = _levels_of(text)
    for index in levels:
        block = text.blocks[index]
        match = _COUNT_OF_HEADING.search(plain(block.content))
        number = value_of(match["number"]) if match else None
        if match is None or number is None:
            continue
        there = _counts(text, _below(text, index, levels), levels)
        if there and number not in {*there, *tables}:
            counted = "、".join(str(count) for count in sorted(there))
            yield _differs(place_in(block, match.start()), match[0], f"下面数得 {counted} {_UNIT}")


_UNIT = "项"


def _below(text: Prose, index: int, levels: dict[int, int]) -> range:
    """The blocks below a heading or an item, to the next of its level."""
    below = range(index + 1, len(text.blocks))
    ends = (at for at in below if levels.get(at, _NO_LEVEL) <= levels[index])
    return range(below.start, next(ends, below.stop))


def _counts(text: Prose, below: range, levels: dict[int, int]) -> set[int]:
    """How many headings or items stand directly below something, or what these announce."""
    of_headings = [at for at in below if isinstance(text.blocks[at], Heading)]
    direct = range(below.start, min(of_headings, default=below.stop))
    headings = _highest(of_headings, levels)
    items = _highest([at for at in direct if isinstance(text.blocks[at], Item)], levels)
    lists = [at for at in items if _begins_anew(text.blocks[at])]
    first = [at for at in items if at < min(lists, default=below.stop)]
    counts = {len(headings), len(items), len(first), _typed(text, below)}
    return (counts | {_total(text, headings), _total(text, items)}) - {0}


def _total(text: Prose, blocks: list[int]) -> int:
    """What some blocks announce together; 0 where one announces nothing."""
    matches = [_COUNT_OF_CLAUSE.search(plain(text.blocks[at].content)) for at in blocks]
    counted = [number for match in matches if match and (number := value_of(match["number"]))]
    return sum(counted) if len(counted) == len(blocks) else 0


def _highest(blocks: Sequence[int], levels: dict[int, int]) -> list[int]:
    """Those of some numbered blocks that are of the highest level among them."""
    highest = min((levels[at] for at in blocks), default=0)
    return [at for at in blocks if levels[at] == highest]


def _typed(text: Prose, below: range) -> int:
    """How many paragraphs begin with a typed number."""
    paragraphs = (text.blocks[at] for at in below if isinstance(text.blocks[at], Paragraph))
    return sum(1 for block in paragraphs if _TYPED_ITEM.match(plain(block.content)))


# -- lists behind a colon -------------------------------------------------------------------

_LIST = re.compile(
    f"{_NOT_AFTER}(?P<number>{NUMBER})(?P<unit>个方面|方面|项|条|类|种|点|个|件)"
    "(?P<what>[^，。；：！？、]{0,10})：(?P<list>[^。：！？]+)(?:。|$)"
)
_ENCLOSED = re.compile("（[^（）]*）|“[^“”]*”|《[^《》]*》")
_MOST_LISTED, _LONGEST_LISTED = 20, 14
_AND = re.compile("以及|[和与及]")


def _of_lists(text: Prose) -> Iterator[Finding]:
    for block in text.blocks:
        # What is enclosed may have marks of its own.
        words = _ENCLOSED.sub(lambda match: "〇" * len(match[0]), plain(block.content))
        for match in _LIST.finditer(words):
            number = value_of(match["number"])
            counts = _listed(match["list"])
            if counts and number and 1 < number <= _MOST_LISTED and number not in counts:
                announced = match[0][: match.start("list") - match.start() - 1]
                place = place_in(block, match.start())
                yield _differs(place, announced, f"后面列出的是 {min(counts)} {match['unit']}")


def _listed(words: str) -> set[int]:
    """How many things a list has; none where its marks leave that open."""
    if re.search("等(?:[^，。；：、]{0,4})$", words):
        return set()
    if "；" in words:
        return {len([part for part in words.split("；") if part])}
    if "，" in words and "、" in words:
        return set()
    parts = re.split("[，、]", words)
    if len(parts) < 2 or any(len(part) > _LONGEST_LISTED for part in parts):
        return set()
    more = sum(1 for part in parts if _AND.search(part))
    return set(range(len(parts), len(parts) + more + 1))


# -- what introduces headings and items -----------------------------------------------------

_INTRODUCED = re.compile(
    f"(?:以下|下列|如下|下面)[^，。；：0-9两{COUNTED}]{{0,6}}(?P<number>{NUMBER})(?:个方面|个|项|点|条)"
    f"[^。；]*[。：]$|{_NOT_AFTER}(?P<before>{NUMBER})(?:个方面|项|点|条)[^，。；：]{{0,8}}"
    "(?:通知|要求|意见|安排|明确|规定|报告|函告|通报)如下[：:。]$"
)


def _of_introductions(text: Prose) -> Iterator[Finding]:
    """A paragraph or an item that announces the headings or the items that follow it."""
    levels = _levels_of(text)
    for index, block in enumerate(text.blocks[:-1]):
        if isinstance(block, Heading):
            continue
        match = _INTRODUCED.search(plain(block.content))
        number = value_of(match["number"] or match["before"]) if match else None
        if match is None or number is None:
            continue
        there, what = _introduced(text, index, levels)
        if there and there != number:
            start = match.start("number") if match["number"] else match.start("before")
            yield _differs(place_in(block, start), match[0], f"下面是 {there} {what}")


def _introduced(text: Prose, index: int, levels: dict[int, int]) -> tuple[int, str]:
    """How many headings or items follow a block; none where nothing is numbered."""
    first = index + 1
    block = text.blocks[first]
    if first not in levels:
        kind = _kind(block)
        below = range(first, _end(text, first, levels, before_heading=True))
        return sum(1 for at in below if kind and _kind(text.blocks[at]) == kind), _UNIT
    if levels[first] <= levels.get(index, 0):
        return 0, ""
    is_heading = isinstance(block, Heading)
    below = range(first, _end(text, first, levels, before_heading=not is_heading))
    count = sum(1 for at in below if levels.get(at) == levels[first])
    return count, "个标题" if is_heading else _UNIT


def _end(text: Prose, first: int, levels: dict[int, int], *, before_heading: bool) -> int:
    """Where what begins at a block ends: before what is of a higher level, or a heading."""
    level = levels.get(first, _NO_LEVEL)
    ends = (
        at
        for at in range(first + 1, len(text.blocks))
        if levels.get(at, _NO_LEVEL) < level
        or (before_heading and isinstance(text.blocks[at], Heading))
        or (levels.get(at) == level and _begins_anew(text.blocks[at]))
    )
    return next(ends, len(text.blocks))


def _begins_anew(block: Block) -> bool:
    return isinstance(block, Item) and block.begins_anew


def _kind(block: Block) -> str | None:
    """What a typed number looks like, whatever it counts to."""
    match = _TYPED_ITEM.match(plain(block.content))
    return re.sub(f"[0-9两{COUNTED}]+", "1", match[0]) if match else None


# -- introductions of task tables -----------------------------------------------------------

_ANNOUNCED = re.compile(
    f"{_NOT_AFTER}(?P<number>{NUMBER})"
    "(?:项(?:具体|重点|工作|主要|目标)*(?:任务|工作|举措|措施)|个方面|大类|个部分|大行动|项行动)"
    f"|(?:共|共计|合计|总计)(?P<total>{NUMBER})项"
)


def _of_tasks(document: Document, bound: Reconciliations) -> Iterator[Finding]:
    """What introductions say of the only task table, or a sentence of the table that it names."""
    if len(bound) == 1:
        (reconciliation,) = bound
        plan = reconciliation.text
        texts = [document.body] if plan is document.body else [document.body, plan]
        blocks = [block for text in texts for block in _introduction(text)]
        filled = {sum(1 for task in reconciliation.tasks if trimmed(task.words))}
        yield from _announced(blocks, reconciliation.table, {*_levels(plan), *filled})
    elif len(lists := _lists(document)) == 1 and lists[0].title:
        (table,) = lists
        named = re.compile(f"附件|{re.escape(trimmed(one_line(table.title)))}")
        texts = [document.body, *document.issued]
        blocks = [
            block for text in texts for block in text.blocks if named.search(plain(block.content))
        ]
        yield from _announced(blocks, table, set(), named)


def _announced(
    blocks: Iterable[Block],
    table: Table,
    counts: set[int],
    named: re.Pattern[str] | None = None,
) -> Iterator[Finding]:
    """The numbers announced in blocks, or in those of their sentences that name the table."""
    right = counts | _sizes(table)
    for block in blocks:
        for span in spans(plain(block.content)):
            if named is not None and not named.search(span.words):
                continue
            for match in _ANNOUNCED.finditer(span.words):
                number = value_of(match["number"] or match["total"])
                if number is not None and number > 1 and number not in right:
                    place = place_in(block, span.start + match.start())
                    yield _differs(place, match[0], _told(table))


def _introduction(text: Prose) -> Iterator[Block]:
    """The blocks before the first heading."""
    for block in text.blocks:
        if isinstance(block, Heading):
            break
        yield block


def _levels(text: Prose) -> Iterable[int]:
    """How many headings and items of each level a text has."""
    return Counter(_levels_of(text).values()).values()
