"""Finished files of the archive → `build/public/`: what differs is written, what is left removed.

What was written is kept beside the folder: files that are as they were are not even read, so that
thousands of documents of which one has changed cost little.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from publisher import output
from publisher.diagnostics import BrokenEnvironment
from publisher.files import LARGEST, Refusal, read_regular
from publisher.output import InTheWay
from publisher.shapes import value_of

PUBLIC = "public"
STATE = ".archive.json"
BEGUN = ".archive-begun"
"""There while the archive is written: a run that was interrupted leaves it behind."""
FORMAT = 1


class PublicFolder:
    """The folder that goes online, and what is known of its files."""

    def __init__(self, build: Path, *, trusts: bool = True) -> None:
        self.path = build / PUBLIC
        self._state = build / STATE
        self._begun = build / BEGUN
        self.before = _read(self._state)
        """What the last run kept: `files` by their hashes, and whatever it was given."""
        self.trusts = trusts and not self._begun.exists()
        """Whether files are as the last run kept: not after one that was interrupted."""
        self._trusted: Mapping[str, str] = self.before.get("files", {}) if self.trusts else {}
        """Files that are taken to be as they were written."""
        self._files: dict[str, str] = {}
        self.written = 0

    def require_ours(self) -> None:
        """The folder may be written where none is, or an archive of ours; else InTheWay."""
        is_free = not os.path.lexists(self.path)
        is_folder = self.path.is_dir() and not self.path.is_symlink()
        is_ours = self.before or self._begun.exists()
        if is_free or (is_folder and (is_ours or not any(self.path.iterdir()))):
            return
        raise InTheWay(
            f"{self.path} 不是 publisher 生成的，没有动它。请先把它移走或改名，再运行一次"
        )

    def begin(self) -> None:
        """Say beforehand that the folder is ours, and not as it was: a run may be interrupted."""
        output.write_file(self._begun, b"", private=True)

    def put(self, name: str, data: bytes) -> None:
        """A file with these bytes."""
        sum_ = output.digest(data)
        if not self._has(name, sum_, len(data)):
            target = self._free(name)
            output.write_own(target, data)
            self.written += 1
        self._files[name] = sum_

    def copy(self, name: str, source: Path, listed: Mapping[str, Any]) -> None:
        """A finished file of a build, of the size and hash that its manifest lists."""
        if not self._has(name, listed["sha256"], listed["bytes"]):
            target = self._free(name)
            # A file of a build is never written to: another takes its place.
            new = target.with_name(f".new-{target.name}"[:80])
            with suppress(FileNotFoundError):
                new.unlink()
            try:
                os.link(source, new)
            except OSError:
                shutil.copyfile(source, new)
                output.synchronise(new)
            if not _is_file_of(new, listed["sha256"]):
                new.unlink()
                raise is_not_as_made(source)
            new.replace(target)
            self.written += 1
        self._files[name] = listed["sha256"]

    def keep(self, names: Mapping[str, str]) -> None:
        """Files that are as they were, by their hashes."""
        self._files.update(names)

    def has_all(self, names: Mapping[str, str]) -> bool:
        """Whether these are there, as far as names tell."""
        return all(
            sum_ == self._trusted.get(name) and (self.path / name).is_file()
            for name, sum_ in names.items()
        )

    def is_as_made(self, signature: str) -> bool:
        """Whether the folder seems to be as the last run made it, of what has this signature."""
        is_there = (self.path / "index.html").is_file()
        return self.trusts and self.before.get("signature") == signature and is_there

    def was_made_of(self, seen: str) -> bool:
        """Whether the folder seems to be as the last run made it, of what was seen like this."""
        is_there = (self.path / "index.html").is_file()
        return self.trusts and bool(seen) and self.before.get("seen") == seen and is_there

    def remember(self, known: Mapping[str, Any]) -> None:
        """Keep this too for the next time; the folder is as the last run made it."""
        if any(self.before.get(name) != value for name, value in known.items()):
            self._keep({**self.before, **known})

    def finish(self, kept: Mapping[str, Any]) -> None:
        """Remove all else, and keep what is known for the next time."""
        folders: list[Path] = []
        for folder, below, names in os.walk(self.path):
            folders.append(Path(folder))
            links = [name for name in below if Path(folder, name).is_symlink()]
            for name in (*names, *links):
                file = Path(folder, name)
                if file.relative_to(self.path).as_posix() not in self._files:
                    file.unlink()
        for folder_path in reversed(folders[1:]):
            with suppress(OSError):
                folder_path.rmdir()
        self._keep({**kept, "files": self._files})
        self._begun.unlink(missing_ok=True)

    @property
    def files(self) -> Mapping[str, str]:
        """All files of the folder by their hashes."""
        return self._files

    def _has(self, name: str, sum_: str, size: int) -> bool:
        file = self.path / name
        try:
            if file.is_symlink() or file.parent.is_symlink() or file.stat().st_size != size:
                return False
            return self._trusted.get(name) == sum_ or output.digest_of(file) == sum_
        except OSError:
            return False

    def _free(self, name: str) -> Path:
        """Where a file goes: a folder or a link, or what else stands there, makes way."""
        target = self.path / name
        for above in reversed(target.relative_to(self.path).parents[:-1]):
            folder = self.path / above
            if folder.is_symlink() or (os.path.lexists(folder) and not folder.is_dir()):
                folder.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        return target

    def _keep(self, state: Mapping[str, Any]) -> None:
        whole = {"format": FORMAT, **state}
        words = json.dumps({**whole, "sum": _sum(whole)}, sort_keys=True)
        output.write_own(self._state, words.encode(), private=True)


def is_not_as_made(file: Path) -> BrokenEnvironment:
    """What is raised where a finished file was written to."""
    return BrokenEnvironment(f"{file} 与生成时不同，没有归档。请重新生成这份公文")


def _is_file_of(path: Path, sum_: str) -> bool:
    """Whether there is a file, and no link to one, with this hash."""
    try:
        return not path.is_symlink() and output.digest_of(path) == sum_
    except OSError:
        return False


def _read(state: Path) -> dict[str, Any]:
    data = read_regular(state, state.parent, LARGEST)
    try:
        kept = value_of(b"" if isinstance(data, Refusal) else data)
    except ValueError:
        return {}
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        return {}
    # Where somebody wrote into it, all is looked at anew.
    return kept if kept.pop("sum", "") == _sum(kept) else {"format": FORMAT}


def _sum(state: Mapping[str, Any]) -> str:
    return output.digest(json.dumps(state, sort_keys=True).encode())
