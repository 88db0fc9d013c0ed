"""The processes that share the work."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from conftest import hear_all
from publisher import workers
from test_programs import wait_until_gone


def test_they_are_other_processes_and_end_at_once() -> None:
    executor = workers.start(1)
    assert executor.submit(os.getpid).result() != os.getpid()
    working = executor.submit(time.sleep, 60)
    workers.end(executor)
    end = time.monotonic() + 10
    while multiprocessing.active_children():
        assert time.monotonic() < end
        time.sleep(0.02)
    assert working.cancelled() or working.exception(10)


def test_ctrl_c_is_left_to_the_one_that_they_work_for() -> None:
    with workers.start(1) as executor:
        worker = executor.submit(os.getpid).result()
        os.kill(worker, signal.SIGINT)
        assert executor.submit(os.getpid).result() == worker
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


BEGUN = """
import sys
from multiprocessing import forkserver
from publisher import workers

if __name__ == "__main__":
    executor = workers.start(1, of="publisher.words")
    workers.expect(executor)
    with open(f"/proc/{forkserver._forkserver._forkserver_pid}/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("SigBlk")))
    workers.end(executor)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc")
def test_nor_does_the_one_hear_it_that_they_are_begun_from(tmp_path: Path) -> None:
    """Also where it is begun first of all, and Python begins its tracker before it."""
    script = tmp_path / "script.py"
    script.write_text(BEGUN)
    asked = [sys.executable, script]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60).stdout
    assert int(said, 16) & 1 << (signal.SIGINT - 1)


def test_they_seldom_look_for_garbage() -> None:
    with workers.start(1) as executor:
        used = executor.submit(gc.get_threshold).result()
    asked = [sys.executable, "-c", "import gc; print(gc.get_threshold()[0])"]
    assert used[0] > int(subprocess.run(asked, capture_output=True, check=True).stdout)


WORKING = """
import os, subprocess, sys, time
from publisher import programs, workers

class Slow(subprocess.Popen):
    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        time.sleep(float(sys.argv[2]))

def work(where):
    subprocess.Popen = Slow
    with open(where, "w") as told:
        told.write(str(os.getpid()))
    programs.run(["sh", "-c", f"echo $$ >{where}-program; sleep 600"], 600)

if __name__ == "__main__":
    executor = workers.start(1)
    executor.submit(work, sys.argv[1])
    time.sleep(600)
"""


@pytest.mark.thorough
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("begins", ["0", "0.5"], ids=["runs", "begins"])
def test_they_and_their_programs_end_however_the_one_that_they_work_for_does(
    tmp_path: Path, how: int, begins: str
) -> None:
    script, worker = tmp_path / "script.py", tmp_path / "worker"
    script.write_text(WORKING)
    process = subprocess.Popen([sys.executable, script, worker, begins], preexec_fn=hear_all)
    program = tmp_path / "worker-program"
    end = time.monotonic() + 30
    while not (program.exists() and program.read_text().endswith("\n")):
        assert time.monotonic() < end
        time.sleep(0.02)
    process.send_signal(how)
    process.wait(30)
    for one in (worker, program):
        wait_until_gone(int(one.read_text()))


ENDED_AT_THE_START = """
import os, signal, sys
from multiprocessing import util
from publisher import interruption, workers

def begin_and_be_told_to_end(*given, begin=util.spawnv_passfds):
    process = begin(*given)
    os.kill(os.getpid(), int(sys.argv[1]))
    return process

if __name__ == "__main__":
    interruption.as_ctrl_c()
    executor = workers.start(2)
    executor.submit(os.getpid).result()
    util.spawnv_passfds = begin_and_be_told_to_end
    try:
        while True:
            executor.submit(os.getpid)
    except KeyboardInterrupt:
        workers.end(executor)
        print("ended")
"""


@pytest.mark.thorough
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_that_begins_while_all_are_told_to_end_complains_of_nothing(
    tmp_path: Path, how: int
) -> None:
    script = tmp_path / "script.py"
    script.write_text(ENDED_AT_THE_START)
    result = subprocess.run(
        [sys.executable, script, str(int(how))],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=hear_all,
    )
    assert (result.stdout, result.stderr) == ("ended\n", "")


# -- those that are begun from one that is ready ----------------------------------------


@pytest.mark.thorough
def test_what_they_are_for_is_loaded_once_and_in_the_environment_of_now(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    executor = workers.start(2, of="publisher.renderers.pdf")
    try:
        assert workers.free(executor) == 2
        loaded = executor.submit(eval, "set(__import__('sys').modules)").result()
        assert {"weasyprint", "pikepdf"} <= loaded
        assert executor.submit(os.getenv, "TMPDIR").result() == str(tmp_path)
        assert executor.submit(os.getenv, "PYTHONSAFEPATH").result() is None
        worker = executor.submit(os.getpid).result()
        os.kill(worker, signal.SIGINT)
        assert executor.submit(sum, (1, 2)).result() == 3
    finally:
        workers.end(executor)
    wait_until_gone(worker)
    assert list(tmp_path.iterdir()) == []


def test_where_the_name_of_a_socket_is_too_long_each_loads_it_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    executor = workers.start(1, of="publisher.renderers.pdf")
    assert executor.submit(sum, (1, 2)).result() == 3
    workers.end(executor)
