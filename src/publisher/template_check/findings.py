"""What is wrong in a bureau's own template → a finding: a function each, its docstring the page."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.diagnostics import Finding, Severity
from publisher.model import Place

_COPY = "请从程序自带的 templates 文件夹里复制过来"


def _error(name: str, place: Place, message: str, hint: str) -> Finding:
    return Finding(name, Severity.ERROR, place, message, hint)


def _review(name: str, place: Place, message: str, hint: str) -> Finding:
    return Finding(name, Severity.REVIEW, place, message, hint)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    from rapidfuzz import fuzz, process

    close = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"是否想写“{close[0]}”？" if close else "请对照原模板改正，或删去这一处。"


# -- any file ----------------------------------------------------------------------------


def missing_template(place: Place) -> Finding:
    """A file is missing that the program itself asks for, or another template.

    Copy it from the templates that come with the program.
    """
    return _error("missing_template", place, f"找不到模板文件 {place.file}", f"{_COPY}。")


def unused_template(place: Place) -> Finding:
    """A file that the program's own templates have is missing, and no template here asks for it.

    Who has put its contents elsewhere may leave it so. Who has an older copy of the templates lacks
    what was added since: compare with those that come with the program.
    """
    return _review(
        "unused_template",
        place,
        f"原模板有 {place.file}，这里没有，也没有模板用到它",
        f"如果不是有意去掉的，{_COPY}，并对照用到它的模板。",
    )


def unreadable_template(place: Place, why: str) -> Finding:
    """A template cannot be read: it is no file of its kind, too large, or not UTF-8."""
    return _error("unreadable_template", place, f"模板读不出：{why}", f"{_COPY}，再重新修改。")


# -- Jinja -------------------------------------------------------------------------------


def broken_markup(place: Place, why: str) -> Finding:
    """Jinja cannot read a template: brackets are not closed, a statement has no end, and the like.

    Of each file the first such place is told, in the words of Jinja; mend it, and check again.
    """
    return _error(
        "broken_markup", place, f"模板标记有错（{why}）", "请对照原模板改正 {{ }} 或 {% %}。"
    )


def unknown_value(place: Place, name: str, known: Iterable[str]) -> Finding:
    """A template asks for a value that the program does not give, nor a template sets.

    Publishing would end there. The values are those that the program's own templates use.
    """
    return _error(
        "unknown_value",
        place,
        f"模板用到“{name}”，程序不提供这个值，模板里也没有设定",
        _did_you_mean(name, known),
    )


def unknown_attribute(place: Place, name: str, known: Iterable[str]) -> Finding:
    """A template asks a value for something that no value of the program is known to have.

    Known are the fields of documents, and what the program's own templates ask for. Where the value
    does not have it, publishing ends there.
    """
    return _review(
        "unknown_attribute",
        place,
        f"模板用到“.{name}”，程序的数据里没有见过这个名称",
        _did_you_mean(name, known),
    )


def unknown_filter(place: Place, name: str, known: Iterable[str]) -> Finding:
    """A template asks for a filter or test that there is not: `{{ x | name }}`, `x is name`."""
    return _error("unknown_filter", place, f"没有过滤器或判断“{name}”", _did_you_mean(name, known))


def missing_macro(place: Place, name: str, file: str) -> Finding:
    """A template calls a macro of another template that does not define it."""
    return _error(
        "missing_macro",
        place,
        f"这里调用的宏“{name}”，{file} 中没有定义",
        f"请在 {file} 中补上这个宏（可从原模板复制），或改正调用它的名称。",
    )


def lost_block(place: Place, name: str, file: str) -> Finding:
    """A template fills a block that the one it extends does not have.

    What stands in it would not be shown.
    """
    return _error(
        "lost_block",
        place,
        f"区块“{name}”在 {file} 中没有位置，其中的内容不会出现",
        f"请在 {file} 中补上 {{% block {name} %}}{{% endblock %}}。",
    )


def unused_value(place: Place, name: str) -> Finding:
    """The program gives a value that its own template uses, and this one does not.

    What it holds may be missing in the file that is made: an element, or a distance.
    """
    return _review(
        "unused_value",
        place,
        f"程序提供的“{name}”，这里的模板没有用到",
        "请对照原模板，看是否少了什么内容；有意不用的，不必理会。",
    )


# -- what pages are counted with ----------------------------------------------------------


def changed_measure(place: Place, what: str, difference: str) -> Finding:
    """Lines, sizes or distances are other than those with which pages are counted beforehand.

    Where a page ends, and where signature and 版记 stand, is counted with the standard's measures
    before the page is set. With others the count is wrong. For other margins or another pitch of
    lines, write them under 版面 in `bureau.yaml`: the program counts with those.
    """
    return _review(
        "changed_measure",
        place,
        f"{what}：{difference}，与程序计算分页所用的不同",
        "请改回原来的；边距和行距要用别的，请写在 bureau.yaml 的“版面”里。",
    )


# -- Word --------------------------------------------------------------------------------


def missing_style(place: Place, name: str, kind: str) -> Finding:
    """A Word template lacks a style, or has another kind of style under its name.

    The program finds styles by name: one that was renamed or deleted is missing.
    """
    return _error(
        "missing_style",
        place,
        f"缺少{kind}样式“{name}”（改名或删除了）",
        "请把它的名称改回来，或从原模板复制这个样式。",
    )


def missing_box(place: Place, name: str) -> Finding:
    """A Word template lacks the text box whose height the program sets."""
    return _error(
        "missing_box",
        place,
        f"没有名为“{name}”的文本框",
        "请在 Word 的“选择窗格”里把文本框的名称改回来，或从原模板复制。",
    )


def missing_paragraph(place: Place, name: str) -> Finding:
    """A Word template has no paragraph in a style that the program looks for in it."""
    return _error(
        "missing_paragraph",
        place,
        f"没有样式为“{name}”的一段",
        "请从原模板复制这一段，或给它套用这个样式。",
    )


def missing_brace(place: Place, name: str) -> Finding:
    """A Word template lacks words in double braces: what belongs there would not be printed."""
    return _error(
        "missing_brace",
        place,
        f"没有用到 {{{{ {name} }}}}，这一项写了也不会印出",
        "请从原模板把有它的那一段复制过来。",
    )


def unknown_brace(place: Place, name: str, known: Iterable[str]) -> Finding:
    """A Word template has words in double braces that the program does not fill in."""
    return _error(
        "unknown_brace",
        place,
        f"程序不会填写“{name}”",
        _did_you_mean(name, known),
    )


def broken_brace(place: Place, words: str, why: str) -> Finding:
    """Braces of a Word template are not closed, not in half width, or do not belong together."""
    return _error(
        "broken_brace",
        place,
        f"“{words}”中的括号标记有错（{why}）",
        "请照原模板重新输入这一段，标记用半角的 {{ }} 和 {% %}。",
    )


def crowded_brace(place: Place, words: str) -> Finding:
    """A mark that takes a paragraph of its own shares it with other words, which would be lost."""
    return _error(
        "crowded_brace",
        place,
        f"“{words}”应当独占一段，同一段里别的文字会丢失",
        "请把别的文字移到另一段。",
    )
