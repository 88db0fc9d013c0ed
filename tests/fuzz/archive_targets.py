"""Finished folders and what says how they are put together, as the archive and the overview take
them: whatever was damaged, each document is in them, or it is told why not."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from random import Random

import seeds
from engine import Broken, Target
from grammars import JSON, MARKDOWN, YAML
from intake_targets import CHINESE, kept_inside
from mutations import damaged, pack, regrown_json, rewritten, unpack

from conftest import tool
from publisher import builds, diagnostics, failures, output
from publisher.archive.updating import update
from publisher.diagnostics import BrokenEnvironment
from publisher.folders import DOCUMENT

_CONTENT = {
    "bureau.yaml": "发文机关:\n  - 名称: 青岚市水务局\n网站:\n  名称: 青岚水务网\n",
    "archive.yaml": (
        "名称: 青岚市水务政策库\n网址: https://water.example.org/zc\n栏目:\n"
        "  - 名称: 政策文件\n    类型: 政策文件\n改名:\n  former: plan\n以前的版本:\n  plan: old\n"
    ),
    "plan/document.md": (
        "---\n文种: 通知\n标题: 关于清淤的通知\n发文机关: 青岚市水务局\n成文日期: 2024-03-01\n"
        "发布日期: 2024-03-02\n废止: 青水发〔2020〕3号\n---\n\n清淤8公里。\n"
    ),
    "old/document.md": (
        "---\n文种: 通知\n标题: 关于清淤的通知\n发文机关: 青岚市水务局\n成文日期: 2020-03-01\n"
        "发文字号: 青水发〔2020〕3号\n---\n\n清淤5公里。\n"
    ),
    "reading/reading.md": (
        "---\n标题: 《关于清淤的通知》解读\n解读: plan\n发布日期: 2024-03-03\n---\n\n为什么清淤。\n"
    ),
}


def _hold(holds: object, promise: str, about: object = "") -> None:
    if not holds:
        raise Broken(promise, about)


@cache
def _seeds() -> Sequence[bytes]:
    """Content, what was built of it, and the archive of that, each in a package."""
    with tempfile.TemporaryDirectory() as place:
        content, build = Path(place, "content"), Path(place, "build")
        seeds.write(content, _CONTENT)
        tool("make_archive").publish_lightly(content, build, ("plan", "old"))
        built = _packed(Path(place))
        update(content, build, {"plan", "old"})
        return built, _packed(Path(place))


def _packed(place: Path) -> bytes:
    files = (path for path in sorted(place.rglob("*")) if path.is_file())
    parts = {path.relative_to(place).as_posix(): path.read_bytes() for path in files}
    return pack({name: data for name, data in parts.items() if not name.endswith(".lock")})


_SAYING = (".json", ".yaml", ".md", "document.txt")
"""The ends of the names of files that say something of others."""


def _mutated(random: Random, packed: Sequence[bytes]) -> bytes:
    parts = dict(_unpacked(random.choice(packed)))
    for _ in range(random.choice((1, 1, 1, 2))):
        if random.random() < 0.1:
            del parts[random.choice(sorted(parts))]
        else:
            name = random.choice([name for name in sorted(parts) if name.endswith(_SAYING)])
            parts[name] = _changed(random, name, parts[name], list(parts.values()))
    return pack(parts)


_unpacked = lru_cache(unpack)


def _changed(random: Random, name: str, data: bytes, others: Sequence[bytes]) -> bytes:
    if random.random() < 0.1:
        return damaged(random, data, others)
    if name.endswith(".json") and random.random() < 0.7:
        return regrown_json(random, data)
    grammar = JSON if name.endswith(".json") else YAML
    grammar = MARKDOWN if name.endswith(".md") and random.random() < 0.5 else grammar
    texts = [other.decode("utf-8", "replace") for other in others]
    return rewritten(random, data.decode("utf-8", "replace"), texts, grammar).encode()


def _archive(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as place, kept_inside():
        seeds.write(Path(place), unpack(data))
        content, build = Path(place, "content"), Path(place, "build")
        before = _outside(Path(place))
        try:
            return _made(content, build, is_whole=len(data) % 2 == 0)
        except (BrokenEnvironment, OSError) as error:
            words = failures.explanation(error)
            _hold(CHINESE.search(words) and "\n" not in words, "why is told in Chinese", words)
            return "refused"
        finally:
            _hold(_outside(Path(place)) == before, "content and builds are as they were")


def _made(content: Path, build: Path, *, is_whole: bool) -> str:
    for slug in ("plan", "old"):
        builds.is_up_to_date(build / slug, builds.manifest_of(build / slug), {})
    builds.write_overview(build, ("plan", "old"))
    made = update(content, build, is_whole=is_whole)
    for each in made.findings:
        _hold(CHINESE.search(each.message), "its message is Chinese", each)
        _hold("\n" not in each.message + each.hint, "it stands on a line", each)
    told = diagnostics.in_order(made.findings)
    _hold(diagnostics.from_json(diagnostics.as_json(told).encode()) == told, "JSON keeps findings")
    slugs = {each.slug for each in made.withheld}
    for slug in ("plan", "old"):
        is_built = (build / slug / output.MANIFEST).is_file() and (
            content / slug / DOCUMENT
        ).is_file()
        is_there = (build / "public" / slug / "index.html").is_file()
        _hold(is_there or slug in slugs or not is_built, "who is missing is told", slug)
    again = update(content, build, is_whole=False)
    _hold(again.findings == made.findings or is_whole, "the same again says the same", again)
    return "withheld" if slugs else "archived"


def _outside(place: Path) -> dict[str, bytes]:
    """Files that the archive has no part in."""
    folders = (place / "content", place / "build" / "plan", place / "build" / "old")
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


ARCHIVE = (Target("archive", ".zip", _seeds, _mutated, _archive, 3_000, 10),)
