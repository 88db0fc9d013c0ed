"""What a bureau is called → a repository of its own: content, and what checks and publishes it."""

from __future__ import annotations

import errno
import os
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from publisher import bureau_files, drafts, output, programs, scratch, templates
from publisher.model import Kind
from publisher.writers.yaml import scalar

CONTENT = "content"
SYSTEM_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig")
"""Of Debian and Ubuntu: what a machine of a hosting service lacks."""
_TEMPLATES = "init"
_FILES = {
    "README.md": "README.md.jinja",
    "Makefile": "Makefile.jinja",
    ".gitignore": "gitignore.jinja",
    ".gitattributes": "gitattributes.jinja",
    ".github/workflows/publish.yml": "github.yml.jinja",
    ".gitlab-ci.yml": "gitlab.yml.jinja",
    ".workflow/publish.yml": "gitee.yml.jinja",
}
_GIT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a repository begins with."""

    slug: str
    """The name of its first document."""
    kind: Kind = Kind.NOTICE
    like: str | None = None
    """The example that the first document is copied from; else it is a first draft of its kind."""
    organ: str = ""
    """Its full name; empty where it is still to be filled in."""
    code: str = ""
    """机关代字."""
    site: str = ""
    """The name of its website."""
    wheel: str = "gongwen-publisher"
    """Where machines of hosting services install the program from: a name, path or address."""


@dataclass(frozen=True, slots=True)
class Started:
    """What was made of a folder, by names below it."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Files that were there before, and were left as they are."""
    has_git: bool
    """Whether it is a repository of git now."""


def targets_of(folder: Path) -> list[Path]:
    """What may be written."""
    return [folder / CONTENT / bureau_files.FILE, *(folder / name for name in _FILES)]


def start(folder: Path, beginning: Beginning, today: date) -> Started:
    """Make a folder a bureau's repository. What is there already stays; `content` must not be.

    OSError where something cannot be written: then all that was written is gone.
    """
    content, made = folder / CONTENT, _content(beginning, today)
    if os.path.lexists(content):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(content))
    files = {name: words.encode() for name, words in _files(beginning)}
    kept = [name for name in files if _is_taken(folder, name)]
    fresh = [name for name in files if name not in kept]
    with _gone_where_it_fails(folder, fresh):
        for name in fresh:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            output.write_file(folder / name, files[name])
        # Last and at once: with content in it, a folder cannot be begun again.
        output.write_folder(content, made)
    written = (f"{CONTENT}/{bureau_files.FILE}", f"{CONTENT}/{beginning.slug}/", *fresh)
    return Started(written, tuple(kept), _has_git(folder))


def _is_taken(folder: Path, name: str) -> bool:
    """Whether something has a name below a folder, or a link or file stands where that is to be."""
    above = [folder / place for place in Path(name).parents[:-1]]
    blocked = any(os.path.lexists(path) and not _is_folder(path) for path in above)
    return blocked or os.path.lexists(folder / name)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _content(beginning: Beginning, today: date) -> dict[str, bytes]:
    """The files of the content, by their names in it."""
    with scratch.folder() as made:
        content = made / CONTENT
        content.mkdir()
        output.write_file(content / bureau_files.FILE, _bureau(beginning).encode())
        if beginning.like:
            drafts.new_like(content, beginning.slug, beginning.like)
        else:
            drafts.new(content, beginning.slug, beginning.kind, today)
        files = (path for path in sorted(content.rglob("*")) if path.is_file())
        return {path.relative_to(content).as_posix(): path.read_bytes() for path in files}


@contextmanager
def _gone_where_it_fails(folder: Path, names: Iterable[str]) -> Iterator[None]:
    """Files that are written inside, and folders made for them, are taken away if that fails."""
    paths = [folder / name for name in names]
    above = {parent for path in paths for parent in path.parents if not parent.exists()}
    try:
        yield
    except BaseException:
        for path in paths:
            with suppress(OSError):
                path.unlink()
        for parent in sorted(above, reverse=True):
            with suppress(OSError):
                parent.rmdir()
        raise


def _bureau(beginning: Beginning) -> str:
    given = {"organ": beginning.organ, "code": beginning.code, "site": beginning.site}
    quoted = {name: scalar(words) if words else "" for name, words in given.items()}
    return templates.environment("new").get_template("bureau.yaml.jinja").render(quoted)


def _files(beginning: Beginning) -> Iterator[tuple[str, str]]:
    make = templates.environment(_TEMPLATES).get_template
    given = {
        "organ": beginning.organ or "××××",
        "slug": beginning.slug,
        "wheel": beginning.wheel,
        "wheel_quoted": shlex.quote(beginning.wheel),
        "packages": " ".join(SYSTEM_PACKAGES),
    }
    for name, template in _FILES.items():
        yield name, make(template).render(given)


def _has_git(folder: Path) -> bool:
    """Whether a folder is a repository of git, if need be from now on; Word files show in its diff.

    False where git is not there.
    """
    git = ["git", "-C", str(folder)]
    with suppress(OSError, programs.TooMuch, subprocess.TimeoutExpired):
        within = programs.run([*git, "rev-parse", "--is-inside-work-tree"], _GIT_SECONDS)
        if within.returncode and programs.run([*git, "init", "--quiet"], _GIT_SECONDS).returncode:
            return False
        textconv = ["config", "diff.publisher.textconv", "publisher textconv"]
        return programs.run([*git, *textconv], _GIT_SECONDS).returncode == 0
    return False
