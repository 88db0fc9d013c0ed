"""Others on this machine do not see what is previewed."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.serve import neighbours

ASK = "exec 3<>/dev/tcp/127.0.0.1/{port}; cat <&3"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        made.listen()
        made.settimeout(10)
        yield made


def asked_by(listener: socket.socket, user: int | None) -> bool:
    """Whether a process of a user that connects is taken for ours."""
    command = ["bash", "-c", ASK.format(port=listener.getsockname()[1])]
    with subprocess.Popen(command, user=user, cwd="/", stdout=subprocess.DEVNULL) as process:
        connection, client = listener.accept()
        with connection:
            ours = neighbours.is_ours(client, connection.getsockname())
        process.wait(10)
    return ours


def test_this_user_is_answered(listener: socket.socket) -> None:
    assert asked_by(listener, None)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be another user")
def test_another_user_is_not(listener: socket.socket) -> None:
    assert not asked_by(listener, 65534)


def test_the_tables_tell_whose_a_connection_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "tcp"
    monkeypatch.setattr(neighbours, "TABLES", (table,))
    ends = ("127.0.0.1", 0x1F90), ("127.0.0.1", 0x9C40)
    line = "0: 0100007F:1F90 0100007F:{port} 01 0:0 0:0 0 {user} 0 {inode} 1\n"
    mine = line.format(port="9C40", user=os.getuid(), inode=7)
    other = line.format(port="9C40", user=os.getuid() + 1, inode=7)
    closed = line.format(port="9C40", user=0, inode=0)
    elsewhere = line.format(port="9C41", user=0, inode=8)
    six = mine.replace("0100007F:", "0000000000000000FFFF00000100007F:")
    for told, ours in (
        (mine, True),
        (six, True),
        (elsewhere + mine, True),
        (other, False),
        (closed, False),
        (elsewhere, False),
        (closed + other, False),
        (mine + other, False),
        ("", False),
    ):
        table.write_text("head\n" + told)
        assert neighbours.is_ours(*ends) == ours, told


def test_where_the_system_does_not_tell_the_preview_still_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "TABLES", (tmp_path / "none",))
    assert neighbours.is_ours(("127.0.0.1", 8000), ("127.0.0.1", 8001))
    assert neighbours.is_ours(None, None)
