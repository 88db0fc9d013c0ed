"""An edition → the bytes of finished files: the table of formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from publisher.filetypes import FINISHED
from publisher.images import ImageType
from publisher.model import Edition


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of files, and how they are made."""

    render: Callable[..., dict[str, bytes]]
    """Gives files by name. It can be pickled, and gives the same bytes for the same values."""
    files: tuple[str, ...]
    """The names that its files may have, `*` for the number of an attachment, table or picture."""
    is_public: bool = False
    """Whether the page offers its files."""
    is_measured: bool = False
    """Whether the first of its files is measured against the standard."""
    of: str = ""
    """The format from whose finished files it is made, with the edition; empty where it is made
    from the edition alone."""
    comes_back: bool = False
    """Whether people edit its files and give them back: those of the office say what they were made
    from (`provenance.py`), those that the page offers do not."""
    parted: Parted | None = None
    """How its files are made in parts; None where they are not."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """The `render` of a module here, which is loaded in the process where files are made."""

    module: str

    def __call__(self, edition: Edition, *made: Mapping[str, bytes]) -> dict[str, bytes]:
        """Files by name; of a format that is made of another's files, from these too."""
        module = import_module(f"{__name__}.{self.module}")
        files: dict[str, bytes] = module.render(edition, *made)
        return files


@dataclass(frozen=True, slots=True)
class Parted:
    """How several processes make the files of a format side by side, as its module says."""

    module: str

    def parts(self, edition: Edition, count: int) -> tuple[Any, ...]:
        """What so many processes share; none where it is made in one."""
        from publisher.renderers.parts import parts_of

        return parts_of(edition, count)

    def set_part(self, part: Any) -> Any:
        """What one process gives."""
        return import_module(f"{__name__}.{self.module}").set_part(part)

    def join(self, edition: Edition, parts: Sequence[Any], made: Sequence[Any]) -> dict[str, bytes]:
        """What `render` gives, of what was made of all parts."""
        files: dict[str, bytes] = import_module(f"{__name__}.{self.module}").join(
            edition, parts, made
        )
        return files


FORMATS: dict[str, Format] = {
    "PDF": Format(
        Renderer("pdf"),
        ("document.pdf", "attachment-*.pdf"),
        is_public=True,
        is_measured=True,
        parted=Parted("pdf"),
    ),
    "OFD": Format(
        Renderer("ofd"),
        ("document.ofd", "attachment-*.ofd"),
        is_public=True,
        is_measured=True,
        of="PDF",
    ),
    "Word": Format(
        Renderer("docx"),
        ("document.docx", "attachment-*.docx"),
        is_public=True,
        is_measured=True,
        comes_back=True,
    ),
    "附件表": Format(
        Renderer("table"),
        ("attachment-*.xlsx", "attachment-*.csv", "table-*.xlsx", "table-*.csv"),
        is_public=True,
        comes_back=True,
    ),
    "图片和文件": Format(
        Renderer("given"),
        (
            *(f"mark{kind.suffix}" for kind in ImageType),
            *(f"picture-*{kind.suffix}" for kind in ImageType),
            *(f"attachment-*{kind.suffix}" for kind in ImageType),
            *(f"attachment-*{suffix}" for suffix in FINISHED),
        ),
        is_public=True,
    ),
    "对账": Format(Renderer("reconciliation"), ("reconciliation.html",)),
    "纯文本": Format(Renderer("text"), ("document.txt",)),
}
"""What is made from an edition, the slowest first, by what users are told of it; what is made of
the files of another stands after it.

The web page is made last and apart: it tells the size of what these gave. What the types of files
are called, and their media types, stand in `filetypes.py`; what is made of two versions, in
`review.py`.
"""
