"""Two versions of a text → references to its clauses and tables that kept a number that moved.

Only what is sure is told: the reference stands in both versions, names no other document, and means
one clause or table of the old version, which has another number now or is gone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.changes import Both, Op, StaleReference
from publisher.compare.match import Links
from publisher.compare.tree import Node, Sort, Tree
from publisher.words.numerals import COUNTED, value_of
from publisher.words.references import (
    TABLE_OF_ANOTHER,
    ClauseReference,
    picture_references,
    references,
    table_references,
)
from publisher.words.sentences import spans

_NUMERAL = f"(?:[0-9]+|[{COUNTED}]+)"
_LABEL = re.compile(
    f"第(?P<named>{_NUMERAL})(?P<kind>[条章节])|(?P<open>[（(])(?P<inner>{_NUMERAL})[）)]"
    f"|(?P<plain>{_NUMERAL})[、.）]"
)
_OF_ANOTHER = re.compile(
    "(?:[》〉”]|法|条例|办法|规定|规则|细则|章程|通知|意见|方案|预案|决定|标准|文件|附件[0-9]*)"
    "(?:[（(][^（()）]*[）)])?(?:的|中|里)?$"
)
"""What stands before a reference to a clause of another document."""
_OF_THIS = re.compile("本[一-鿿]{1,4}(?:的|中)?$")
_REFERS = re.compile("(?:见|按|照|据|反|合|除|用|执行|落实|于|将|把|对|本[一-鿿]{1,4}(?:的|中)?)$")
_IS_REFERRED = re.compile("(?:之|的)?(?:规定|要求|情形|所|中|明确|除外|执行|办理|的)")
_TABLE, _PICTURE = "表", "图"
_JOINT = re.compile("(?:[、，和与及至或到]|以及)")
"""What stands between the references of one list."""


@dataclass(frozen=True, slots=True)
class _Count:
    """How a clause or table is counted: 条, 章, 节, 表, （ or nothing before it; and the number."""

    kind: str
    number: int


_Steps = tuple[_Count, ...]


def stale_references(trees: Both[Tree], links: Links) -> Both[tuple[StaleReference, ...]]:
    """The references that may have to be changed in the new version; in the old, read backward."""
    return Both(
        tuple(_stale(trees.new, trees.old, links, Op.INSERTED)),
        tuple(_stale(trees.old, trees.new, links, Op.DELETED)),
    )


def _stale(before: Tree, after: Tree, links: Links, op: Op) -> Iterator[StaleReference]:
    """Those of one version that meant another clause in the version before it, on side `op`."""
    counted = {node: count for node in before.nodes if (count := _count(node))}
    for node in after.nodes:
        link = links.of(node)
        if node.sort not in (Sort.HEADING, Sort.TEXT) or link is None:
            continue
        sources = link.of(op)
        kept = Counter(words for each in sources for words, _ in _named_in(each.words))
        for words, steps in _named_in(node.words):
            kept[words] -= 1
            targets = _targets(steps, sources[0], counted) if kept[words] >= 0 else []
            places = [links.of(target) for target in targets]
            now = [place.of(op.reverse)[0] if place else None for place in places]
            if any(
                here is None or _count(here) != counted[there]
                for there, here in zip(targets, now, strict=True)
            ):
                there, here = targets[-1], now[-1]
                yield StaleReference(words, node.where, _named(there), _named(here) if here else "")


# -- what refers ------------------------------------------------------------------------


def _named_in(words: str) -> Iterator[tuple[str, _Steps]]:
    """The references in words to clauses and tables of the same text."""
    yield from _references(words)
    for sentence in spans(words):
        if not TABLE_OF_ANOTHER.search(sentence.words):
            for reference in table_references(sentence.words):
                yield reference.words, (_Count(_TABLE, reference.number),)
            for reference in picture_references(sentence.words):
                yield reference.words, (_Count(_PICTURE, reference.number),)


def _references(words: str) -> Iterator[tuple[str, _Steps]]:
    """The references in words to clauses of the same text, in order."""
    end, is_sure = -1, False
    for reference in references(words):
        before, after = words[: reference.start], words[reference.end :]
        goes_on = end >= 0 and bool(_JOINT.fullmatch(words[end : reference.start]))
        is_sure = is_sure if goes_on else _is_sure(before, after)
        end = reference.end
        steps = tuple(_steps(reference))
        if is_sure and steps:
            yield reference.words, steps


def _is_sure(before: str, after: str) -> bool:
    if _OF_ANOTHER.search(before) and not _OF_THIS.search(before):
        return False
    return bool(_REFERS.search(before) or _IS_REFERRED.match(after))


def _steps(reference: ClauseReference) -> Iterator[_Count]:
    """How each clause on the way is counted; a 款 has no number to be held against."""
    for step in reference.steps:
        if step.unit != "款":
            kind = "（" if step.is_bracketed else "" if step.unit == "项" else step.unit
            yield _Count(kind, step.number)


# -- what is referred to ----------------------------------------------------------------


def _count(node: Node) -> _Count | None:
    """How a heading, item or table is counted; None for what has no number, or a decimal one."""
    if node.stands_apart:
        kind = _TABLE if node.table else _PICTURE
        number = value_of(node.block.label.removeprefix(kind)) if node.block else None
        return None if number is None else _Count(kind, number)
    label = _LABEL.match(node.block.label) if node.block else None
    if label is None:
        return None
    number = value_of(label["named"] or label["inner"] or label["plain"])
    kind = label["kind"] or ("（" if label["open"] else "")
    return None if number is None else _Count(kind, number)


def _targets(steps: _Steps, source: Node, counted: dict[Node, _Count]) -> list[Node]:
    """The clause that each step of a reference means; none where that is not sure."""
    has_articles = any(count.kind == "条" for count in counted.values())
    targets: list[Node] = []
    for step in steps:
        # Without articles, 第三条 is what is numbered 三、.
        wanted = _Count("", step.number) if step.kind == "条" and not has_articles else step
        scopes = [targets[-1]] if targets else [source, *source.ancestors]
        if not targets and step.kind:
            scopes = scopes[-1:] if step.kind in ("条", "章", _TABLE, _PICTURE) else scopes
        target = _only(wanted, scopes, counted)
        if target is None:
            return []
        targets.append(target)
    return targets


def _only(wanted: _Count, scopes: list[Node], counted: dict[Node, _Count]) -> Node | None:
    """The one clause that is counted so below the nearest node that has any; None of several."""
    for scope in scopes:
        below = [node for node in scope.walk() if node is not scope]
        same = [node for node in below if counted.get(node) == wanted]
        if same:
            return same[0] if len(same) == 1 else None
    return None


_LONGEST = 20


def _named(node: Node) -> str:
    """A clause or table by its number and its first words."""
    words = node.said.replace("\n", "").rstrip("。")
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "……"
