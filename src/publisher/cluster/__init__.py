"""The address of a Dask scheduler → a crew of its workers, which make documents as those here do.

What is sent are the files of a document, and what comes back are finished files: workers need no
folder that is shared, and nothing is written but here. Classified documents are made here.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from publisher.cluster.parcels import Unsendable, make_sent, packed, packed_bureau, parcel_of
from publisher.cluster.received import as_asked
from publisher.cluster.secrecy import may_leave
from publisher.cluster.versions import Versions, versions_here
from publisher.diagnostics import BrokenEnvironment
from publisher.many.crew import TOGETHER, Processes
from publisher.many.making import Job, Made

if TYPE_CHECKING:
    from distributed import Client

_Result = TypeVar("_Result")
_CONNECTING = 10
"""Seconds."""
_COMPARING = 120
"""Seconds in which each worker says by what it makes documents: it reads all fonts for that."""
_ALONE = 60.0
"""Seconds without any worker after which nobody waits any more."""
_LOOKED = 2.0
"""Seconds after which workers are counted anew."""
_LOST = "与集群的连接断了，或者集群停了。请检查以后再运行一次"
CLASSIFIED, NOT_PLAIN = "有密级", "含有链接等，不只是普通文件，或者太大"


CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
"""The names of their files, in this order."""


class Certificates(NamedTuple):
    """Files by which both sides of a connection know one another (TLS)."""

    authority: Path
    certificate: Path
    key: Path


@contextmanager
def connected(address: str, certificates: Certificates | None = None) -> Iterator[Cluster]:
    """The crew of a scheduler's workers. BrokenEnvironment where there is none, or one of them
    makes documents otherwise than this machine does.
    """
    client = _client(address, certificates)
    try:
        versions = versions_here()
        _compare(client, versions)
        cluster = Cluster(client, versions)
        try:
            yield cluster
        finally:
            cluster.end()
    finally:
        with suppress(Exception):
            client.close(timeout=_CONNECTING)


def _client(address: str, certificates: Certificates | None) -> Client:
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        raise BrokenEnvironment(
            "没有安装 Dask：请用 make setup CLUSTER=1，或 pip install 'publisher[cluster]'"
        ) from None

    class QuietClient(Client):
        """A client that is closed by who has it, and says nothing where it was never connected."""

        def __del__(self) -> None:
            pass

    # What goes wrong is said here, once and in Chinese.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="distributed")
    security = None
    if certificates:
        security = Security(
            require_encryption=True,
            tls_ca_file=str(certificates.authority),
            tls_client_cert=str(certificates.certificate),
            tls_client_key=str(certificates.key),
        )
    try:
        client = _within(
            2 * _CONNECTING,
            lambda: QuietClient(
                address,
                timeout=_CONNECTING,
                security=security,
                set_as_default=False,
                direct_to_workers=False,
            ),
        )
    except Exception as error:  # whatever Dask makes of what is no scheduler: MemoryError too
        raise BrokenEnvironment(
            f"连不上集群 {address}：没有回应，回应的不是 Dask 调度程序，或者证书不符。"
            "请检查地址、端口和调度程序，"
            "以及两边是否都用了同一个机构签发的证书"
        ) from error
    try:
        client.wait_for_workers(1, timeout=_CONNECTING)
    except TimeoutError:
        client.close(timeout=_CONNECTING)
        raise BrokenEnvironment(
            f"集群 {address} 里还没有工作进程，请先启动（见 docs/scaling.md）"
        ) from None
    return client


def _within(seconds: float, call: Callable[[], _Result]) -> _Result:
    """What a call gives; TimeoutError where a scheduler that is silent lets it wait for longer."""
    result: Future[_Result] = Future()

    def work() -> None:
        try:
            result.set_result(call())
        except BaseException as error:
            result.set_exception(error)

    Thread(target=work, daemon=True).start()
    return result.result(seconds)


def _compare(client: Client, versions: Versions) -> None:
    """All workers make documents as this machine does, one at a time."""
    try:
        threads = _within(_CONNECTING, client.nthreads)
        there = _within(_COMPARING, lambda: client.run(versions_here, on_error="return"))
        _within(_CONNECTING, lambda: client.run_on_scheduler(_tell_of_first_death))
    except Exception as error:
        raise BrokenEnvironment(f"{_LOST}（{type(error).__name__}）") from error
    if busy := [worker for worker, count in threads.items() if count != 1]:
        raise BrokenEnvironment(
            f"工作进程 {busy[0]} 同时做几份公文，会互相干扰：请用 --nthreads 1 启动"
        )
    for worker, its in sorted(there.items()):
        if not isinstance(its, Versions):
            raise BrokenEnvironment(
                f"工作进程 {worker} 不能生成公文（{its}）：请在那里装上同一版本的 publisher"
            )
        if difference := versions.difference(its):
            raise BrokenEnvironment(
                f"工作进程 {worker} 与本机不同：{difference}。生成的文件会不一样，没有开始。"
                "请在那里换成同样的版本，重新启动工作进程"
            )


def _tell_of_first_death(dask_scheduler: Any) -> None:
    """In the scheduler: what a worker died of is tried again by us, alone, and not by others."""
    dask_scheduler.allowed_failures = 0


class Cluster:
    """A crew of workers on other machines, with processes here for what may not leave."""

    dies_alone = True

    def __init__(self, client: Client, versions: Versions) -> None:
        from distributed.scheduler import KilledWorker

        self.deaths: tuple[type[Exception], ...] = (KilledWorker, BrokenExecutor)
        self.together = TOGETHER
        self._client, self._versions = client, versions
        self._executor = client.get_executor(pure=False)
        self._home = Processes()
        self.kept: Counter[str] = Counter()
        """How many documents were not sent, by why."""
        self._size = 1
        self._counted = -_LOOKED
        self._seen = time.monotonic()

    @property
    def size(self) -> int:
        """How many workers there are; a while after the last one is gone, BrokenEnvironment."""
        now = time.monotonic()
        if now - self._counted > _LOOKED:
            self._counted = now
            count = 0
            with suppress(Exception):
                count = len(_within(_CONNECTING, self._client.nthreads))
            if count:
                self._size, self._seen = count, now
            elif now - self._seen > _ALONE:
                raise BrokenEnvironment(_LOST)
        return self._size

    def make(self, content: Path, jobs: Sequence[Job]) -> Future[list[Made]]:
        """Have documents made there, and here what is not to leave."""
        files: dict[str, bytes] = {}
        sent: list[Job] = []
        for job in jobs:
            if packed_files := self._packed(content, job.slug):
                files |= packed_files
                sent.append(job)
        stays = [job for job in jobs if job not in sent]
        parts: list[Future[list[Made]]] = []
        if stays:
            parts.append(self._home.make(content, stays))
        if sent:
            parcel = parcel_of(content, sent, files, self._versions)
            parts.append(_received(sent, self._executor.submit(make_sent, parcel)))
        return parts[0] if len(parts) == 1 else _joined(parts)

    def _packed(self, content: Path, slug: str) -> dict[str, bytes]:
        """The files of a document that is sent; none of one that is not, which is counted."""
        try:
            if not may_leave(content, slug):
                self.kept[CLASSIFIED] += 1
                return {}
            return packed(content, slug) | packed_bureau(content)
        except (OSError, Unsendable):
            self.kept[NOT_PLAIN] += 1
            return {}

    def renew(self) -> None:
        """Where a process here died, have others; elsewhere Dask does that."""
        if self._home.is_broken:
            self._home.renew()

    def end(self) -> None:
        """Stop at once."""
        self._home.end()
        with suppress(Exception):
            self._executor.shutdown(wait=False)


def _received(jobs: Sequence[Job], there: Future[list[Made]]) -> Future[list[Made]]:
    """What comes of jobs; what ends a connection, and what is none of them, BrokenEnvironment."""
    here: Future[list[Made]] = Future()

    def end(done: Future[list[Made]]) -> None:
        from distributed.comm.core import CommClosedError

        try:
            here.set_result(as_asked(jobs, done.result()))
        except (CancelledError, CommClosedError):
            here.set_exception(BrokenEnvironment(_LOST))
        except Exception as error:
            here.set_exception(error)

    there.add_done_callback(end)
    return here


def _joined(parts: Sequence[Future[list[Made]]]) -> Future[list[Made]]:
    """What came of all parts, when all are there; the first thing that went wrong."""
    whole: Future[list[Made]] = Future()

    def end(done: Future[list[Made]]) -> None:
        if not all(part.done() for part in parts) or whole.done():
            return
        with suppress(Exception):  # another thread was a moment earlier
            errors = [error for part in parts if (error := part.exception())]
            if errors:
                whole.set_exception(errors[0])
            else:
                whole.set_result([made for part in parts for made in part.result()])

    for part in parts:
        part.add_done_callback(end)
    return whole
