"""How long thousands of documents take, here and on a cluster of this machine → lines of a table.

Nothing is asserted: machines are noisy. `--documents 1000 --runs 1` takes longer and tells more.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import _peak, _run

ROOT = Path(__file__).parents[1]
_YARDSTICK = ROOT / ".." / "shared" / "bench" / "print-yardstick.html"
_WORDS = re.findall(
    "..",
    "建设社区食堂检查堤防泵站水库巡查整改排查隐患公示报告台账培训宣传"
    "调度物资队伍预案演练值班防汛抗旱灌区河道清淤监测水质取水许可节水",
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=24)
    parser.add_argument("--unchanged", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--cluster", action="store_true", help="on 1 and 2 workers too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write_small(place / "content", given.documents)
        cases = _cases(place, given.unchanged)
        if given.cluster:
            cases |= {
                f"cluster of {count}, {way}": _on_cluster(place, count, way)
                for count in (1, 2)
                for way in ("results sent", "shared folder")
            }
        times: dict[str, list[float]] = {name: [] for name in cases}
        for _ in range(given.runs):
            for name, run in cases.items():
                times[name].append(run())
        least = {name: min(taken) for name, taken in times.items()}
        _print(least, given.documents)
        command = _publish("peak", "content")
        with _without_office(place):
            print(f"{'memory of the largest process':44}{_peak(place, *command):9.0f} MB")


def _print(times: dict[str, float], documents: int) -> None:
    yardstick = times["the yardstick"]
    print(f"{'':44}{'seconds':>9}{'each':>8}{'of the yardstick':>18}")
    for name, taken in times.items():
        each = taken if name.startswith(("the yardstick", "unchanged")) else taken / documents
        print(f"{name:44}{taken:9.2f}{each:8.3f}{each / yardstick:18.3f}")


def _cases(place: Path, unchanged: int) -> dict[str, Callable[[], float]]:
    def published() -> float:
        shutil.rmtree(place / "build", ignore_errors=True)
        return _run(place, *_publish("build", "content"))

    def without_office() -> float:
        with _without_office(place):
            return published()

    def checked() -> float:
        return _run(place, sys.executable, "-m", "publisher", "check")

    cases = {"the yardstick": lambda: _yardstick(place)}
    cases["small documents, without LibreOffice"] = without_office
    if shutil.which("soffice"):
        cases["small documents, with LibreOffice"] = published
    cases["small documents, checked"] = checked
    if unchanged:
        cases[f"unchanged, {unchanged}, read"] = lambda: _unchanged(place, unchanged, "--read-all")
        cases[f"unchanged, {unchanged}, known"] = lambda: _unchanged(place, unchanged)
    return cases


def _yardstick(place: Path) -> float:
    from publisher import fonts

    fonts.use(fonts.served_faces(fonts.folder()), fonts.folder())
    command = ("weasyprint", "--pdf-variant", "pdf/ua-1", str(_YARDSTICK), "yardstick.pdf")
    return _run(place, sys.executable, "-m", *command)


def _publish(build: str, content: str) -> tuple[str, ...]:
    command = ("publish", "--build", build, "--content", content)
    return (sys.executable, "-m", "publisher", *command)


@contextmanager
def _without_office(place: Path) -> Iterator[None]:
    """A path on which no program is."""
    before = os.environ["PATH"]
    os.environ["PATH"] = str(place / "no-programs")
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _write_small(content: Path, count: int) -> None:
    """Made notices of a page or two."""
    content.mkdir()
    (content / "bureau.yaml").write_text("发文机关:\n  - 名称: 青岚市水务局\n", "utf-8")
    for number in range(1, count + 1):
        chance = random.Random(number)
        parts = []
        for _ in range(3):
            sentences = [
                f"{'，'.join(''.join(chance.sample(_WORDS, 4)) for _ in range(3))}，"
                f"完成{chance.randrange(2, 90)}项。"
                for _ in range(3)
            ]
            parts.append("\n".join([f"# {''.join(chance.sample(_WORDS, 3))}", "", *sentences]))
        front = (
            f"---\n文种: 通知\n标题: 青岚市水务局关于做好第{number}项工作的通知\n"
            "发文机关: 青岚市水务局\n主送: 各区水务局\n成文日期: 2030-05-04\n---\n"
        )
        folder = content / f"2030-{number:05}"
        folder.mkdir()
        text = "\n\n".join([front, f"现将第{number}项工作有关事项通知如下。", *parts])
        (folder / "document.md").write_text(text + "\n", "utf-8")


def _unchanged(place: Path, count: int, *options: str) -> float:
    """A run of so many of which nothing changed: links to the files of one, which is made once."""
    content, build = place / "many" / "content", place / "many" / "build"
    if not content.exists():
        content.parent.mkdir(exist_ok=True)
        _write_small(content, 1)
        _run(place, *_publish(str(build), str(content)))
        _multiply(content, build, count)
        time.sleep(3)  # what changed a moment ago is not relied on
        for _ in range(2):  # what is known of all is known after these
            _run(place, *_publish(str(build), str(content)))
            time.sleep(3)
    return _run(place, *_publish(str(build), str(content)), *options)


def _multiply(content: Path, build: Path, count: int) -> None:
    source = "2030-00001"
    manifest: dict[str, Any] = json.loads((build / source / "manifest.json").read_bytes())
    for number in range(2, count + 1):
        slug = f"2030-{number:05}"
        for root in (content, build):
            shutil.copytree(
                root / source,
                root / slug,
                copy_function=os.link,
                ignore=shutil.ignore_patterns("manifest.json"),
            )
        own = json.dumps({**manifest, "slug": slug}, ensure_ascii=False, indent=2, sort_keys=True)
        (build / slug / "manifest.json").write_text(own + "\n", "utf-8")


# -- on a cluster of this machine ----------------------------------------------------------


def _on_cluster(place: Path, count: int, way: str) -> Callable[[], float]:
    """A run on so many workers, which send what they made or write it into a shared folder."""

    def run() -> float:
        from distributed import Client, LocalCluster

        shutil.rmtree(place / "far", ignore_errors=True)
        with (
            _without_office(place),
            LocalCluster(
                n_workers=count,
                threads_per_worker=1,
                host="127.0.0.1",
                protocol="tcp://",
                dashboard_address=None,
            ) as local,
        ):
            if way == "results sent":
                command = (*_publish("far", "content"), "--cluster", local.scheduler_address)
                return _run(place, *command)
            with Client(local) as client:
                return _written_there(client, place)

    return run


def _written_there(client: Any, place: Path) -> float:
    """Each document made and written by the worker itself, which says no more than its name."""
    from distributed import as_completed

    slugs = sorted(folder.name for folder in (place / "content").iterdir() if folder.is_dir())
    start = time.perf_counter()
    made = client.map(_write_there, [(str(place), slug) for slug in slugs], pure=False)
    for _ in as_completed(made):
        pass
    return time.perf_counter() - start


def _write_there(job: tuple[str, str]) -> str:
    from publisher import builds
    from publisher.many.making import Job, make

    place, slug = Path(job[0]), job[1]
    for built in make(place / "content", [Job(slug)]):
        (place / "far").mkdir(exist_ok=True)
        builds.write(place / "far" / slug, built.files, built.manifest)  # type: ignore[union-attr]
    return slug


if __name__ == "__main__":
    main()
