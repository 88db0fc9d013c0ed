"""How the code speaks: one meaning a word, names that say what they name, a glossary that is so."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from conftest import ROOT

SOURCE = ROOT / "src" / "publisher"
GLOSSARY = ROOT / "docs" / "glossary.md"


MODULES = [path.relative_to(SOURCE).as_posix() for path in sorted(SOURCE.rglob("*.py"))]


@cache
def trees() -> dict[str, ast.Module]:
    """The modules by their paths in the package."""
    return {module: ast.parse((SOURCE / module).read_text("utf-8")) for module in MODULES}


# -- names that say what they name ------------------------------------------------------

EMPTY_WORDS = {"one", "other", "others", "found", "told", "several"}


def empty_words(tree: ast.AST) -> Iterator[str]:
    """Locals, parameters and loop variables that could be anything, each with its line.

    Not attributes of classes, which have a class to say what they are; nor the `other` of
    `__eq__` and its like.
    """
    attributes: set[int] = set()
    for node in ast.walk(tree):  # a class before what is in it
        if isinstance(node, ast.ClassDef):
            assigned = (part for part in node.body if isinstance(part, ast.AnnAssign | ast.Assign))
            attributes.update(id(name) for part in assigned for name in ast.walk(part))
        elif isinstance(node, ast.Name | ast.arguments) and id(node) not in attributes:
            yield from _empty_word(node)


def _empty_word(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) if name in EMPTY_WORDS:
            yield f"{name} in line {node.lineno}"
        case ast.arguments():
            arguments = [*node.posonlyargs, *node.args, *node.kwonlyargs, node.vararg, node.kwarg]
            names = [argument.arg for argument in arguments if argument]
            if names != ["self", "other"]:
                yield from (f"the parameter {name}" for name in names if name in EMPTY_WORDS)


def test_names_say_what_they_name() -> None:
    empty = {module: words for module in MODULES if (words := [*empty_words(trees()[module])])}
    assert empty == {}, "say row, sentence, piece, finding, …"


# -- one meaning a word -----------------------------------------------------------------

TWICE = {
    "Cell": "a cell as its author wrote it, as a print shows it, as a website shows it",
    "Column": "of a table in the content; of the 对照表",
    "Entry": "of the 对照表; of the list of changes",
    "Line": "of a print as it is measured; of words as they are set; of a redline",
    "Link": "between nodes of two versions; to an address",
    "Note": "to words of a text; on a change of a text",
    "Page": "of a print; of a website",
    "Paragraph": "of the content; of a print",
    "Passage": "of paragraphs side by side; of a website",
    "Piece": "of a change; of a task; of a line; of a title",
    "Role": "of words in a title; of a piece of a change",
    "Row": "of a table in the content; of a table of a website",
    "Run": "of words that agree; of words of a change",
    "Sheet": "of a print; a table as a website shows it",
    "Span": "of a sentence; of a report; of a redline; of a website",
    "Stretch": "of a title; of two wordings",
    "Unit": "of a rule; of paragraphs side by side",
}
"""Classes of the same name in two rooms that do not know one another, and what each is.

A word is taken off the list where one of the classes gets a name of its own; none is added without
need: whoever reads both rooms takes the one for the other.
"""


def _classes() -> dict[str, list[str]]:
    """Where each public class is defined."""
    places: dict[str, list[str]] = defaultdict(list)
    for module, tree in trees().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(module)
    return places


def test_a_class_has_a_name_of_its_own() -> None:
    doubled = {name: modules for name, modules in _classes().items() if len(modules) > 1}
    assert {name: doubled[name] for name in doubled.keys() - TWICE.keys()} == {}
    assert TWICE.keys() - doubled.keys() == set(), "take them off the list"


# -- the glossary -----------------------------------------------------------------------


def _glossary() -> list[tuple[str, str, str]]:
    """Word, module and meaning of each row."""
    rows = re.findall(r"^\| `(\w+)` \| `([\w/.]+)` \| (.+) \|$", GLOSSARY.read_text("utf-8"), re.M)
    return [(word, module, meaning) for word, module, meaning in rows]


def test_each_word_of_the_glossary_is_of_the_code() -> None:
    for word, module, _ in _glossary():
        path = Path(module)
        assert (SOURCE / path).is_file(), module
        name = ".".join(("publisher", *path.with_suffix("").parts)).removesuffix(".__init__")
        assert hasattr(importlib.import_module(name), word), f"{module} has no {word}"


def test_a_word_of_the_glossary_has_one_meaning() -> None:
    words = [word for word, _, _ in _glossary()]
    assert len(words) == len(set(words)) > 30


def test_the_glossary_knows_every_class_of_the_model() -> None:
    known = {word for word, module, _ in _glossary() if module == "model.py"}
    public = [node for node in trees()["model.py"].body if isinstance(node, ast.ClassDef)]
    names = {node.name for node in public if not node.name.startswith("_")}
    assert names - known == set()


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process has all tests")
def test_the_tests_of_a_module_run_in_one_process(request: pytest.FixtureRequest) -> None:
    # What costs most is made once for a module: in two processes it would be made twice.
    assert request.node.nodeid.endswith("@tests/test_architecture.py")


HEAVY = ("PIL", "docx", "docxtpl", "lxml", "pikepdf", "pypdfium2", "weasyprint", "xlsxwriter")


def test_no_command_waits_for_libraries_that_few_documents_need() -> None:
    asked = f"import publisher.pipeline, sys; print(*sorted(sys.modules.keys() & {set(HEAVY)!r}))"
    made = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert made.stdout.split() == []
