"""The archive as it goes online → ZIPs, of each year and of all, for who keeps it (档案馆)."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import output
from publisher.archive.folder import PUBLIC
from publisher.archive.policies import PAGE, Policy, by_age
from publisher.words.formulas import without_formula

if TYPE_CHECKING:
    from publisher.archive.stock import Stock

FOLDER = "archive"
"""Beside `public`: it is for the archives, and needs no place on the site."""
ALL = "all.zip"
SUMS = "SHA256SUMS"
LIST = "目录.csv"
FORMER = "以前的版本"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can tell: when it is made is no part of it."""
_NEEDED = frozenset({"site/page.css", "site/page.js", "site/icon.svg"})
"""By the pages of documents."""
_COLUMNS = (
    *("文件夹", "标题", "发文字号", "文种", "发文机关", "成文日期", "发布日期", "有效性"),
    *("文件", "保存的名称", "字节", "SHA-256"),
)


def write_zips(
    build: Path,
    stock: Stock,
    standing: Mapping[str, str],
    files: Mapping[str, str],
) -> dict[str, int]:
    """`archive/<year>.zip`, `archive/all.zip` and their hashes; how many documents each has.

    Previous versions are documents too. What is as it was is not made again.
    """
    policies = by_age(stock.policies)[::-1]
    former = dict.fromkeys(stock.later, FORMER)
    folder = build / FOLDER
    folder.mkdir(exist_ok=True)
    lots = {f"{year}.zip": lot for year, lot in _by_year(policies)} | {ALL: [*policies]}
    sums = _sums(folder)
    _keep(folder, sums)  # says that the folder is ours, should this be interrupted
    for name, lot in lots.items():
        names = [*files] if name == ALL else _of(lot, files)
        listing = _listing(lot, {**standing, **former}, build / PUBLIC, files)
        content = output.digest(listing + repr([(file, files[file]) for file in names]).encode())
        if sums.get(name, ("", ""))[1] != content or not (folder / name).is_file():
            _write(folder / name, build / PUBLIC, names, files, listing)
            sums[name] = (output.digest_of(folder / name), content)
    for left in [name for name in sums if name not in lots]:
        (folder / left).unlink(missing_ok=True)
        del sums[left]
    _keep(folder, sums)
    return {name: len(lot) for name, lot in lots.items()}


def require_ours(build: Path) -> None:
    """The folder may be written where none is, or one of ours; else InTheWay."""
    folder = build / FOLDER
    output.require_no_link(folder)
    is_ours = folder.is_dir() and (is_there(build) or all(map(output.is_begun, folder.iterdir())))
    if os.path.lexists(folder) and not is_ours:
        raise output.InTheWay(
            f"{folder} 不是 publisher 生成的，没有动它。请先把它移走或改名，再运行一次"
        )


def is_there(build: Path) -> bool:
    """Whether ZIPs were made before: what is withdrawn has to leave them too."""
    folder = build / FOLDER
    return (folder / SUMS).is_file() and not folder.is_symlink()


def _by_year(policies: Iterable[Policy]) -> Iterator[tuple[str, list[Policy]]]:
    lots: dict[str, list[Policy]] = {}
    for policy in policies:
        lots.setdefault(policy.year or "undated", []).append(policy)
    yield from sorted(lots.items())


def _of(lot: Iterable[Policy], files: Mapping[str, str]) -> list[str]:
    """The files of some documents, and what their pages need."""
    slugs = {policy.slug for policy in lot}
    return [name for name in files if name.partition("/")[0] in slugs or name in _NEEDED]


def _listing(
    lot: Iterable[Policy], standing: Mapping[str, str], public: Path, files: Mapping[str, str]
) -> bytes:
    """A line a file, as the list that is handed over with it."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    own = _by_folder(files)
    for policy in lot:
        record = policy.record
        known = {entry["name"]: entry["saved_as"] for entry in record["downloads"]}
        about = (
            *(policy.slug, policy.title, record["number"], policy.kind, policy.issuers),
            *(record["date"], record["published"], standing.get(policy.slug, "")),
        )
        for name in own[policy.slug]:
            file = f"{policy.slug}/{name}"
            size = (public / file).stat().st_size
            saved = known.get(name, name)
            rows.writerow(without_formula(str(v)) for v in (*about, name, saved, size, files[file]))
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _by_folder(files: Iterable[str]) -> dict[str, list[str]]:
    """The names of files by the folder that they lie in, its page first."""
    lots: dict[str, list[str]] = {}
    for file in sorted(files):
        folder, _, name = file.partition("/")
        lots.setdefault(folder, []).append(name)
    return {folder: sorted(names, key=lambda name: name != PAGE) for folder, names in lots.items()}


def _write(
    target: Path, public: Path, names: Iterable[str], files: Mapping[str, str], listing: bytes
) -> None:
    new = target.with_name(f".{target.name}.new")
    new.unlink(missing_ok=True)  # a link would lead elsewhere, and a pipe would wait
    listed = sorted(names)
    sums = "".join(f"{files[name]}  {name}\n" for name in listed)
    with zipfile.ZipFile(new, "w") as archive:
        _add(archive, LIST, listing)
        _add(archive, SUMS, sums.encode())
        for name in listed:
            _add(archive, name, (public / name).read_bytes())
    output.put_in_place(new, target)


_PACKED = (".pdf", ".docx", ".xlsx", ".png", ".jpg", ".jpeg", ".zip")
"""What is packed already."""


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _BEGINNING)
    entry.external_attr = 0o644 << 16
    entry.compress_type = (
        zipfile.ZIP_STORED if name.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
    )
    archive.writestr(entry, data)


_MARK = "# "


def _sums(folder: Path) -> dict[str, tuple[str, str]]:
    """Of each ZIP its hash and that of what it was made of."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    made_of: dict[str, str] = {}
    for line in lines:
        if line.startswith(_MARK):
            content, _, name = line.removeprefix(_MARK).partition("  ")
            made_of[name] = content
    return {
        name: (sum_, made_of.get(name, ""))
        for sum_, _, name in (line.partition("  ") for line in lines if not line.startswith("#"))
        if re.fullmatch(r"[0-9a-z]+\.zip", name)  # what is left over is deleted: never elsewhere
    }


def _keep(folder: Path, sums: Mapping[str, tuple[str, str]]) -> None:
    """As `sha256sum -c` reads it; what each was made of stands in comments below."""
    lines = [f"{sum_}  {name}\n" for name, (sum_, _) in sorted(sums.items())]
    lines += [f"{_MARK}{made_of}  {name}\n" for name, (_, made_of) in sorted(sums.items())]
    output.write_own(folder / SUMS, "".join(lines).encode())
