"""Jinja templates of a folder, and those that come with the program → what these lack or misname.

What a template may ask for is read off the program's own templates of the folder: values that they
do not set themselves are given, and files that none of them names are asked for by the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, meta, nodes

from publisher.diagnostics import Finding
from publisher.model import Place
from publisher.template_check import findings

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a template cannot be read."""

    line: int
    why: str


@dataclass(frozen=True)
class Template:
    """A template that could be read."""

    tree: nodes.Template
    values: frozenset[str]
    """The names that it uses and does not set."""

    @cached_property
    def set_names(self) -> frozenset[str]:
        """The names that it sets, imports or defines, wherever in it."""
        stored = (name.name for name in self.tree.find_all(nodes.Name) if name.ctx != "load")
        return frozenset(stored) | self.exported

    @cached_property
    def exported(self) -> frozenset[str]:
        """What another template can import of it."""
        macros = {macro.name for macro in self.tree.find_all(nodes.Macro)}
        targets = {
            name.name
            for assignment in self.tree.find_all((nodes.Assign, nodes.AssignBlock))
            for name in assignment.find_all(nodes.Name)
            if name.ctx == "store"
        }
        imported = {
            name[1] if isinstance(name, tuple) else name
            for node in self.tree.find_all(nodes.FromImport)
            for name in node.names
        }
        modules = {node.target for node in self.tree.find_all(nodes.Import)}
        return frozenset(macros | targets | imported | modules)

    @cached_property
    def blocks(self) -> Mapping[str, int]:
        """Its blocks, and the line of each."""
        return {block.name: block.lineno for block in self.tree.find_all(nodes.Block)}

    @cached_property
    def strings(self) -> frozenset[str]:
        """All that stands in quotes."""
        constants = (node.value for node in self.tree.find_all(nodes.Const))
        return frozenset(value for value in constants if isinstance(value, str))

    def line_of(self, name: str) -> int:
        """Where a name is first used."""
        lines = (
            node.lineno
            for node in self.tree.find_all(nodes.Name)
            if node.name == name and node.ctx == "load"
        )
        return min(lines, default=1)


def parsed(source: str, environment: SandboxedEnvironment) -> Template | Fault:
    """A template from its text, or the first thing in it that Jinja cannot read."""
    try:
        tree = environment.parse(source)
        # Jinja looks at no template whose filters and tests it does not know; they are told apart.
        for node in tree.find_all(nodes.Filter):
            environment.filters.setdefault(node.name, str)
        for test in tree.find_all(nodes.Test):
            environment.tests.setdefault(test.name, lambda value: bool(value))
        values = meta.find_undeclared_variables(tree) - environment.globals.keys()
        return Template(tree, frozenset(values))
    except TemplateSyntaxError as error:
        return Fault(error.lineno, _in_chinese(error.message or ""))
    except RecursionError:
        return Fault(1, "嵌套太深")


_CHINESE = (
    (r"Unexpected end of template\..*?following tags: (.*?)\. .*", r"到末尾还没有 \1"),
    (r"Unexpected end of template.*", "到末尾还没有结束"),
    (r"Encountered unknown tag '(.*?)'\.(?: .*following tags: (.*?)\. .*)?.*", r"不认识 \1"),
    (r"expected token (.*?), got (.*)", r"应为 \1，写的是 \2"),
    (r"unexpected (?:char )?('.*?').*", r"不应有 \1"),
    (r"block ('.*?') defined twice", r"区块 \1 重复"),
    (r"Missing end of .*", "没有结束"),
)
"""What Jinja says most, and the same in Chinese."""


def _in_chinese(message: str) -> str:
    for pattern, words in _CHINESE:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return match.expand(words)
    return message


def known_filters(environment: SandboxedEnvironment) -> frozenset[str]:
    """The filters and tests that an environment has, before any template is read in it."""
    return frozenset({*environment.filters, *environment.tests})


def filters_of(templates: Iterable[Template]) -> frozenset[str]:
    """The filters and tests that templates use."""
    return frozenset(
        node.name
        for template in templates
        for node in template.tree.find_all((nodes.Filter, nodes.Test))
    )


def unknown_filters(template: Template, file: str, known: frozenset[str]) -> Iterator[Finding]:
    """Filters and tests that nobody gives."""
    for node in template.tree.find_all((nodes.Filter, nodes.Test)):
        if node.name not in known:
            yield findings.unknown_filter(Place(file, node.lineno), node.name, known)


def attributes_of(templates: Iterable[Template]) -> frozenset[str]:
    """The attributes that templates ask values for, and the keys that they may."""
    return frozenset(
        name
        for template in templates
        for name in (
            *(node.attr for node in template.tree.find_all(nodes.Getattr)),
            *template.strings,
        )
    )


def unknown_attributes(template: Template, file: str, known: frozenset[str]) -> Iterator[Finding]:
    """Attributes that no value of the program is known to have."""
    modules = {node.target for node in template.tree.find_all(nodes.Import)}
    for node in template.tree.find_all(nodes.Getattr):
        is_macro = isinstance(node.node, nodes.Name) and node.node.name in modules
        if not is_macro and node.attr not in known | template.strings:
            yield findings.unknown_attribute(Place(file, node.lineno), node.attr, known)


@dataclass(frozen=True)
class Folder:
    """The templates of one folder: those that could be read, and the names of all files."""

    path: str
    """As findings tell it, with a slash at its end."""
    templates: Mapping[str, Template]
    files: frozenset[str]

    def named_in(self, file: str, known: frozenset[str]) -> frozenset[str]:
        """The files of a folder that a template names, in a statement or in any string."""
        template = self.templates.get(file)
        return frozenset() if template is None else (template.strings & known) - {file}

    def closure(self, entry: str) -> frozenset[str]:
        """A template and all that it needs, as far as they can be read."""
        reached: set[str] = set()
        ahead = [entry]
        while ahead:
            file = ahead.pop()
            if file not in reached and file in self.templates:
                reached.add(file)
                ahead += self.named_in(file, self.files)
        return frozenset(reached)

    def values(self, files: Iterable[str]) -> frozenset[str]:
        """What these templates use, and do not set by themselves."""
        return frozenset().union(*(self.templates[file].values for file in files))

    def set_names(self, files: Iterable[str]) -> frozenset[str]:
        """What any of these templates sets."""
        return frozenset().union(*(self.templates[file].set_names for file in files))


def entries(shipped: Folder) -> frozenset[str]:
    """The files that the program itself asks for: no template of its own names them."""
    named = (shipped.named_in(file, shipped.files) for file in shipped.templates)
    return shipped.files - frozenset().union(*named)


def faults(
    shipped: Folder, own: Folder, known_filters: frozenset[str], attributes: frozenset[str]
) -> Iterator[Finding]:
    """What is wrong in the templates of a folder, held against the program's own.

    `attributes` are those that values of the program have, as far as they are known.
    """
    attributes |= attributes_of(shipped.templates.values())
    asked = entries(shipped)
    yield from _missing_files(shipped, own, asked)
    for file, template in own.templates.items():
        yield from unknown_filters(template, own.path + file, known_filters)
        yield from unknown_attributes(template, own.path + file, attributes)
        yield from _lost_blocks(own, file)
    for entry in asked & own.templates.keys():
        yield from _values(shipped, own, entry)
        yield from _macros(shipped, own, entry)


def _missing_files(shipped: Folder, own: Folder, asked: frozenset[str]) -> Iterator[Finding]:
    known = shipped.files | own.files
    named = frozenset(
        name for file, template in own.templates.items() for name in _references(template)
    ) | frozenset().union(*(own.named_in(file, known) for file in own.templates))
    for name in sorted((asked | named | shipped.files) - own.files):
        make = findings.missing_template if name in asked | named else findings.unused_template
        yield make(Place(own.path + name))


def _references(template: Template) -> Iterator[str]:
    """The templates that statements of a template name outright."""
    kinds = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    for node in template.tree.find_all(nodes.Stmt):
        if isinstance(node, kinds) and not getattr(node, "ignore_missing", False):
            named = node.template
            if isinstance(named, nodes.Const) and isinstance(named.value, str):
                yield named.value


def _lost_blocks(own: Folder, file: str) -> Iterator[Finding]:
    template = own.templates[file]
    base = next((node for node in template.tree.find_all(nodes.Extends)), None)
    if base is None or not isinstance(base.template, nodes.Const):
        return
    above = own.closure(base.template.value)
    kept = frozenset().union(*(own.templates[name].blocks.keys() for name in above))
    inner = _inner_blocks(template)
    for name, line in template.blocks.items():
        if above and name not in kept | inner:
            yield findings.lost_block(
                Place(own.path + file, line), name, own.path + base.template.value
            )


def _inner_blocks(template: Template) -> frozenset[str]:
    """Blocks that stand within others, which have their place there."""
    outer = template.tree.find_all(nodes.Block)
    return frozenset(
        inner.name for block in outer for inner in block.find_all(nodes.Block) if inner is not block
    )


def _values(shipped: Folder, own: Folder, entry: str) -> Iterator[Finding]:
    """Values that nobody gives, and those that are given and not used."""
    files, like = own.closure(entry), shipped.closure(entry)
    given, used, set_here = shipped.values(like), own.values(files), own.set_names(files)
    # What any template of the folder uses is given to most of them.
    known = shipped.values(shipped.templates) | set_here
    for file in sorted(files):
        template = own.templates[file]
        for name in sorted(template.values - known):
            place = Place(own.path + file, template.line_of(name))
            yield findings.unknown_value(place, name, known)
    if any(own.named_in(file, own.files - own.templates.keys()) for file in files):
        return  # what cannot be read may use them
    for name in sorted(given - shipped.set_names(like) - used):
        yield findings.unused_value(Place(own.path + entry), name)


def _macros(shipped: Folder, own: Folder, entry: str) -> Iterator[Finding]:
    """Macros that are imported or called, and not defined where they should be."""
    files = own.closure(entry)
    for file in sorted(files):
        tree = own.templates[file].tree
        for node in tree.find_all(nodes.FromImport):
            names = {
                name[0] if isinstance(name, tuple) else name: node.lineno for name in node.names
            }
            yield from _undefined(own, file, names, _targets(own, files, node.template))
        for module in tree.find_all(nodes.Import):
            for target in _targets(own, files, module.template):
                names = _called(tree, module.target)
                if _is_called_by_value(tree, module.target) and target in shipped.templates:
                    macros = shipped.templates[target].tree.find_all(nodes.Macro)
                    names |= {macro.name: module.lineno for macro in macros}
                yield from _undefined(own, file, names, (target,))


def _undefined(
    own: Folder, file: str, names: Mapping[str, int], targets: Iterable[str]
) -> Iterator[Finding]:
    for target in targets:
        if target not in own.templates:
            continue
        for name in sorted(names.keys() - own.templates[target].exported):
            yield findings.missing_macro(
                Place(own.path + file, names[name]), name, own.path + target
            )


def _targets(own: Folder, files: Iterable[str], template: nodes.Expr) -> tuple[str, ...]:
    """The templates that an expression may name: itself, or all that its variable is set to."""
    match template:
        case nodes.Const(value=str(name)):
            return (name,)
        case nodes.Name(name=variable):
            values = {
                value.value
                for file in files
                for assignment in own.templates[file].tree.find_all(nodes.Assign)
                if isinstance(assignment.target, nodes.Name) and assignment.target.name == variable
                for value in (assignment.node, *assignment.node.find_all(nodes.Const))
                if isinstance(value, nodes.Const)
            }
            return tuple(sorted(value for value in values if isinstance(value, str)))
        case _:
            return ()


def _called(tree: nodes.Template, module: str) -> dict[str, int]:
    """The names that are asked of an imported template, with their lines."""
    return {
        node.attr: node.lineno
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == module
    }


def _is_called_by_value(tree: nodes.Template, module: str) -> bool:
    """Whether macros of an imported template are called by names that values hold."""
    return any(
        isinstance(node.node, nodes.Name)
        and node.node.name == module
        and not isinstance(node.arg, nodes.Const)
        for node in tree.find_all(nodes.Getitem)
    )
