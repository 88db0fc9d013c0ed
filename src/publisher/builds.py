"""Content and tools → what a build depends on; builds → their manifests and the overview."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from publisher import bureau_files, diagnostics, fonts, output, templates
from publisher.diagnostics import Finding
from publisher.files import read_regular
from publisher.renderers import overview
from publisher.shapes import EACH, has_shape

FINDINGS = "findings.json"
_NOT_PRINTED = ("accepted.yaml", "comments.yaml")
INDEX = "index.html"
TOOLS = (
    "docxtpl",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown",
    "pikepdf",
    "pillow",
    "pydantic",
    "pypdfium2",
    "python-docx",
    "rapidfuzz",
    "rjieba",
    "ruamel.yaml",
    "segno",
    "weasyprint",
    "xlsxwriter",
)
"""What a finished file depends on besides the content: libraries whose versions are recorded."""

Inputs = dict[str, Any]
"""All that the files of a document depend on, by name and hash or version."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build says of itself, beside the size and SHA-256 of each of its files."""

    slug: str = ""
    title: str = ""
    """On one line."""
    classification: str | None = None
    """The 密级 of the document."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What reconciling and measuring came to: what was looked at, and a sentence in Chinese."""
    broken: Mapping[str, list[str]] = field(default_factory=dict)
    """The rules by their names that must hold and do not, in each file that breaks any."""
    content: str = ""
    """SHA-256 of what it was made from: the version that readers are told."""
    public: Mapping[str, Any] = field(default_factory=dict)
    """What the archive has to know of it (`archive/record.py`)."""
    inputs: Inputs = field(default_factory=dict)
    """What it was made from and with; what could not be measured that another time may be."""


def manifest_of(folder: Path) -> Manifest:
    """What the build in a folder says of itself; of what an earlier version left out, nothing."""
    return manifest_from(output.read_manifest(folder) or {})


_FILES = {EACH: {"bytes": int, "sha256": str}}
_SHAPES: Mapping[str, Any] = {
    "slug": str,
    "title": str,
    "classification": (str, type(None)),
    "told": {EACH: str},
    "broken": {EACH: [str]},
    "content": str,
    "public": dict,
    "inputs": dict,
}


def is_sound(sealed: Mapping[str, Any]) -> bool:
    """Whether what stands in a manifest can be what was written there: it may be damaged."""
    names = _SHAPES.keys() & sealed
    return has_shape(sealed.get("files"), _FILES) and all(
        has_shape(sealed[name], _SHAPES[name]) for name in names
    )


def manifest_from(sealed: Mapping[str, Any]) -> Manifest:
    """The same of what stands in the file; of what is damaged, nothing."""
    if not is_sound(sealed):
        return Manifest()
    names = [known.name for known in fields(Manifest) if known.name in sealed]
    return Manifest(**{name: sealed[name] for name in names})


def is_up_to_date(folder: Path, manifest: Manifest, inputs: Inputs) -> bool:
    """Whether a build was made of these inputs, is whole, and its owner's alone if it is to be."""
    if manifest.inputs != inputs:
        return False
    with suppress(OSError):  # else it is made anew
        is_private = not manifest.classification or output.is_private(folder)
        return is_private and is_built(folder)
    return False


def is_built(folder: Path) -> bool:
    """Whether a document's files stand whole in a folder, as far as can be known."""
    with suppress(OSError):
        sealed = output.finished(folder)
        return sealed is not None and FINDINGS in sealed["files"]
    return False


def findings_of(folder: Path) -> tuple[Finding, ...]:
    """The findings that a build keeps."""
    return diagnostics.from_json((folder / FINDINGS).read_bytes())


def write(folder: Path, files: Mapping[str, bytes], manifest: Manifest) -> None:
    """Put the files of a document in place of the last ones, sealed with their manifest."""
    # Once more: on a disk that ignores case another document may have taken the place.
    require_ours(folder)
    sealed = output.sealed(files, asdict(manifest))
    output.write_folder(folder, sealed, private=manifest.classification is not None)


def require_ours(folder: Path) -> None:
    """A document may be written where nothing is, or it was written before; else InTheWay."""
    output.require_ours(folder, {"slug": folder.name})


# -- what a build depends on ------------------------------------------------------------


def inputs(content: Path, slug: str) -> Inputs:
    """All that the files of a document depend on."""
    return {"content": content_of(content, slug), **environment()}


def content_of(content: Path, slug: str) -> dict[str, str]:
    """The hash of each file of its content by name: those of its folder, and of the bureau."""
    return _hashes(content / slug, "**/*", content) | bureau_of(content)


def bureau_of(content: Path) -> dict[str, str]:
    """The hash of what all documents share."""
    files = (content / name for name in bureau_files.files_of(content))
    return {
        bureau_name(_as_text(file.name)): hash_of(file, content)
        for file in files
        if os.path.lexists(file) and not file.is_dir()
    }


def bureau_name(name: str) -> str:
    """What a file of the bureau is called among those of a document, which has names of its own."""
    return name if name == bureau_files.FILE else f"../{name}"


def version_of(inputs: Inputs) -> str:
    """One hash of all the content."""
    return output.digest(repr(sorted(inputs["content"].items())).encode())


def printed_version(content: Mapping[str, str]) -> str:
    """One hash of the files that files are made from, by name.

    What is accepted in a document, and what becomes of comments on it, changes nothing in them.
    """
    printed = {name: sum_ for name, sum_ in content.items() if name not in _NOT_PRINTED}
    return version_of({"content": printed})


@cache
def environment() -> Inputs:
    """The tools: alike for all documents of a run."""
    from publisher.office import office_version

    return {
        "fonts": {face.face.name: f"{face.family} {sum_}" for face, sum_ in _font_sums().items()},
        "program": _program(),
        "templates": _hashes(templates.folder(""), "*/*"),
        "tools": {
            "python": ".".join(map(str, sys.version_info[:3])),
            **{name: version(name) for name in TOOLS},
            # Its finished pages are measured where it is installed.
            "libreoffice": office_version(),
        },
    }


def _program() -> dict[str, str]:
    """The hash of each file that the program is made of, by its name."""
    folder = Path(__file__).parent
    files = [Path(at, name) for at, _, names in os.walk(folder) for name in names]
    return {
        _as_text(file.relative_to(folder).as_posix()): hash_of(file, None)
        for file in sorted(files)
        if file.suffix in (".py", ".toml") and not output.is_begun(file)
    }


@cache
def _font_sums() -> dict[fonts.ServedFace, str]:
    """The SHA-256 of the font that sets each face."""
    served = fonts.served_faces(fonts.folder())
    return {face: output.digest_of(face.file) for face in served}


def notes() -> tuple[str, ...]:
    """What is to be known of the surroundings in which documents were published, in Chinese."""
    return fonts.unknown_releases(_font_sums(), fonts.folder())


def forget_environment() -> None:
    """Look at templates, fonts and tools anew next time: for who goes on while they change."""
    environment.cache_clear()
    _font_sums.cache_clear()


def _hashes(folder: Path, pattern: str, within: Path | None = None) -> dict[str, str]:
    """The hash of each file in a folder by its name there; none in one that is not `within`."""
    if within and not folder.resolve().is_relative_to(within.resolve()):
        return {}  # a link, which the reader will tell
    return {
        _as_text(path.relative_to(folder).as_posix()): hash_of(path, within)
        for path in sorted(folder.glob(pattern))
        if not path.is_dir() and not output.is_begun(path)
    }


def _as_text(name: str) -> str:
    """A name, which may be of bytes that are no characters, as JSON can hold it."""
    return os.fsencode(name).decode(errors="backslashreplace")


def hash_of(path: Path, within: Path | None) -> str:
    """The file's hash; where it is not read, why not, as the reader that needs it will say."""
    data = read_regular(path, within)
    return output.digest(data) if isinstance(data, bytes) else data.name


# -- the overview -----------------------------------------------------------------------


def require_our_overview(build: Path) -> None:
    """The overview may be written where none is, or one of ours; else InTheWay."""
    output.require_our_file(build / INDEX, overview.INDEX_SIGN)


def write_overview(build: Path, slugs: Iterable[str]) -> None:
    """`build/index.html`: what stands in `build` of these documents.

    It names documents and quotes their findings: with a classified one among them it is private.
    """
    write_index(build, [entry for slug in slugs if (entry := entry_of(build / slug))])


def write_index(build: Path, entries: Sequence[overview.IndexEntry]) -> None:
    """The same of entries that are known."""
    secret = any(entry.classification for entry in entries)
    output.write_file(build / INDEX, overview.render_index(entries), private=secret)


def entry_of(folder: Path) -> overview.IndexEntry | None:
    """What the overview says of a document that stands whole in its folder; None elsewhere."""
    sealed = output.finished(folder)
    return None if sealed is None else listed(folder, sealed)


def listed(folder: Path, sealed: Mapping[str, Any]) -> overview.IndexEntry | None:
    """The same of a folder that is known to be as its manifest says."""
    if not sealed.keys() >= {"title", "content"} or not is_sound(sealed):
        return None
    manifest, files = manifest_from(sealed), sealed["files"]
    if FINDINGS not in files:
        return None
    copies = {f"web/{name}" for name in files}
    return overview.IndexEntry(
        slug=folder.name,
        title=manifest.title,
        version=manifest.content,
        classification=manifest.classification or "",
        files=tuple((name, files[name]["bytes"]) for name in files if name not in copies),
        findings=findings_of(folder),
        broken=broken(manifest),
    )


def broken(manifest: Manifest) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The rules that must hold and do not, in each file that breaks any."""
    return tuple((name, tuple(rules)) for name, rules in manifest.broken.items())
