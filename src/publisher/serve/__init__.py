"""A folder of content → a preview at 127.0.0.1 that is made again at each change."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import scratch
from publisher.diagnostics import BrokenEnvironment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uvicorn import Server

    from publisher.serve.workshop import Workshop

HOST = "127.0.0.1"
"""The preview is for who sits at this machine."""


class TakenPort(BrokenEnvironment):
    """Another program listens at the port."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What is to be previewed, and how."""

    content: Path
    build: Path | None
    """Where the files go; None: into a folder that is gone afterwards."""
    slugs: tuple[str, ...]
    """The documents; all that there are where none is named."""
    port: int
    """0 takes any that is free."""
    explain: Callable[[Exception], str]
    """What kept a build from being finished, in Chinese."""
    say: Callable[[str], None]
    """Told in the terminal."""


def run(preview: Preview) -> None:
    """Serve until Ctrl-C, SIGTERM or SIGHUP; TakenPort, OSError where it cannot begin."""
    from publisher.serve.site import site
    from publisher.serve.workshop import Workshop

    with _listening(preview.port) as listener, _build(preview.build) as build:
        workshop = Workshop(preview, build)
        preview.say(f"预览：http://{HOST}:{listener.getsockname()[1]}/（按 Ctrl-C 结束）")
        with suppress(KeyboardInterrupt):
            _server(workshop, site(workshop)).run([listener])


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    with socket.socket() as listener:
        # Else the port of a preview that has just ended is taken for a minute.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise TakenPort(
                f"端口 {port} 正被别的程序使用（也许已经开着一个预览），"
                f"请用 --port 换一个，如 --port {port + 1 if port < 65535 else 8000}"
            ) from None
        yield listener


@contextmanager
def _build(named: Path | None) -> Iterator[Path]:
    with scratch.folder() as folder:
        (folder / scratch.KEPT).mkdir()  # what a save leaves as it was is not set again
        yield named or folder / "build"


def _server(workshop: Workshop, app: object) -> Server:
    from uvicorn import Config, Server

    class PreviewServer(Server):
        """Ends the streams of events first: it would wait for browsers to leave them."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            workshop.close()
            await super().shutdown(sockets)

    settings = Config(
        app,  # type: ignore[arg-type]
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        ws="none",
    )
    return PreviewServer(settings)
