"""Builds and what is declared of the archive → the documents that are for the public."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from publisher import builds, output
from publisher.archive.folder import is_not_as_made
from publisher.archive.record import is_record, withheld
from publisher.model import Place
from publisher.renderers import given

if TYPE_CHECKING:
    from publisher.readers.archive import ArchivePlan

WEB = "web/"
"""The folder of a build in which its page lies, with the files that this offers."""
PAGE = "index.html"
OF_OFFICE = frozenset({"fragment.html", "fields.html"})
"""Beside a page for who puts it into a CMS, and for nobody else."""
WORDS = "document.txt"
READING_KIND = "政策解读"


@dataclass(frozen=True)
class Policy:
    """A document, or a text that explains some, as the archive lists it."""

    slug: str
    title: str
    record: Mapping[str, Any]
    """See `record.py`."""
    version: str
    """Of all that its page is made of, as far as it stands in its own build."""
    folder: Path
    """In which its page and its files lie."""
    files: Mapping[str, Mapping[str, Any]]
    """Those that the page offers, by name: size and hash."""
    place: Place
    """Where its front matter stands."""
    page: Callable[[], bytes] | None = None
    """Gives that of a text that explains; the page of a document lies in its folder."""
    spoken: str = ""
    """The words of such a text."""
    sums: Mapping[str, str] = field(default_factory=dict)
    """The hashes of the page and the words of a document, as its manifest lists them."""

    @property
    def is_reading(self) -> bool:
        """Whether it explains policy, and is no document."""
        return self.page is not None

    @property
    def kind(self) -> str:
        """文种, or that it explains policy."""
        return READING_KIND if self.is_reading else str(self.record["kind"])

    @property
    def day(self) -> str:
        """When it was published, else when it was made: 2025-02-26; empty where nothing says."""
        return str(self.record["published"] or self.record["date"])

    @property
    def year(self) -> str:
        """Of that day; empty where there is none."""
        return self.day[:4]

    @property
    def since(self) -> str:
        """The day by which of two documents one is the older."""
        return str(self.record["date"] or self.record["published"])

    @property
    def link(self) -> str:
        """Its address below the archive's own."""
        return f"{quote(self.slug)}/"

    @cached_property
    def issuers(self) -> str:
        """Its organs in words."""
        return "、".join(self.record["issuers"])

    def read_page(self) -> bytes:
        """Its page as the office has it."""
        return self.page() if self.page is not None else self._as_made(WEB + PAGE)

    def words(self) -> str:
        """All that it says."""
        if self.page is not None:
            return self.spoken
        return self._as_made(WORDS).decode()

    def _as_made(self, name: str) -> bytes:
        """A file of its build; BrokenEnvironment where that was written to since."""
        file = self.folder.parent / name
        data = file.read_bytes()
        if output.digest(data) != self.sums[name]:
            raise is_not_as_made(file)
        return data


@dataclass(frozen=True, slots=True)
class Withheld:
    """A document that is not in the archive, and why."""

    slug: str
    why: str


def by_age(policies: Iterable[Policy]) -> list[Policy]:
    """The oldest first: what is added stands at the end, and leaves the numbers of others alone."""
    return sorted(policies, key=lambda policy: (policy.day, policy.slug))


def collect(
    content: Path,
    build: Path,
    slugs: Iterable[str],
    current: Container[str],
    plan: ArchivePlan,
    known: Mapping[str, Any],
) -> Iterator[tuple[Policy | Withheld, dict[str, Any]]]:
    """Each document that was built, with what is kept of it for the next time.

    `current` are those whose build is surely that of their content. Of others the content is looked
    at: it may have been closed since, or be past reading; nothing of such a document stays online.
    """
    for slug in slugs:
        folder = build / slug
        stamp = stamp_of(folder / output.MANIFEST)
        if stamp is None or output.is_reserved(slug):
            continue
        kept = known.get(slug, {})
        if kept.get("stamp") != stamp or "sums" not in kept:
            kept = {"stamp": stamp, **_kept(folder)}
        why = kept["record"].get("withheld", "还没有用这一版程序生成")
        if slug in plan.entry.withdrawn:
            why = "archive.yaml 写明撤下"
        elif not why and slug not in current:
            why = _closed_since(content, slug, kept["content"])
        if why:
            yield Withheld(slug, why), kept
            continue
        place = Place(f"{content.name}/{slug}/document.md")
        yield (
            Policy(
                slug,
                kept["title"],
                kept["record"],
                kept["version"],
                folder / WEB,
                kept["files"],
                place,
                sums=kept["sums"],
            ),
            kept,
        )


def stamp_of(manifest: Path) -> list[int] | None:
    """What tells one state of a manifest from another without reading it; None without one."""
    try:
        state = manifest.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return [state.st_mtime_ns, state.st_size, state.st_ino]


def _kept(folder: Path) -> dict[str, Any]:
    # A fault of the disk is no reason to take a document off the site: OSError.
    sealed = output.manifest_there(folder) or {}
    manifest = builds.manifest_from(sealed)
    is_sound = builds.is_sound(sealed)
    files: Mapping[str, Any] = sealed["files"] if is_sound else {}
    public = manifest.public if not manifest.classification else {"withheld": "有密级"}
    if not is_sound or (public and not is_record(public)):
        why = f"{output.MANIFEST} 不是这一版程序写的，或者已损坏，请重新生成"
        public = {"withheld": why}
    elif not {WEB + PAGE, WORDS} <= files.keys() and not public.get("withheld"):
        public = {"withheld": "没有生成网页"}
    return {
        "title": manifest.title,
        "record": dict(public),
        "content": manifest.inputs.get("content", {}),
        "version": output.digest(repr(sorted((n, f["sha256"]) for n, f in files.items())).encode()),
        "sums": {name: files[name]["sha256"] for name in (WEB + PAGE, WORDS) if name in files},
        "files": {
            name.removeprefix(WEB): listed
            for name, listed in sorted(files.items())
            if name.startswith(WEB) and name.removeprefix(WEB) not in (PAGE, *OF_OFFICE)
            if not {"", "..", "."} & {*name.split("/")}  # a name never leads outside
            if PurePosixPath(name).stem != given.MARK  # which the page holds itself
        },
    }


def _closed_since(content: Path, slug: str, built_of: Mapping[str, str]) -> str:
    """Why a document that may have changed since it was built is not for the public."""
    if builds.content_of(content, slug) == built_of:
        return ""
    from publisher.readers import read_bureau, read_document

    bureau, _ = read_bureau(content)
    document, _ = read_document(content / slug, bureau)
    return "内容现在读不出来" if document is None else withheld(document)


_BLANKS = re.compile(r"\s+")
_BRACKETS = str.maketrans("[]［］【】()（）", "〔〕〔〕〔〕〔〕〔〕")


def plain_name(name: str) -> str:
    """A 发文字号 or title without what people type otherwise."""
    return _BLANKS.sub("", name).translate(_BRACKETS).strip("《》")
