"""The name of a folder of templates → the sandboxed Jinja environment that fills them."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from pickle import UnpicklingError
from types import CodeType
from typing import TYPE_CHECKING, Any, NoReturn, assert_never

from publisher import compiled, shipped
from publisher.diagnostics import BrokenEnvironment
from publisher.model import (
    Inline,
    LineBreak,
    Link,
    Lowered,
    Note,
    NumberedHeading,
    Raised,
    SetPicture,
    SetTable,
    Strong,
    Text,
    one_line,
)

if TYPE_CHECKING:
    from jinja2 import BytecodeCache
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup


VARIABLE = "PUBLISHER_TEMPLATES"
"""The variable of the environment that names another folder of templates."""
SHIPPED = shipped.folder("templates")
"""The templates that come with the program."""


class BrokenTemplate(BrokenEnvironment):
    """A template lacks what the program needs, or cannot be read."""


@contextmanager
def told_of_damage(name: str) -> Iterator[None]:
    """Turn what Jinja says of a damaged template into a sentence for the user."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        yield
    except TemplateError as error:
        where = name
        if isinstance(error, TemplateSyntaxError) and error.name:
            where = f"{name} {error.name} 第 {error.lineno} 行"
        raise BrokenTemplate(f"{where}中的标记有错（{error.message}），请对照原模板改正") from None


@contextmanager
def own(name: str) -> Iterator[None]:
    """Whatever goes wrong inside with a template of the bureau's own is told as its fault.

    With those that come with the program it is one of the program, and passes as it is.
    """
    from jinja2 import TemplateError

    try:
        yield
    except (TemplateError, BrokenEnvironment, OSError, MemoryError):
        raise
    except Exception as error:
        if root() == SHIPPED:
            raise
        what = f"{type(error).__name__}: {error}"
        raise BrokenTemplate(
            f"{name}用不了（{what}），请运行 publisher template check，对照原模板改正"
        ) from error


def root() -> Path:
    """The folder of all templates: `templates`, or PUBLISHER_TEMPLATES."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else SHIPPED


def folder(name: str, below: Path | None = None) -> Path:
    """The folder of one format's templates; BrokenTemplate where it is not there."""
    path = (below or root()) / name
    if not path.is_dir():
        raise BrokenTemplate(f"找不到模板文件夹 {path}（环境变量 {VARIABLE}）")
    return path


@cache
def _compiled() -> BytecodeCache:
    """Templates that are compiled: those of the program are kept for further runs.

    Jinja knows a template by its file, and by its text whether it is still the same.
    """
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    class Compiled(BytecodeCache):
        def __init__(self) -> None:
            self._codes: dict[str, bytes] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            if code := self._codes.get(bucket.key) or _kept(bucket.key):
                with suppress(EOFError, ValueError, UnpicklingError):  # damaged, or another's
                    bucket.bytecode_from_string(code)
                    self._codes[bucket.key] = code

        def dump_bytecode(self, bucket: Bucket) -> None:
            code = self._codes[bucket.key] = bucket.bytecode_to_string()
            _keep(bucket.key, code)

    return Compiled()


def _kept(name: str) -> bytes | None:
    return compiled.kept(name) if root() == SHIPPED else None


def _keep(name: str, code: bytes) -> None:
    if root() == SHIPPED:
        compiled.keep(name, code)


@cache
def _remembering() -> type[SandboxedEnvironment]:
    """An environment that compiles a text which is no file once, as Word's are.

    All that `environment` makes compile alike.
    """
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

    codes: dict[str, CodeType] = {}

    class Remembering(SandboxedEnvironment):
        def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Any:
            if source not in codes:
                codes[source] = self._code_of(source)
            made = template_class or Template
            return made.from_code(self, codes[source], self.make_globals(globals), None)

        def _code_of(self, source: str) -> CodeType:
            name = f"text-{sha256(source.encode()).hexdigest()}"
            if code := _kept(name):
                with suppress(EOFError, ValueError, TypeError):  # damaged
                    known: CodeType = marshal.loads(code)
                    return known
            made: CodeType = self.compile(source)
            _keep(name, marshal.dumps(made))
            return made

        def handle_exception(self, source: str | None = None) -> NoReturn:
            """What Jinja calls while that which a template raises is on its way."""
            with own("模板"):
                super().handle_exception(source)
            raise AssertionError  # it always raises

    return Remembering


def environment(name: str, below: Path | None = None) -> SandboxedEnvironment:
    """An environment over a format's templates: content is text, a missing value an error.

    Templates are code that a bureau may change: the sandbox keeps them from reaching Python.
    """
    from jinja2 import FileSystemLoader, StrictUndefined

    templates = _remembering()(
        loader=FileSystemLoader(folder(name, below)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(),
    )
    templates.filters.update(inline=inline, lines=lines, one_line=one_line)
    templates.tests.update(
        heading=lambda block: isinstance(block, NumberedHeading),
        table=lambda content: isinstance(content, SetTable),
        picture=lambda content: isinstance(content, SetPicture),
    )
    return templates


NoteMark = Callable[[], "Markup"]
"""Gives the mark of the next note."""


def inline(content: Iterable[Inline], mark: NoteMark | None = None) -> Markup:
    """Inline content as HTML, its characters escaped; without a `mark`, notes leave none."""
    from markupsafe import Markup

    return Markup().join(_element(element, mark) for element in content)


def _element(element: Inline, mark: NoteMark | None) -> Markup:
    from markupsafe import Markup, escape

    match element:
        case Text(characters):
            return escape(characters)
        case Strong(content):
            return Markup("<strong>{}</strong>").format(inline(content, mark))
        case Link(target, content):
            return Markup('<a href="{}">{}</a>').format(target, inline(content, mark))
        case LineBreak():
            return Markup("<br>")
        case Raised(characters):
            return Markup("<sup>{}</sup>").format(characters)
        case Lowered(characters):
            return Markup("<sub>{}</sub>").format(characters)
        case Note():
            return mark() if mark else Markup("")
        case _:
            assert_never(element)


def lines(title: str) -> Markup:
    """A title as HTML, broken where its author broke it."""
    from markupsafe import Markup, escape

    return Markup("<br>").join(escape(line) for line in title.split("\n"))
