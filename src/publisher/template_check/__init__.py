"""A folder of templates → all that is wrong in them, held against those of the program."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import diagnostics, forms, model, standard, templates
from publisher.diagnostics import Finding
from publisher.files import Refusal, Unreadable, read_regular
from publisher.forms import FORMS
from publisher.model import Place
from publisher.setting import composition
from publisher.template_check import findings, markup, stylesheet, word
from publisher.template_check.markup import Fault, Folder, Template

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_LARGEST = 2**20
"""Bytes of a template that is text; those of the program have 20 thousand."""
_LARGEST_WORD = 2**24
_WORD, _PRINT = "docx", "print"
_JINJA, _STYLES, _SETTINGS = ".jinja", ".css.jinja", ".toml"
_TEXTS = (_JINJA, ".css", ".js", _SETTINGS)


_GIVEN = (model, standard, forms, composition)
"""The modules whose values templates are given."""
_PLAIN = (str, int, list, dict, date)
_ATTRIBUTES = frozenset(
    name
    for kind in (
        *_PLAIN,
        *(value for module in _GIVEN for value in vars(module).values()),
    )
    if isinstance(kind, type)
    for name in (*dir(kind), *getattr(kind, "__annotations__", ()))
    if not name.startswith("_")
) | frozenset(vars(standard))
"""What templates may ask of values: of those that they are given, and of plain ones."""


def check(root: Path) -> tuple[Finding, ...]:
    """What is wrong in a bureau's own templates; nothing where all that is needed is there."""
    names = sorted(path.name for path in templates.SHIPPED.iterdir() if path.is_dir())
    return diagnostics.bounded(finding for name in names for finding in check_folder(root, name))


def check_folder(root: Path, name: str) -> Iterator[Finding]:
    """What is wrong in the templates of one format."""
    if name == _WORD:
        return _word_folder(root)
    return _markup_folder(templates.SHIPPED / name, root / name)


# -- Word -------------------------------------------------------------------------------


def _word_folder(root: Path) -> Iterator[Finding]:
    environment = templates.environment(_WORD, templates.SHIPPED)
    filters = markup.known_filters(environment)
    shipped = {
        name: word.braces(word.read((templates.SHIPPED / _WORD / name).read_bytes()), environment)
        for name in (entry.word_template for entry in FORMS.values())
    }
    asked = {name: made.values for name, made in shipped.items() if isinstance(made, Template)}
    given = frozenset().union(*asked.values())
    for form, entry in FORMS.items():
        name = entry.word_template
        file = f"{root.name}/{_WORD}/{name}"
        data = _read(root / _WORD / name, _LARGEST_WORD)
        if isinstance(data, Finding):
            yield data
            continue
        try:
            template = word.read(data)
        except Unreadable as problem:
            yield findings.unreadable_template(Place(file), str(problem))
            continue
        expected = word.Expected(asked[name], given, filters)
        yield from word.faults(template, file, form, expected, environment)


def _read(path: Path, most: int) -> bytes | Finding:
    data = read_regular(path, most=most)
    if isinstance(data, bytes):
        return data
    place = _place(path)
    if data is Refusal.MISSING:
        return findings.missing_template(place)
    return findings.unreadable_template(place, data.value)


def _place(path: Path) -> Place:
    return Place(f"{path.parents[1].name}/{path.parent.name}/{path.name}")


# -- Jinja ------------------------------------------------------------------------------


def _markup_folder(shipped: Path, own: Path) -> Iterator[Finding]:
    """Templates of the other formats: print, page, reports, the preview."""
    environment = templates.environment(shipped.name, templates.SHIPPED)
    filters = markup.known_filters(environment)
    kept, known = _shipped(shipped)
    texts = _texts(own)
    made, broken = _parsed(texts, environment, f"{own.parent.name}/{own.name}/", known)
    filters |= markup.filters_of(kept.templates.values())
    yield from markup.faults(kept, made, filters, _ATTRIBUTES)
    included = frozenset().union(*(made.named_in(name, made.files) for name in made.templates))
    for name, fault in broken.items():
        if name.endswith(_JINJA) or name in included:
            yield findings.broken_markup(Place(made.path + name, fault.line), fault.why)
    for name, text in texts.items():
        if isinstance(text, Finding):
            if name in kept.files or name.endswith(_JINJA):
                yield text
        elif name.endswith(_SETTINGS):
            yield from _settings(made.path + name, text)
        elif shipped.name == _PRINT and name.endswith(_STYLES) and name in kept.files:
            usual = stylesheet.measures((shipped / name).read_text("utf-8"))
            yield from stylesheet.faults(usual, stylesheet.measures(text), made.path + name)


@cache
def _shipped(folder: Path) -> tuple[Folder, dict[str, Template]]:
    """The templates of a format that come with the program, which stay as they are; by texts too.

    A bureau changes few of them: of the others nothing is to be parsed again.
    """
    environment = templates.environment(folder.name, templates.SHIPPED)
    texts = _texts(folder)
    shipped, _ = _parsed(texts, environment, "", {})
    return shipped, {str(texts[name]): made for name, made in shipped.templates.items()}


def _texts(folder: Path) -> dict[str, str | Finding]:
    """The files of a folder that are text, and what is wrong with those that cannot be read."""
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return {name: _text(folder / name) for name in names if name.endswith(_TEXTS)}


def _text(path: Path) -> str | Finding:
    data = _read(path, _LARGEST)
    if isinstance(data, Finding):
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return findings.unreadable_template(_place(path), "不是 UTF-8 编码的文字")


def _parsed(
    texts: Mapping[str, str | Finding],
    environment: SandboxedEnvironment,
    path: str,
    known: Mapping[str, Template],
) -> tuple[Folder, dict[str, Fault]]:
    """The templates of a folder, and why some cannot be read; `known` are some by their texts."""
    results = {
        name: known.get(text) or markup.parsed(text, environment)
        for name, text in texts.items()
        if isinstance(text, str) and not name.endswith(_SETTINGS)
    }
    read = {name: result for name, result in results.items() if isinstance(result, Template)}
    broken = {name: result for name, result in results.items() if isinstance(result, Fault)}
    return Folder(path, read, frozenset(texts)), broken


def _settings(file: str, text: str) -> Iterator[Finding]:
    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        yield findings.broken_markup(Place(file, int(line[1]) if line else 1), str(error))
