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
_LOCAL, _REMOTE, _USER, _INODE = 1, 2, 7, 9
"""Columns: both ends of a connection, whose it is, and the number of its socket."""
_IN_IPV6 = "0000000000000000FFFF0000"
"""Before an address of IPv4 that stands in the table of IPv6."""

End = tuple[str, int]


def is_ours(client: End | None, server: End | None) -> bool:
    """Whether who asks may be answered; so is everybody where the system does not tell."""
    if client is None or server is None or not any(table.exists() for table in TABLES):
        return True
    try:
        users = set(_users(_as_listed(client), _as_listed(server)))
    except OSError:  # no address: not asked over a network
        return True
    return bool(users) and users <= {os.getuid(), 0}


def _as_listed(end: End) -> str:
    """An end as the tables have it: the bytes in the order of the machine, in hexadecimal."""
    number = int.from_bytes(socket.inet_aton(end[0]), sys.byteorder)
    return f"{number:08X}:{end[1]:04X}"


def _users(client: str, server: str) -> Iterator[int]:
    """Whose sockets have these two ends; one of IPv6 may hold addresses of IPv4.

    A connection that its program has closed has no socket any more, and is listed as root's.
    """
    for table in TABLES:
        with suppress(OSError):
            for line in table.read_text().splitlines()[1:]:
                columns = line.split()
                ends = [columns[_LOCAL], columns[_REMOTE]]
                known = [end.removeprefix(_IN_IPV6) for end in ends]
                if known == [client, server] and columns[_INODE] != "0":
                    yield int(columns[_USER])
