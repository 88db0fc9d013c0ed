"""A Word template → what it lacks of styles, boxes and braces, and which lengths it has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher import wordfile
from publisher.diagnostics import Finding
from publisher.files import TooLarge, Unreadable
from publisher.forms import FORMS
from publisher.limits import MOST_TEXT
from publisher.model import Form, Place
from publisher.renderers.docx.frame import BODY_BRACE
from publisher.renderers.docx.imprint import BOX_NAME
from publisher.renderers.docx.profile import placed_styles, section_lengths
from publisher.standard import GBT33476, Length
from publisher.styles import EM, ParagraphStyle, Style
from publisher.template_check import findings
from publisher.template_check.markup import Fault, Template, parsed, unknown_filters
from publisher.wordfile import W

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from lxml.etree import _Element as Element

_READ = re.compile(r"word/(?:document|styles|header\d*|footer\d*)\.xml")
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_NO_STYLES = "文件里没有样式表（word/styles.xml）"
_KINDS = {"paragraph": "段落", "character": "字符", "table": "表格"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a template, without those of a text box in it."""

    number: int
    """Counted from the beginning of the file."""
    words: str
    style: Style | None


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """What is known of a Word template that could be read."""

    styles: Mapping[str, Element]
    """By identifier."""
    defaults: Element
    """What holds where no style says otherwise; may be empty."""
    paragraphs: tuple[Paragraph, ...]
    boxes: frozenset[str]
    """The names of its drawings."""
    sections: tuple[Element, ...]
    named: Mapping[Style, Element]
    """The styles that we know, of whichever kind they are."""


def read(data: bytes) -> WordTemplate:
    """A template from the bytes of its file; Unreadable where it is no Word file, or none whole."""
    parts = wordfile.parts_of(data, _READ)
    if wordfile.STYLES not in parts:
        raise Unreadable(_NO_STYLES)
    root = wordfile.words_of(parts[wordfile.STYLES])
    styles = {element.get(f"{W}styleId", ""): element for element in root.iter(f"{W}style")}
    body = wordfile.words_of(parts.pop(wordfile.DOCUMENT))
    furniture = [
        wordfile.words_of(parts[name]) for name in sorted(parts) if name != wordfile.STYLES
    ]
    elements = [element for part in (body, *furniture) for element in part.iter(f"{W}p")]
    paragraphs = [_paragraph(number, element, styles) for number, element in enumerate(elements, 1)]
    if sum(len(paragraph.words) for paragraph in paragraphs) > MOST_TEXT:
        raise TooLarge("文字太多，不像一个模板")
    defaults = root.find(f"{W}docDefaults")
    return WordTemplate(
        styles,
        root.makeelement("none") if defaults is None else defaults,
        tuple(paragraphs),
        frozenset(_box_names(body)),
        tuple(body.iter(f"{W}sectPr")),
        {style: element for element in styles.values() if (style := _style_called(element))},
    )


def _paragraph(number: int, element: Element, styles: Mapping[str, Element]) -> Paragraph:
    identifier = element.find(f"{W}pPr/{W}pStyle")
    named = None if identifier is None else styles.get(identifier.get(f"{W}val", ""))
    words = "".join(
        text.text or ""
        for text in element.iter(f"{W}t")
        if next(text.iterancestors(f"{W}p")) is element
    )
    return Paragraph(number, words, None if named is None else _style_called(named))


def _style_called(element: Element) -> Style | None:
    name = element.find(f"{W}name")
    return None if name is None else Style.named(name.get(f"{W}val", ""))


def _box_names(body: Element) -> Iterator[str]:
    for anchor in body.iter(_ANCHOR):
        for properties in anchor.iterchildren("{*}docPr"):
            yield properties.get("name", "")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the program expects of the braces of a template."""

    values: frozenset[str]
    """For each of which there should be a brace."""
    given: frozenset[str]
    """All that it fills in, in the templates of any form."""
    filters: frozenset[str]


def faults(
    template: WordTemplate,
    file: str,
    form: Form,
    expected: Expected,
    environment: SandboxedEnvironment,
) -> Iterator[Finding]:
    """All that is wrong in the template of a form."""
    yield from _styles(template, file, form)
    yield from _places(template, file)
    yield from _braces(template, file, expected, environment)
    yield from _measures(template, file, form)
    yield from _page(template, file, form)


# -- what has to be there ---------------------------------------------------------------


def _styles(template: WordTemplate, file: str, form: Form) -> Iterator[Finding]:
    for style in Style.of_form(form):
        there = template.named.get(style)
        if there is None or there.get(f"{W}type") != style.kind:
            yield findings.missing_style(Place(file), style.word_name, _KINDS[style.kind])


def _places(template: WordTemplate, file: str) -> Iterator[Finding]:
    if BOX_NAME not in template.boxes:
        yield findings.missing_box(Place(file), BOX_NAME)
    styles = {paragraph.style for paragraph in template.paragraphs}
    if Style.MARK not in styles and Style.MARK in template.named:
        yield findings.missing_paragraph(Place(file), Style.MARK.word_name)


# -- braces -----------------------------------------------------------------------------

# No braces within braces: a file full of open ones would be searched to its end for each.
_MARKUP = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}")
_VALUE = re.compile(r"\{\{[^{}]*\}\}")
_STATEMENT = re.compile(r"\{[%{#](?:p|tr|tc|r) ")
_STRAY = re.compile(r"[{}｛｝]")
_CURLED = str.maketrans("“”‘’", "\"\"''")


def braces(template: WordTemplate, environment: SandboxedEnvironment) -> Template | Fault:
    """All markup of a template as Jinja reads it, a line for each paragraph."""
    lines = [_markup(paragraph.words) for paragraph in template.paragraphs]
    return parsed("\n".join(lines), environment)


def _markup(words: str) -> str:
    """The markup of a paragraph alone; what cannot be read in it is told by itself."""
    marks = (match[0].translate(_CURLED) for match in _MARKUP.finditer(words))
    return "".join(_STATEMENT.sub(lambda match: match[0][:2] + " ", mark, 1) for mark in marks)


def _braces(
    template: WordTemplate, file: str, expected: Expected, environment: SandboxedEnvironment
) -> Iterator[Finding]:
    broken: dict[int, str] = {}
    for paragraph in template.paragraphs:
        if why := _why_broken(paragraph.words, environment):
            broken[paragraph.number] = why
            yield findings.broken_brace(Place(file, paragraph.number), paragraph.words, why)
        elif _is_crowded(paragraph.words):
            yield findings.crowded_brace(Place(file, paragraph.number), paragraph.words)
    lines = [
        "" if paragraph.number in broken else _markup(paragraph.words)
        for paragraph in template.paragraphs
    ]
    whole = parsed("\n".join(lines), environment)
    if isinstance(whole, Fault):
        words = template.paragraphs[min(whole.line, len(lines)) - 1].words
        yield findings.broken_brace(Place(file, whole.line), words, whole.why)
        whole = _values_alone(lines, environment)
    for name in sorted(whole.values - expected.given):
        yield findings.unknown_brace(Place(file, whole.line_of(name)), name, expected.given)
    yield from unknown_filters(whole, file, expected.filters)
    for name in sorted(expected.values - whole.values):
        yield findings.missing_brace(Place(file), name)


def _why_broken(words: str, environment: SandboxedEnvironment) -> str:
    """What is wrong in the markup of one paragraph, statements aside; nothing where it is right."""
    if _STRAY.search(_MARKUP.sub("", words)):
        return "括号不成对，或不是半角"
    for value in _VALUE.finditer(_markup(words)):
        result = parsed(value[0], environment)
        if isinstance(result, Fault):
            return result.why
    return ""


def _is_crowded(words: str) -> bool:
    """Whether a mark that takes its whole paragraph has other words beside it."""
    body = re.search(r"\{\{\s*" + BODY_BRACE + r"\s*\}\}", words)
    whole = body or re.search(r"\{[%{#]p [^{}]*[%}#]\}", words)
    return whole is not None and whole[0] != words.strip()


def _values_alone(lines: list[str], environment: SandboxedEnvironment) -> Template:
    """The values that stand in braces, where statements do not belong together."""
    names = (_VALUE.findall(line) for line in lines)
    result = parsed("\n".join("".join(line) for line in names), environment)
    assert isinstance(result, Template)  # each of them could be read
    return result


# -- lengths ----------------------------------------------------------------------------


def _measures(template: WordTemplate, file: str, form: Form) -> Iterator[Finding]:
    placed = placed_styles(FORMS[form], GBT33476)
    for style in Style.of_form(form):
        element = template.named.get(style)
        if isinstance(style.value, ParagraphStyle) and element is not None:
            wanted = _wanted(style.value, placed.get(style, {}))
            there = _there(template, element)
            changed = [
                f"{name}应为{value}，现为{there[name]}"
                for name, value in wanted.items()
                if there[name] != value
            ]
            if changed:
                yield findings.changed_measure(
                    Place(file), f"样式“{style.word_name}”", "；".join(changed)
                )


def _wanted(style: ParagraphStyle, placed: Mapping[str, Length]) -> dict[str, str]:
    """The lengths that the program counts with, as they are told."""
    rule = "最小值" if style.grows else "固定值"
    lengths = {
        "行距": f"{rule}{_points(placed.get('line', style.line).twips)}",
        "段前": _points(placed.get("before", style.before).twips),
        "段后": _points(placed.get("after", style.after).twips),
        "字号": _points(style.size.half_points * 10),
        "字距": _points(GBT33476.tracking.twips),
    }
    if style.reaches_margins:
        return lengths
    indents = {"首行缩进": style.first - style.hanging, "左缩进": style.left}
    indents["右缩进"] = style.right
    return lengths | {name: _characters(amount) for name, amount in indents.items()}


def _there(template: WordTemplate, element: Element) -> dict[str, str]:
    """The same lengths as a template has them in a style, and in those that it is based on."""
    chain = list(_based_on(template, element))
    spacing = _attributes(chain, "pPr", "spacing")
    indent = _attributes(chain, "pPr", "ind")
    size = _attributes(chain, "rPr", "sz").get("val", "20")
    return {
        "行距": _line(spacing),
        "段前": _distance(spacing, "before"),
        "段后": _distance(spacing, "after"),
        "字号": _points(_number(size) * 10),
        "字距": _points(_number(_attributes(chain, "rPr", "spacing").get("val", "0"))),
        "首行缩进": _characters(_amount(indent, "firstLine") - _amount(indent, "hanging")),
        "左缩进": _characters(_amount(indent, "left", "start")),
        "右缩进": _characters(_amount(indent, "right", "end")),
    }


def _based_on(template: WordTemplate, element: Element) -> Iterator[Element]:
    """A style, those that it is based on, and what holds for all; each once."""
    seen: set[str] = set()
    style: Element | None = element
    while style is not None and style.get(f"{W}styleId", "") not in seen:
        seen.add(style.get(f"{W}styleId", ""))
        yield style
        base = style.find(f"{W}basedOn")
        style = None if base is None else template.styles.get(base.get(f"{W}val", ""))
    for name in ("pPrDefault", "rPrDefault"):
        yield from template.defaults.iterchildren(f"{W}{name}")


def _attributes(chain: list[Element], properties: str, name: str) -> dict[str, str]:
    """The attributes of a property, each from the nearest style that says it."""
    attributes: dict[str, str] = {}
    for style in reversed(chain):
        element = style.find(f"{W}{properties}/{W}{name}")
        if element is not None:
            attributes |= {str(key).removeprefix(W): str(value) for key, value in element.items()}
    return attributes


def _line(spacing: Mapping[str, str]) -> str:
    line = _number(spacing.get("line", "240"))
    match spacing.get("lineRule", "auto"):
        case "exact":
            return f"固定值{_points(line)}"
        case "atLeast":
            return f"最小值{_points(line)}"
        case _:
            return f" {line / 240:g} 倍"


def _distance(spacing: Mapping[str, str], side: str) -> str:
    lines = _number(spacing.get(f"{side}Lines", "0"))
    return f" {lines / 100:g} 行" if lines else _points(_number(spacing.get(side, "0")))


def _amount(indent: Mapping[str, str], *names: str) -> float:
    """An indent in characters of the text, which Word may have as a length as well."""
    for name in names:
        if characters := _number(indent.get(f"{name}Chars", "0")):
            return characters / 100
    return sum(_number(indent.get(name, "0")) for name in names) / EM.twips


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:  # a unit of its own, as 严格的 Open XML may have
        return float("nan")


def _points(twips: float) -> str:
    return f" {twips / 20:g} 磅"


def _characters(amount: float) -> str:
    return f" {amount:.1f} 字".replace("-0.0", "0.0")


# -- the page ---------------------------------------------------------------------------

_SIDES = {"top": "上边距", "bottom": "下边距", "left": "左边距", "right": "右边距"}
_PAPER = {"w": "纸宽", "h": "纸高"}


def _page(template: WordTemplate, file: str, form: Form) -> Iterator[Finding]:
    """Paper and margins, of which the program takes the template to have its own."""
    wanted = section_lengths(FORMS[form])
    for section in template.sections:
        changed = [
            f"{called}应为 {wanted[name].mm:g} 毫米，现为 {Length(there / 20).mm:g} 毫米"
            for tag, names in (("pgSz", _PAPER), ("pgMar", _SIDES))
            for name, called in names.items()
            if not abs((there := _twips(section, tag, name)) - wanted[name].twips) <= 1
        ]
        if changed:
            yield findings.changed_measure(Place(file), "页面", "；".join(changed))


def _twips(section: Element, tag: str, name: str) -> float:
    element = section.find(f"{W}{tag}")
    return _number("" if element is None else element.get(f"{W}{name}", ""))
