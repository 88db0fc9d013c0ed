"""A connection from this machine → whether its user is the one who previews, or root.

A port at 127.0.0.1 is closed to other machines and open to everybody on this one, and what is
previewed may be classified.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
"""Where Linux lists connections with the number of their user."""
_LOCAL, _USER = 1, 7
"""Columns: the end of the connection that is meant, and whose it is."""


def is_ours(client: tuple[str, int] | None) -> bool:
    """Whether who asks may be answered; so is everybody where the system does not tell."""
    if client is None or not any(table.exists() for table in TABLES):
        return True
    try:
        address = socket.inet_aton(client[0])
    except OSError:  # no address: not asked over a network
        return True
    # As the tables have it: the bytes in the order of the machine, in hexadecimal.
    number = int.from_bytes(address, sys.byteorder)
    return bool({os.getuid(), 0} & set(_users(f"{number:08X}:{client[1]:04X}")))


def _users(end: str) -> Iterator[int]:
    """Whose connections begin at an end; one of IPv6 may hold an address of IPv4."""
    for table in TABLES:
        with suppress(OSError):
            for line in table.read_text().splitlines()[1:]:
                columns = line.split()
                if columns[_LOCAL].endswith(end):
                    yield int(columns[_USER])
