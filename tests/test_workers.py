"""The processes that share the work."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time

from publisher import workers


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


def test_they_seldom_look_for_garbage() -> None:
    with workers.start(1) as executor:
        used = executor.submit(gc.get_threshold).result()
    asked = [sys.executable, "-c", "import gc; print(gc.get_threshold()[0])"]
    assert used[0] > int(subprocess.run(asked, capture_output=True, check=True).stdout)
