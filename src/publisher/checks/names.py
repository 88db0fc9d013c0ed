"""People and departments that tables name → unknown ones, and those spelled in several ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from publisher.checks.review import review
from publisher.checks.rows import data_tables
from publisher.diagnostics import Finding
from publisher.limits import MOST_FINDINGS
from publisher.model import Bureau, ColumnRole, Document, Named, Place

_BLANKS = re.compile(r"\s+")
_OFFICE = re.compile("^[省市州县区局镇街](?=..)")
"""Before a department's name: 市 in 市河湖管理中心."""


def unknown_name(document: Document) -> Iterator[Finding]:
    """A table names a person or department that `bureau.yaml` does not have.

    Either the name is mistyped, and the task is given to nobody, or `bureau.yaml` is behind. The
    likeliest known name is suggested. Where `bureau.yaml` lists no people, or no departments,
    nothing is told of them. Each name is told once. Mend it, or add it to 人员 or 部门.
    """
    for role, key in _KEYS.items():
        known = _spellings(document.bureau, role)
        if not known:
            continue
        same = {_plain(spelling) for spelling in known}
        there = _places(document, role)
        unknown = [item for item in there if _plain(item) not in same]
        for number, item in enumerate(unknown):
            # To look for the likest takes long, and no more are told than this.
            choices = known if number < MOST_FINDINGS else {}
            yield review(
                "unknown_name",
                there[item][0],
                f"bureau.yaml 的“{key}”中没有“{item}”{_also(there[item])}",
                _advice(item, choices, same, key),
            )


def name_spelled_otherwise(document: Document) -> Iterator[Finding]:
    """A person or department is spelled in two ways in the tables of a document.

    王明 and 王 明, 河湖中心 and 市河湖中心: whoever filters the table by the one misses the rows of
    the other. Spellings are one name where `bureau.yaml` says so, and where they differ by blanks
    or by a 市, 区 or the like before them. The rarer spelling is told; of equals, the one that is
    not the name in `bureau.yaml`. Write one spelling everywhere.
    """
    for role in _KEYS:
        canonical = _spellings(document.bureau, role)
        spellings: dict[str, dict[str, list[Place]]] = defaultdict(dict)
        for item, places in _places(document, role).items():
            spellings[_identity(item, canonical, role)][item] = places
        for spelled in spellings.values():
            usual = max(
                spelled,
                key=lambda spelling: (len(spelled[spelling]), spelling == canonical.get(spelling)),
            )
            for item, places in spelled.items():
                if item != usual:
                    yield review(
                        "name_spelled_otherwise",
                        places[0],
                        f"“{item}”在别处写作“{usual}”{_also(places)}",
                        "同一名称请用同一种写法。",
                    )


_KEYS = {ColumnRole.PEOPLE: "人员", ColumnRole.DEPARTMENTS: "部门"}


def _spellings(bureau: Bureau, role: ColumnRole) -> dict[str, str]:
    """Every spelling that `bureau.yaml` knows, and the name that it means."""
    listed: Iterable[Named] = bureau.people if role is ColumnRole.PEOPLE else bureau.departments
    known = {
        spelling: named.name for named in listed for spelling in (named.name, *named.spellings)
    }
    if known and role is ColumnRole.DEPARTMENTS:
        for organ in bureau.organs:
            known |= {name: organ.name for name in (organ.name, organ.short_name) if name}
    return known


def _places(document: Document, role: ColumnRole) -> dict[str, list[Place]]:
    """Each person or department named in a cell, and where."""
    places: dict[str, list[Place]] = defaultdict(list)
    for table in data_tables(document):
        for index, column in enumerate(table.columns):
            if column.role is role:
                for row in table.rows:
                    cell = row.cells[index]
                    for item in cell.items:
                        places[item].append(cell.place.after(cell.text.index(item)))
    return places


_SHOWN = 5


def _also(places: list[Place]) -> str:
    """The lines of the other places, in brackets."""
    lines = "、".join(str(place.line) for place in places[1 : _SHOWN + 1])
    more = f"等 {len(places)} 处" if len(places) > _SHOWN + 1 else ""
    return f"（另在第 {lines} 行{more}）" if lines else ""


def _identity(item: str, canonical: dict[str, str], role: ColumnRole) -> str:
    """What all spellings of a name have in common."""
    name = _plain(canonical.get(item, item))
    return name if role is ColumnRole.PEOPLE else _OFFICE.sub("", name)


def _plain(item: str) -> str:
    return _BLANKS.sub("", item)


def _advice(item: str, known: Mapping[str, str], same: Container[str], key: str) -> str:
    """What to do about an unknown name: it may be several that are known."""
    from rapidfuzz import fuzz, process

    if all(_plain(name) in same for name in re.split("[、，,]", item)):
        return "几个之间请用“；”分隔。"
    alike = process.extract_iter(item, list(known), scorer=fuzz.ratio, score_cutoff=50)
    close = max(alike, key=lambda match: (match[1], match[0]), default=None)
    suggested = f"是否想写“{known[close[0]]}”？" if close else ""
    return f"{suggested}确有其人或单位的，请在 bureau.yaml 的“{key}”中补上。"
