"""What asks a command to end is heard, wherever it comes in between."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from conftest import hear_all

LOST = """
import os, sys, time
from publisher import interruption

class Told:
    def __del__(self):
        os.kill(os.getpid(), int(sys.argv[1]))
        time.sleep(0.2)

interruption.as_ctrl_c()
Told()
try:
    time.sleep(60)
except KeyboardInterrupt:
    print("ended")
"""
PUT_OFF = """
import os, sys
from publisher import interruption

interruption.as_ctrl_c()
try:
    with interruption.put_off():
        os.kill(os.getpid(), int(sys.argv[1]))
        print("done", end=", ")
except KeyboardInterrupt:
    print("ended")
"""


@pytest.mark.thorough
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("script", "said"), [(LOST, "ended\n"), (PUT_OFF, "done, ended\n")])
def test_a_command_ends_though_it_is_told_where_python_drops_it_or_in_the_midst_of_a_step(
    script: str, said: str, how: int
) -> None:
    result = subprocess.run(
        [sys.executable, "-c", script, str(int(how))],
        capture_output=True,
        text=True,
        timeout=20,
        preexec_fn=hear_all,
    )
    assert (result.stdout, result.stderr) == (said, "")


IN_A_TEXT = """
import os, sys
from publisher import interruption

interruption.as_ctrl_c()
try:
    exec("os.kill(os.getpid(), int(sys.argv[1])); len('')")
except KeyboardInterrupt:
    print("ended")
interruption.forget()
sys.exit(2)
"""


def test_a_command_that_is_told_while_a_class_is_made_ends_with_its_own_code() -> None:
    told = [sys.executable, "-c", IN_A_TEXT, str(int(signal.SIGTERM))]
    result = subprocess.run(told, capture_output=True, text=True, preexec_fn=hear_all)
    assert (result.stdout, result.returncode) == ("ended\n", 2)
