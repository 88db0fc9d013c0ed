"""Any made document with one thing lost, doubled, moved or changed → the account tells.

A document is changed wherever it says something, whatever that is: a title, an organ, a cell, a
remark. Only what it then prints decides whether there was something to be told.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import groupby, islice
from typing import Any

import pytest
from made_sources import source_of

from conftest import DOCUMENTS
from publisher.intake.account import account
from publisher.intake.prints import units_of
from publisher.intake.shown import ink
from publisher.intake.source import SourceFile
from publisher.model import Document, FinishedFile, Organ, Picture
from publisher.readers import read_bureau, read_document
from publisher.resolve import resolve
from tried import TIMES

pytestmark = pytest.mark.thorough

NAMES = (
    "classified-urgent",
    "complete",
    "figures",
    "items",
    "joint-notice-five-organs",
    "text-with-tables",
    "three-attachments",
    "withheld-group",
)
EACH = 2 * TIMES
"""Mutants of each document and mutation that are looked at: those that say something else."""
TRIED = 6 * EACH


@cache
def document(name: str) -> Document:
    bureau, _ = read_bureau(DOCUMENTS)
    read, _ = read_document(DOCUMENTS / name, bureau)
    assert read is not None
    return read


@cache
def source(name: str) -> SourceFile:
    """A file that shows what a document prints: a paragraph a unit, tables as grids."""
    units = units_of(resolve(document(name)))
    blocks: list[Any] = []
    for table, run in groupby(units, lambda unit: unit.cell[0] if unit.cell else 0):
        cells = list(run)
        if not table:
            blocks += [unit.words for unit in cells]
            continue
        width = max(unit.cell[2] for unit in cells if unit.cell) + 1
        rows: dict[int, list[str]] = {}
        for unit in cells:
            assert unit.cell
            rows.setdefault(unit.cell[1], [""] * width)[unit.cell[2]] += unit.words
        blocks.append(list(rows.values()))
    return source_of(*blocks)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_document_prints_is_all_kept(name: str) -> None:
    result = account([source(name)], document(name), ())
    assert (result.lost, result.surplus, result.misplaced) == ((), (), ())
    assert result.held == result.kept
    assert result.is_whole


# -- where a document says something ----------------------------------------------------------

Path = tuple[str | int, ...]
_UNPRINTED = frozenset(
    {"slug", "bureau", "image", "data", "accepted", "accepted_rules", "identifier", "target"}
    | {"clause", "widths", "heights", "continuous", "levels", "web", "disclosure", "sides"}
    | {"archive", "sources", "red_head", "seal", "stamp_title", "stamp_name"}
)
"""Fields of which nothing is printed as it is said there."""
_OF_TYPES = {
    Organ: frozenset({"short_name", "mark", "code"}),  # said by the bureau
    Picture: frozenset({"name", "words"}),
    FinishedFile: frozenset({"name"}),
}


def parts(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """All values below one, each with the way to it."""
    yield path, node
    if isinstance(node, tuple):
        for index, each in enumerate(node):
            yield from parts(each, (*path, index))
    elif is_dataclass(node):
        left = _UNPRINTED | _OF_TYPES.get(type(node), frozenset())
        for each in fields(node):
            if each.name not in left and each.compare:
                yield from parts(getattr(node, each.name), (*path, each.name))


def put(node: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    head, *rest = path
    if isinstance(node, tuple):
        return tuple(
            put(each, tuple(rest), value) if index == head else each
            for index, each in enumerate(node)
        )
    assert isinstance(head, str)
    return replace(node, **{head: put(getattr(node, head), tuple(rest), value)})


@cache
def strings(name: str) -> list[tuple[Path, str]]:
    return [(path, each) for path, each in parts(document(name)) if isinstance(each, str) and each]


@cache
def by_field(name: str) -> list[list[tuple[Path, str]]]:
    """Its strings, those of one field together: each field is tried as often as the others."""
    groups: dict[tuple[str, ...], list[tuple[Path, str]]] = {}
    for path, words in strings(name):
        key = tuple(part for part in path if isinstance(part, str))
        groups.setdefault(key, []).append((path, words))
    return list(groups.values())


# -- what is done to it -------------------------------------------------------------------------

Mutation = Callable[[str, random.Random], Document]
SIGNS = "-−±+≥≤><=%‰℃“”‘’《》〈〉×·…—（）()、，。；：！？/～*#&§°′￥①②□"


def on_words(change: Callable[[str, random.Random], str]) -> Mutation:
    def mutation(name: str, chance: random.Random) -> Document:
        path, words = chance.choice(chance.choice(by_field(name)))
        made: Document = put(document(name), path, change(words, chance))
        return made

    return mutation


def at_signs(change: Callable[[random.Random], str]) -> Mutation:
    """With a sign of some words changed, or none where they have none."""

    def changed(words: str, chance: random.Random) -> str:
        places = [at for at, each in enumerate(words) if not each.isalnum() and ink(each)]
        at = chance.choice(places) if places else len(words)
        return words[:at] + change(chance) * bool(places) + words[at + 1 :]

    return on_words(changed)


def character(change: Callable[[str, random.Random], str]) -> Mutation:
    """With a character of some words changed."""

    def changed(words: str, chance: random.Random) -> str:
        at = chance.randrange(len(words))
        return words[:at] + change(words[at], chance) + words[at + 1 :]

    return on_words(changed)


def digit(words: str, chance: random.Random) -> str:
    return re.sub("[0-9]", lambda _: str(chance.randrange(10)), words, count=1)


def parts_exchanged(words: str, chance: random.Random) -> str:
    first, second, third = sorted(chance.randrange(len(words) + 1) for _ in range(3))
    return words[:first] + words[second:third] + words[first:second] + words[third:]


def clauses_exchanged(words: str, chance: random.Random) -> str:
    clauses = re.split("([，。；、])", words)
    at = 2 * chance.randrange(len(clauses) // 2 + 1)
    if at + 2 < len(clauses):
        clauses[at], clauses[at + 2] = clauses[at + 2], clauses[at]
    return "".join(clauses)


def on_two(change: Callable[[str, str, random.Random], tuple[str, str]]) -> Mutation:
    """With what is said in two places changed; often these stand beside one another."""

    def mutation(name: str, chance: random.Random) -> Document:
        given = strings(name)
        at = chance.randrange(len(given) - 1)
        beside = at + 1 if chance.random() < 0.5 else chance.randrange(len(given))
        pair = [given[at], given[beside]]
        chance.shuffle(pair)
        (path, words), (target, others) = pair
        first, second = change(words, others, chance)
        made: Document = put(put(document(name), path, first), target, second)
        return made

    return mutation


def part_moved(words: str, others: str, chance: random.Random) -> tuple[str, str]:
    at = chance.randrange(len(words))
    return words[:at], words[at:] + others if chance.random() < 0.5 else others + words[at:]


def on_lists(change: Callable[[list[Any], int, random.Random], None]) -> Mutation:
    """With a list changed: of paragraphs, rows, cells, attachments, organs."""

    def mutation(name: str, chance: random.Random) -> Document:
        lists = [each for each in parts(document(name)) if isinstance(each[1], tuple) and each[1]]
        path, given = chance.choice(lists)
        changed = list(given)
        change(changed, chance.randrange(len(changed)), chance)
        made: Document = put(document(name), path, tuple(changed))
        return made

    return mutation


def exchanged(given: list[Any], at: int, chance: random.Random) -> None:
    other_place = chance.randrange(len(given))
    given[at], given[other_place] = given[other_place], given[at]


def another_day(name: str, chance: random.Random) -> Document:
    whole = document(name)
    days = [each for each in parts(whole) if isinstance(each[1], datetime.date)]
    path, day = chance.choice(days)
    made: Document = put(whole, path, day + datetime.timedelta(days=chance.choice((-30, 1, 365))))
    return made


MUTATIONS: dict[str, Mutation] = {
    "a character is dropped": character(lambda each, _: ""),
    "a character is doubled": character(lambda each, _: each * 2),
    "a character is another": character(lambda _, chance: chance.choice("囍一二三129的市局")),
    "characters are exchanged": on_words(
        lambda words, chance: "".join(chance.sample(words[:2], len(words[:2]))) + words[2:]
    ),
    "a sign is added": character(lambda each, chance: each + chance.choice(SIGNS)),
    "a sign is put in front": on_words(lambda words, chance: chance.choice(SIGNS) + words),
    "a sign is dropped": at_signs(lambda _: ""),
    "a sign is another": at_signs(lambda chance: chance.choice(SIGNS)),
    "a digit is another": on_words(digit),
    "words are emptied": on_words(lambda words, _: ""),
    "words are doubled": on_words(lambda words, _: words * 2),
    "parts of words are exchanged": on_words(parts_exchanged),
    "clauses are exchanged": on_words(clauses_exchanged),
    "words of two places are exchanged": on_two(lambda words, others, _: (others, words)),
    "words are moved": on_two(lambda words, others, _: ("", others + words)),
    "words stand twice": on_two(lambda words, others, _: (words, others + words)),
    "a part of words is moved": on_two(part_moved),
    "an entry is dropped": on_lists(lambda given, at, _: given.pop(at)),
    "an entry is doubled": on_lists(lambda given, at, _: given.insert(at, given[at])),
    "entries are exchanged": on_lists(exchanged),
    "a day is another": another_day,
}


def print_of(made: Document) -> list[str]:
    """What a document prints, that of each cell by itself."""
    runs = groupby(units_of(resolve(made)), lambda unit: unit.cell)
    return ["".join(ink(unit.words) for unit in run) for _, run in runs]


def mutants(name: str, mutation: str) -> Iterator[Document]:
    """Those that print something else."""
    before = print_of(document(name))
    for seed in range(TRIED):
        made = MUTATIONS[mutation](name, random.Random(f"{name} {mutation} {seed}"))
        try:
            after = print_of(made)
        except (ValueError, IndexError, KeyError, AssertionError, TypeError):
            continue  # no document any more: a row without a cell
        if after != before:
            yield made


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_mutation_is_told(mutation: str) -> None:
    """No document that prints something else than its file passes."""
    count = 0
    for name in NAMES:
        for mutant in islice(mutants(name, mutation), EACH):
            result = account([source(name)], mutant, ())
            assert not result.is_whole, (name, count)
            count += 1
    assert count >= len(NAMES)
