"""Seeds → inputs as damage and odd programs make them: bytes, pieces, parts and trees changed."""

from __future__ import annotations

import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

import pikepdf
from lxml import etree

LARGEST = 16 * 1024
"""Bytes that repeating may make of an input: enough for what takes time squared to show."""
WINDOW = 4096
"""Characters of a long text that are taken to pieces at once."""
NUMBERS = (
    "0", "-1", "1", "2.5e3", "1e999", "-0", "00", "127", "255", "256", "9999", "32768", "65536",
    "2147483648", "-2147483649", "4294967296", "99999999999999999999", "NaN", "inf", "0x10", "１",
    "²", "٣", "½", "1_0", " 1 ", "+1", "", "abc",
    "9" * 4500,
)  # fmt: skip
"""What stands for a number in files: at the borders of its types, past them, and no number."""
TIMES = (*[2, 3, 4, 5, 10] * 20, 100, 500, 3000)
"""How often a repeated thing stands there; seldom so often that reading takes long."""
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-be", "gb18030", "big5", "latin-1")


@dataclass(frozen=True)
class Grammar:
    """What the texts of a format are made of."""

    pieces: re.Pattern[str]
    """Each piece that means something."""
    dictionary: tuple[str, ...]
    encoding: str = "utf-8"


# -- any bytes --------------------------------------------------------------------------


def damaged(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """The bytes with a few of them changed, lost, doubled or another file's."""
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 4, 16))):
        start = random.randrange(len(made) + 1)
        end = min(len(made), start + random.choice((1, 1, 2, 4, 32, 512)))
        match random.randrange(6):
            case 0 if start < len(made):
                made[start] ^= 1 << random.randrange(8)
            case 1:
                made[start:end] = random.randbytes(end - start)
            case 2:
                del made[start:end]
            case 3:
                made[start:start] = made[start:end] * random.choice((1, 1, 2, 20))
            case 4:
                other = random.choice(others)
                begin = random.randrange(len(other) + 1)
                made[start:end] = other[begin : begin + random.choice((4, 64, 1024))]
            case _:
                made[start:end] = random.choice((b"\0", b"\xff", b"\x7f", b"\x80")) * (end - start)
    return bytes(made)


_BORDERS = (0, 1, -1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 2**31 - 1, -(2**31), 0xFFFFFE)
_HEADER = 512
"""Bytes with which a compound file begins: with others, hardly a program reads on."""


def of_compound(random: Random, seeds: Sequence[bytes]) -> bytes:
    """Makes inputs of compound files, in which all is found by its place: most keep theirs."""
    data = random.choice(seeds)
    if random.random() < 0.2:
        return damaged(random, data, seeds)
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        start = random.randrange(_HEADER, len(made))
        match random.randrange(3):
            case 0:
                made[start] ^= 1 << random.randrange(8)
            case 1:
                size = random.choice((1, 2, 4))
                number = random.choice(_BORDERS) & (1 << 8 * size) - 1
                made[start : start + size] = number.to_bytes(size, "little")
            case _:
                taken = data[(at := random.randrange(len(data))) : at + random.choice((4, 32, 512))]
                made[start : start + len(taken)] = taken
    return bytes(made)


# -- pieces of a text -------------------------------------------------------------------


def rewritten(random: Random, text: str, others: Sequence[str], grammar: Grammar) -> str:
    """The text with a few of its pieces moved, lost, repeated, or others in their place."""
    start = random.randrange(max(1, len(text) - WINDOW + 1))
    before, window, after = text[:start], text[start : start + WINDOW], text[start + WINDOW :]
    pieces = grammar.pieces.findall(window)
    for _ in range(random.choice((1, 1, 2, 3, 5, 8))):
        _change(random, pieces, others, grammar)
    made = before + "".join(pieces) + after
    return made if len(made) <= len(text) + LARGEST else made[: len(text) + LARGEST]


def _change(random: Random, pieces: list[str], others: Sequence[str], grammar: Grammar) -> None:
    start = random.randrange(len(pieces) + 1)
    end = min(len(pieces), start + random.choice((1, 1, 1, 2, 5, 20)))
    words = random.choice(grammar.dictionary)
    match random.randrange(10):
        case 0:
            del pieces[start:end]
        case 1:
            pieces[start:start] = pieces[start:end]
        case 2:
            pieces[start:start] = [words]
        case 3:
            pieces[start:end] = [words]
        case 4:
            pieces[start:end] = [random.choice(NUMBERS)]
        case 5 if pieces:
            pieces[start:end] = [random.choice(pieces)]
        case 6:
            moved = pieces[start:end]
            del pieces[start:end]
            place = random.randrange(len(pieces) + 1)
            pieces[place:place] = moved
        case 7:
            other = random.choice(others)
            begin = random.randrange(len(other) + 1)
            taken = other[begin : begin + random.choice((20, 200, 1000))]
            pieces[start:end] = grammar.pieces.findall(taken)
        case 8:
            repeated = [words] if random.random() < 0.5 else pieces[start:end]
            pieces[start:end] = repeated * _times(random, repeated)
        case _:  # what opens and closes, deep
            times = _times(random, pieces[start : start + 1])
            place = random.randrange(start, len(pieces) + 1)
            pieces[place : place + 1] *= times
            pieces[start : start + 1] *= times


def _times(random: Random, pieces: Sequence[str]) -> int:
    most = LARGEST // max(1, sum(map(len, pieces)))
    return min(random.choice(TIMES), most)


def sentence(random: Random, grammar: Grammar) -> str:
    """A text of nothing but words of the dictionary."""
    return "".join(random.choices(grammar.dictionary, k=random.randrange(1, 40)))


def of_bytes(random: Random, seeds: Sequence[bytes]) -> bytes:
    """Makes inputs of a format that has no words."""
    return damaged(random, random.choice(seeds), seeds)


def of_text(grammar: Grammar) -> Callable[[Random, Sequence[bytes]], bytes]:
    """Makes inputs of a format that is text; now and then in another encoding, or broken."""

    def mutate(random: Random, seeds: Sequence[bytes]) -> bytes:
        texts = [_decoded(seed, grammar.encoding) for seed in seeds]
        if random.random() < 0.1:
            text = sentence(random, grammar)
        else:
            text = rewritten(random, random.choice(texts), texts, grammar)
        if random.random() < 0.05:
            return text.encode(random.choice(ENCODINGS), "replace")
        data = text.encode(grammar.encoding, "replace")
        return damaged(random, data, seeds) if random.random() < 0.1 else data

    return mutate


@lru_cache
def _decoded(seed: bytes, encoding: str) -> str:
    return seed.decode(encoding, "replace")


# -- packages ---------------------------------------------------------------------------


def pack(parts: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP of files by name, always the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            package.writestr(info, data)
    return file.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


_unpacked = lru_cache(unpack)


def of_package(
    change: Callable[[Random, str, bytes, Sequence[bytes]], bytes], rough: bool = True
) -> Callable[[Random, Sequence[bytes]], bytes]:
    """Makes inputs of a format that is a ZIP: `change` makes another of one of its parts.

    Where that may be `rough`, parts are missing or have others' names, and the ZIP is broken.
    """

    def mutate(random: Random, seeds: Sequence[bytes]) -> bytes:
        parts = dict(_unpacked(random.choice(seeds)))
        others = list(parts.values())
        for _ in range(random.choice((1, 1, 2))):
            name = random.choice(sorted(parts))
            match random.randrange(16) if rough else 2:
                case 0 if len(parts) > 1:
                    del parts[name]
                case 1:
                    parts[name] = parts[random.choice(sorted(parts))]
                case _:
                    parts[name] = change(random, name, parts[name], others)
        if rough and random.random() < 0.1:
            return _hostile(random, parts)
        method = random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
        data = pack(parts, method)
        return damaged(random, data, seeds) if rough and random.random() < 0.25 else data

    return mutate


_NAMES = (
    *(
        "",
        "/",
        ".",
        "..",
        "../../x",
        "/etc/x",
        "C:\\x",
        "a\\b.xml",
        "a/",
        "a//b",
        "[Content_Types].xml",
    ),
    *("\x1b[31m", "\u202e.xml", "x" * 300, "\ud800", "a\0.xml"),
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_ENTRY = re.compile(b"PK\x01\x02")
_FIELDS = ((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (38, 4), (42, 4))
"""Of an entry in the list at the end of a ZIP: where each stands, and of how many bytes; flags,
method, sum, both sizes, lengths of name, extra and remark, attributes, and where the part begins.
"""
_LIES = (0, 1, 2, 8, 9, 14, 41, 99, 0x0800, 0x2000, 0xFFFE, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)


def _hostile(random: Random, parts: dict[str, bytes]) -> bytes:
    """A ZIP as somebody makes it who means harm: odd names, the same twice, lies about parts."""
    file = io.BytesIO()
    entries = list(parts.items())
    for _ in range(random.choice((0, 1, 2, 5))):
        name = random.choice((*_NAMES, *parts, random.choice(list(parts)).upper()))
        entries.insert(random.randrange(len(entries) + 1), (name, random.choice(entries)[1]))
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as package:
        warnings.simplefilter("ignore")  # of names that stand there twice
        for name, data in entries:
            info = zipfile.ZipInfo(name.encode("utf-8", "replace").decode() or "\x01")
            info.compress_type = random.choice(_METHODS)
            info.external_attr = random.choice((0, 0o120777 << 16, 0o010666 << 16, 0xFFFFFFFF))
            package.writestr(info, data)
        package.comment = random.choice((b"", b"PK\x05\x06" + bytes(18), b"\xff" * 999))
    made = bytearray(file.getvalue())
    for _ in range(random.choice((0, 1, 1, 3))):
        at = random.choice([match.start() for match in _ENTRY.finditer(made)])
        place, size = random.choice(_FIELDS)
        lie = random.choice(_LIES) & (1 << 8 * size) - 1
        made[at + place : at + place + size] = lie.to_bytes(size, "little")
    return random.choice((b"", b"", b"#!/bin/sh\n")) + bytes(made)


def of_xml(grammar: Grammar) -> Callable[[Random, Sequence[bytes]], bytes]:
    """Makes inputs of a format that is XML, most of them well-formed."""
    change = part_of(grammar)
    return lambda random, seeds: change(random, "", random.choice(seeds), seeds)


def part_of(grammar: Grammar, rough: bool = True) -> Callable[..., bytes]:
    """Makes another of a part that is XML; where that may be `rough`, broken ones too."""

    def change(random: Random, name: str, data: bytes, others: Sequence[bytes]) -> bytes:
        if not rough or random.random() < 0.6:
            return regrown(random, data, random.choice(others))
        if random.random() < 0.2:
            return damaged(random, data, others)
        texts = [other.decode("utf-8", "replace") for other in others]
        return rewritten(random, data.decode("utf-8", "replace"), texts, grammar).encode()

    return change


# -- trees ------------------------------------------------------------------------------


def regrown(random: Random, data: bytes, other: bytes) -> bytes:
    """XML with a few of its elements lost, moved, repeated or nested, and values changed."""
    try:
        root, foreign = etree.fromstring(data), etree.fromstring(other)
    except (etree.XMLSyntaxError, ValueError):
        return data
    for _ in range(random.choice((1, 1, 2, 3, 5, 8))):
        inner = list(root.iter(etree.Element))
        _grow(random, random.choice(inner), inner, list(foreign.iter(etree.Element)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _grow(
    random: Random,
    one: etree._Element,
    inner: Sequence[etree._Element],
    foreign: Sequence[etree._Element],
) -> None:
    parent, another = one.getparent(), random.choice(inner)
    match random.randrange(10):
        case 0 if parent is not None:
            parent.remove(one)
        case 1 if parent is not None:
            for _ in range(random.choice(TIMES)):
                parent.append(deepcopy(one))
        case 2 if one not in another.iterancestors() and one is not another:
            another.append(one)
        case 3:
            _nest(one, random.choice(TIMES))
        case 4:
            one.insert(random.randrange(len(one) + 1), deepcopy(random.choice(foreign)))
        case 5:
            one.tag = another.tag
        case 6:
            one.text = random.choice((another.text, *NUMBERS, None))
        case 7 if one.attrib:
            del one.attrib[random.choice(sorted(one.attrib))]
        case _ if names := sorted(one.attrib) or sorted(another.attrib):
            one.set(random.choice(names), random.choice([*NUMBERS, *another.attrib.values()]))


def _nest(one: etree._Element, times: int) -> None:
    """An element inside others of its kind, so many deep, with all that it holds in the last."""
    children = list(one)
    for _ in range(times):
        one = etree.SubElement(one, one.tag)
    one.extend(children)


# -- JSON -------------------------------------------------------------------------------


def regrown_json(random: Random, data: bytes) -> bytes:
    """JSON with a few of its values lost, others' or of another type; what is none as it is."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for _ in range(random.choice((1, 1, 2, 3))):
        places = list(_places(root))
        if not places:
            return json.dumps(random.choice(_VALUES)).encode()
        holder, key = random.choice(places)
        match random.randrange(4):
            case 0:
                del holder[key]
            case 1:
                of_other, other = random.choice(places)
                holder[key] = deepcopy(of_other[other])
            case 2 if isinstance(holder, dict):
                holder[random.choice(("", "..", "../../x", "/x", "a/../b", "\0"))] = holder.pop(key)
            case _:
                holder[key] = deepcopy(random.choice(_VALUES))
    return json.dumps(root).encode()


_VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 2.5, 1e300, 10**400, "", "甲", "../../x", "2030-02-30", "\ud800", "\0"),
    *([], {}, [[]], [None], {"": None}, ["a", 1], {"files": {}}),
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each holder of a value, and by what it has it."""
    entries = [*value.items()] if isinstance(value, dict) else []
    entries += enumerate(value) if isinstance(value, list) else []
    for key, inner in entries:
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


# -- PDF --------------------------------------------------------------------------------


def of_pdf(grammar: Grammar) -> Callable[[Random, Sequence[bytes]], bytes]:
    """Makes inputs of PDFs whose streams are not compressed; half of them are then put in order."""
    change = of_text(grammar)

    def mutate(random: Random, seeds: Sequence[bytes]) -> bytes:
        data = change(random, seeds)
        if random.random() < 0.5:
            data = _in_order(random, data)
        return damaged(random, data, seeds) if random.random() < 0.1 else data

    return mutate


def _in_order(random: Random, data: bytes) -> bytes:
    """The same objects with a true table of where they are, their streams compressed or not."""
    file = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            document.save(file, compress_streams=random.random() < 0.5, deterministic_id=True)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):  # past mending
        return data
    return file.getvalue()
