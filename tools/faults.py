"""Faults and kills at every file operation, and kills of real runs; 1 where any is bad."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from conftest import CASE, STOCK, write  # noqa: E402
from faults.scenarios import (  # noqa: E402
    IMPORTED,
    OLD_TEXT,
    RETURNED,
    SCENARIOS,
    Stage,
    put_returned,
    state,
)

SIGNALS = (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
TARGETS = (
    *(f"build/{CASE}", "build/diff/root-before..root-content"),
    *("content/fresh", f"content/{CASE}", "library/content"),
    *(f"build/public/{CASE}/index.html", "build/archive/all.zip"),
)
"""Each is the old one or the new one, whole, wherever a run was ended."""
COMMANDS = {
    "publish": [],
    "diff": ["before", "content"],
    "serve": ["--port", "0", "--build", "build"],
    "import": [IMPORTED, "--slug", "fresh", "--bureau", "--no-pictures"],
    "take-back": [RETURNED, "--write"],
    "archive": [],
    "init": ["library", "--organ", "青岚市水务局", "--code", "青水", "--site", ""],
}
OFTEN = ("publish", "publish", "publish", "diff", "serve", "import", "take-back", "archive", "init")
GOES_ON = {"serve": "publish"}
"""By which command what another began is ended; else by the same."""
ONCE = {"import": "content/fresh", "init": "library/content"}
"""What these make, and do not make again."""
NEXT = 5
"""After each so many runs that put things away themselves, and all that could not, another runs."""
ENDED = 20
"""Seconds in which a run that was told to end, and all that it began, must be gone."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="kills of real runs")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--commands", nargs="*", choices=COMMANDS, help="kill runs of these alone")
    parser.add_argument("--real-only", action="store_true", help="leave out what is in process")
    given = parser.parse_args()
    for number in SIGNALS[1:]:  # what starts this in the background may ignore some, for all below
        signal.signal(number, signal.SIG_DFL)
    wrong = 0 if given.real_only else _in_process()
    wrong += _real(given.kills, given.seed, given.jobs, given.commands or OFTEN)
    print(f"{wrong} wrong")
    return 1 if wrong else 0


# -- in process -------------------------------------------------------------------------


def _in_process() -> int:
    """Each operation of each command fails once, from there on, and is the last."""
    wrong = 0
    for scenario in SCENARIOS:
        for exchanges in (True, False):
            with tempfile.TemporaryDirectory(dir=_memory()) as folder:
                count, failed = _operations(Stage(scenario, Path(folder), exchanges=exchanges))
            how = "exchange" if exchanges else "no exchange"
            print(f"{scenario.name}, {how}: {count} faults and kills, {failed} wrong", flush=True)
            wrong += failed
    return wrong


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _operations(stage: Stage) -> tuple[int, int]:
    wrong = 0
    for number in range(1, stage.operations + 1):
        attempts: dict[str, Callable[[int], None]] = {
            "once": lambda n: stage.fail(lambda k: k == n),
            "from there on": lambda n: stage.fail(lambda k: k >= n),
            "killed": stage.stop,
        }
        for what, attempt in attempts.items():
            try:
                attempt(number)
            except AssertionError as error:
                wrong += 1
                print(f"  operation {number}, {what}: {error}")
    return 3 * stage.operations, wrong


# -- real runs --------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """A real run, and when which signal ends it."""

    number: int
    command: str
    how: signal.Signals
    seconds: float


def _real(kills: int, seed: int, jobs: int, commands: Sequence[str]) -> int:
    chance = random.Random(seed)
    runs = [
        Run(
            number,
            chance.choice(commands),
            SIGNALS[number % len(SIGNALS)],
            chance.uniform(0.05, 3.5),
        )
        for number in range(kills)
    ]
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as threads:
        # The name of a comparison has that of the folder above in it.
        before, new = _before(Path(folder) / "before/root"), {}
        for command in {GOES_ON.get(run.command, run.command) for run in runs}:
            new[command] = Path(folder) / f"new-{command}/root"
            shutil.copytree(before, new[command])
            _run_whole(command, new[command])
        problems = threads.map(
            lambda run: _kill(
                run,
                before,
                new[GOES_ON.get(run.command, run.command)],
                Path(folder) / f"{run.number}/root",
            ),
            runs,
        )
        wrong = 0
        for run, problem in zip(runs, problems, strict=True):
            if run.number and run.number % 100 == 0:
                print(f"{run.number} kills, {wrong} wrong", flush=True)
            counts[f"{run.command} {run.how.name}"] += 1
            if problem:
                wrong += 1
                print(f"  {run}: {problem}", flush=True)
    for what, count in sorted(counts.items()):
        print(f"{what}: {count} kills")
    return wrong


def _before(folder: Path) -> Path:
    """Content that was published and compared, then changed."""
    write(folder / "content", STOCK)
    shutil.copytree(folder / "content", folder / "before")
    (folder / IMPORTED).write_text(OLD_TEXT, "utf-8")
    for command in ("publish", "diff"):
        _run_whole(command, folder)
    plan = folder / f"content/{CASE}/plan.md"
    plan.write_text(plan.read_text("utf-8").replace("逐段排查", "逐段登记"), "utf-8")
    (folder / "content/archive.yaml").write_text("名称: 青岚市水务政策库\n", "utf-8")
    put_returned(folder, {"印发给你们": "转发给你们", "逐段登记": "逐段核实"})
    return folder


def _run_whole(command: str, folder: Path) -> None:
    done = subprocess.run(
        _command(command), cwd=folder, env=_environment(folder), capture_output=True, text=True
    )
    assert not done.returncode, f"{command}: {done.stdout}{done.stderr}"


def _command(command: str) -> list[str]:
    return [sys.executable, "-m", "publisher", command, *COMMANDS[command]]


def _environment(folder: Path, mark: str = "") -> dict[str, str]:
    """Without LibreOffice a run takes half the time; temporary files stand where they are seen."""
    (folder / "tmp").mkdir(exist_ok=True)
    return {**os.environ, "TMPDIR": str(folder / "tmp"), "PATH": "", "FAULTS_MARK": mark}


def _kill(run: Run, before: Path, new: Path, folder: Path) -> str:
    """What is wrong after a run was ended; nothing where all is well."""
    shutil.copytree(before, folder)
    mark = uuid4().hex
    environment = _environment(folder, mark)
    process = subprocess.Popen(
        _command(run.command),
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    time.sleep(run.seconds)
    process.send_signal(run.how)
    try:
        said, _ = process.communicate(timeout=ENDED)
    except subprocess.TimeoutExpired:
        process.kill()
        return "did not end"
    try:
        return _problem(run, before, new, folder, mark, said.decode(errors="replace"))
    finally:
        shutil.rmtree(folder.parent)


def _problem(run: Run, before: Path, new: Path, folder: Path, mark: str, said: str) -> str:
    if alive := _alive(mark):
        return f"processes live on: {alive}"
    if "程序内部错误" in said or ("Traceback" in said and not _is_pythons_own(run, said)):
        return said
    if run.how is not signal.SIGKILL and (left := list((folder / "tmp").iterdir())):
        return f"left in the temporary folder: {left}"
    is_decided = any((folder / "content").rglob(".publisher-.decided"))  # the next run ends it
    if not is_decided and (problem := _torn(before, new, folder)):
        return problem
    if run.how is not signal.SIGKILL and run.number % NEXT:
        return ""
    if (made := ONCE.get(run.command)) and (folder / made).exists():
        return ""
    after = subprocess.run(
        _command(GOES_ON.get(run.command, run.command)),
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
    )
    if after.returncode != 0:
        return f"the next run: {after.stdout}{after.stderr}"
    for target in TARGETS:
        if _shown(folder, target) != _shown(new, target):
            return f"{target} is not the new one after the next run"
    kept = {path.relative_to(new) for path in new.rglob(".*")}
    left = [path for path in folder.rglob(".*") if path.relative_to(folder) not in kept]
    left += list((folder / "tmp").iterdir())
    return f"left after the next run: {left}" if left else ""


def _torn(before: Path, new: Path, folder: Path) -> str:
    """What of all that may be written is neither as it was nor as it is to be."""
    content = "content"
    names = {*_shown(before, content), *_shown(new, content), *_shown(folder, content)}
    others = {name for name in names if not name.startswith(TARGETS)}
    for target in (*TARGETS, *others):
        if _shown(folder, target) not in (_shown(before, target), _shown(new, target)):
            return f"{target} is neither the old one nor the new one"
    return ""


def _shown(root: Path, target: str) -> dict[str, bytes]:
    """The files of a target by their names below the root, without those that are being written."""
    path = root / target
    files = {target: path.read_bytes()} if path.is_file() else {}
    below = {f"{target}/{name}": data for name, data in state(path).items()}
    return {name: data for name, data in {**files, **below}.items() if ".publisher" not in name}


def _is_pythons_own(run: Run, said: str) -> bool:
    """Whether a traceback is of Python that starts: a worker whose parent was killed, or itself."""
    ends_so = said.rstrip().endswith("KeyboardInterrupt") and "publisher/cli" not in said
    return run.how is signal.SIGKILL or (run.how is signal.SIGINT and ends_so)


def _alive(mark: str) -> list[str]:
    """The commands of processes of a run that are still there after some seconds."""
    end = time.monotonic() + ENDED
    while (marked := _marked(mark)) and time.monotonic() < end:
        time.sleep(0.05)
    return marked


def _marked(mark: str) -> list[str]:
    commands = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"FAULTS_MARK={mark}".encode() in (folder / "environ").read_bytes():
                commands.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return commands


if __name__ == "__main__":
    sys.exit(main())
