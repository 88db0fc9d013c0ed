"""What was seen whole and up to date → the same known next time without reading it.

A document is known again by what the system says of each of its files, those of its content and
those built of it: name, kind, permissions, size, number, times of change of bytes and of file. A
program can set the first of these times back and not the second. What changed in the last moment
before it was looked at is not relied on: a clock may not tell that from a change after.
"""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from publisher import diagnostics, output
from publisher.diagnostics import Finding
from publisher.files import LARGEST
from publisher.renderers.overview import IndexEntry
from publisher.shapes import EACH, has_shape, value_of

FILE = ".known"
"""In the build folder; its owner's alone, for it quotes classified documents too."""
_FORMAT = 1
_MOMENT = 2 * 10**9
"""Nanoseconds: the coarsest clock of a file system counts by two seconds."""


class _NotPlain(Exception):
    """A link, a pipe or a device: what it leads to is not told by how it stands here."""


class Memory:
    """What is known of the documents of a build folder, kept in a file that grows line by line."""

    def __init__(self, build: Path, environment: str) -> None:
        self._file = build / FILE
        self._environment = environment
        self._lines = _lines(self._file)
        self._fresh: list[str] = []

    def entry(self, slug: str, state: str) -> IndexEntry | None:
        """What was known of a document in this state, made with what makes documents now."""
        line = self._lines.get(slug)
        if line is None or not state or line.get("state") != state:
            return None
        same = line.get("environment") == self._environment
        return _entry(slug, line.get("entry")) if same else None

    def learn(self, state: str, entry: IndexEntry) -> None:
        """A document in this state was looked at, and is whole and up to date."""
        about = {"state": state, "environment": self._environment, "entry": _values(entry)}
        line = {"format": _FORMAT, "slug": entry.slug, **about}
        self._lines[entry.slug] = line
        self._fresh.append(json.dumps(line, ensure_ascii=False))

    def learn_overview(self, about: str, state: str) -> None:
        """The overview in this state tells all `about` the documents."""
        line = {"format": _FORMAT, "slug": "", "about": about, "state": state}
        self._lines[""] = line
        self._fresh.append(json.dumps(line))

    def overview(self, about: str, state: str) -> bool:
        """Whether it is known that the overview tells that."""
        line = self._lines.get("", {})
        return bool(state) and (line.get("about"), line.get("state")) == (about, state)

    def save(self) -> None:
        """Add what is new to the file. Where that fails, more is read next time."""
        if not self._fresh:
            return
        fresh, self._fresh = self._fresh, []
        with suppress(OSError):
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK
            with os.fdopen(os.open(self._file, flags, 0o600), "ab") as file:
                os.fchmod(file.fileno(), 0o600)
                file.write("".join(f"\n{line}" for line in fresh).encode(errors="replace"))

    def shorten(self) -> None:
        """Write the file anew, where most of its lines are of earlier states."""
        self.save()
        with suppress(OSError):
            lines = sum(1 for _ in _read(self._file))
            if lines > 2 * len(self._lines):
                text = "".join(
                    f"\n{json.dumps(line, ensure_ascii=False)}" for line in self._lines.values()
                )
                output.write_file(self._file, text.encode(errors="replace"), private=True)


def _lines(file: Path) -> dict[str, dict[str, Any]]:
    """By the slug, the last line that says something of it."""
    with suppress(OSError):
        return {
            line["slug"]: line
            for line in _read(file)
            if isinstance(line, dict)
            and line.get("format") == _FORMAT
            and isinstance(line.get("slug"), str)
        }
    return {}


def _read(file: Path) -> Iterator[Any]:
    """What the lines hold; one that a killed run left half is passed over."""
    if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST:
        return
    with file.open("rb") as lines:
        for line in lines:
            with suppress(ValueError):
                yield value_of(line)


def _values(entry: IndexEntry) -> dict[str, Any]:
    return asdict(entry) | {"findings": [diagnostics.as_data(each) for each in entry.findings]}


_SHAPE = {
    **dict.fromkeys(("title", "version", "classification"), str),
    "files": {EACH: int},
    "broken": {EACH: [str]},
}


def _entry(slug: str, values: Any) -> IndexEntry | None:
    with suppress(KeyError, TypeError, ValueError):  # somebody wrote into the file
        said = {**values, "files": dict(values["files"]), "broken": dict(values["broken"])}
        if not has_shape(said, _SHAPE):
            return None
        findings: tuple[Finding, ...] = diagnostics.from_json(
            json.dumps(values["findings"]).encode()
        )
        return IndexEntry(
            slug=slug,
            title=values["title"],
            version=values["version"],
            files=tuple((name, length) for name, length in values["files"]),
            findings=findings,
            classification=values["classification"],
            broken=tuple((name, tuple(rules)) for name, rules in values["broken"]),
        )
    return None


# -- states -----------------------------------------------------------------------------


def state_of(*paths: Path) -> str:
    """What tells one state of files, and of all in folders, from another.

    Empty where that cannot be known: something is not there, is neither file nor folder, or was
    changed a moment ago.
    """
    seen, latest = sha256(), 0
    try:
        for path in paths:
            whole = os.fspath(path)
            for name, about in _below(whole, os.lstat(path)):
                times = about.st_mtime_ns, about.st_ctime_ns
                which = name.removeprefix(whole), about.st_dev, about.st_ino
                state = (*which, about.st_mode, about.st_size, *times)
                seen.update(repr(state).encode(errors="surrogatepass"))
                latest = max(latest, *times)
    except (OSError, _NotPlain):
        return ""
    return seen.hexdigest() if latest < time.time_ns() - _MOMENT else ""


def _below(path: str, about: os.stat_result) -> Iterator[tuple[str, os.stat_result]]:
    """A path and all that is below it, in order."""
    yield path, about
    if stat.S_ISDIR(about.st_mode):
        with os.scandir(path) as entries:
            there = sorted(entries, key=lambda entry: entry.name)
        for entry in there:
            yield from _below(entry.path, entry.stat(follow_symlinks=False))
    elif not stat.S_ISREG(about.st_mode):
        raise _NotPlain
