"""Documents made elsewhere: the same bytes, nothing classified sent, what differs there refused."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from conftest import STOCK, front, write
from publisher import builds, cli, cluster, many, pipeline, production
from publisher.cluster import parcels, received, secrecy
from publisher.cluster.versions import Versions, versions_here
from publisher.diagnostics import BrokenEnvironment
from publisher.many.making import Failed, Job, Made, make
from publisher.pipeline import Built, Outcome, State

distributed = pytest.importorskip("distributed")

NOTICE = (
    "文种: 通知\n标题: 青岚市水务局关于做好{}的通知\n发文机关: 青岚市水务局\n成文日期: 2030-03-01"
)
SECRET = "\n份号: 000001\n密级: 秘密★1年"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Notices, the second of which is classified."""
    root = tmp_path / "content"
    write(root, {"bureau.yaml": STOCK["bureau.yaml"]})
    for number in range(1, 5):
        lines = NOTICE.format(f"第{number}项工作") + (SECRET if number == 2 else "")
        write(root, {f"n-{number}/document.md": front(lines, "请认真落实。")})
    return root


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out what takes long."""
    texts = {name: kind for name, kind in production.FORMATS.items() if name == "纯文本"}
    monkeypatch.setattr(production, "FORMATS", texts)


# -- what is sent ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "text", "leaves"),
    [
        (NOTICE, "请认真落实。", True),
        (NOTICE, "密级不得标错。", True),
        (NOTICE.format("保密"), "请认真落实。", True),
        (NOTICE + SECRET, "请认真落实。", False),
        (NOTICE + '\n份号: "1"\n"\\u5bc6级": 机密★5年', "请认真落实。", False),
        (NOTICE + "\n密级: [", "请认真落实。", False),
    ],
    ids=["open", "text", "title", "classified", "escaped", "unreadable"],
)
def test_a_document_leaves_where_it_has_surely_no_classification(
    tmp_path: Path, lines: str, text: str, leaves: bool
) -> None:
    write(tmp_path / "content", {**STOCK, "n/document.md": front(lines, text)})
    assert secrecy.may_leave(tmp_path / "content", "n") == leaves


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_what_is_written_otherwise_is_read_before_it_leaves(tmp_path: Path, encoding: str) -> None:
    data = front(NOTICE + SECRET, "请认真落实。").encode(encoding)
    write(tmp_path / "content", {**STOCK, "n/document.md": data})
    assert not secrecy.may_leave(tmp_path / "content", "n")


@pytest.mark.usefixtures("quick")
def test_what_is_made_of_what_was_sent_is_what_is_made_here(content: Path) -> None:
    files = parcels.packed(content, "n-1") | parcels.packed_bureau(content)
    parcel = parcels.parcel_of(content, [Job("n-1")], files, versions_here())
    assert parcels.make_sent(parcel) == make(content, [Job("n-1")])


def test_a_worker_that_joins_late_is_compared_too(content: Path) -> None:
    parcel = parcels.parcel_of(content, [Job("n-1")], {}, Versions({"程序": "another"}))
    with pytest.raises(BrokenEnvironment, match="一个后来加入的工作进程与本机不同：程序"):
        parcels.make_sent(parcel)


def test_links_and_what_is_too_large_stay(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (content / "n-1" / "link").symlink_to("document.md")
    with pytest.raises(parcels.Unsendable):
        parcels.packed(content, "n-1")
    monkeypatch.setattr(parcels, "_MOST", 10)
    with pytest.raises(parcels.Unsendable):
        parcels.packed(content, "n-3")


class HeldExecutor:
    """Gives back what is to be made when the test asks for it."""

    def __init__(self) -> None:
        self.sent: list[parcels.Parcel] = []
        self.futures: list[Future[list[Made]]] = []

    def submit(self, call: Any, parcel: parcels.Parcel) -> Future[list[Made]]:
        self.sent.append(parcel)
        self.futures.append(Future())
        return self.futures[-1]


class NoClient:
    """A client that asks nobody."""

    def get_executor(self, **named: object) -> HeldExecutor:
        return HeldExecutor()

    def nthreads(self) -> dict[str, int]:
        return {}


def crew_without_client(monkeypatch: pytest.MonkeyPatch, here: list[str]) -> cluster.Cluster:
    made = cluster.Cluster(NoClient(), Versions())  # type: ignore[arg-type]

    def make_here(content: Path, jobs: list[Job]) -> Future[list[Made]]:
        here.extend(job.slug for job in jobs)
        future: Future[list[Made]] = Future()
        future.set_result([Failed(job.slug, "") for job in jobs])
        return future

    monkeypatch.setattr(made._home, "make", make_here)
    return made


def test_what_is_classified_is_made_here_and_that_is_counted(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: list[str] = []
    crew = crew_without_client(monkeypatch, here)
    whole = crew.make(content, [Job("n-1"), Job("n-2"), Job("n-3")])
    (parcel,) = crew._executor.sent
    assert [job.slug for job in parcel.jobs] == ["n-1", "n-3"]
    assert not any("n-2" in name for name in parcel.files)
    assert (here, crew.kept) == (["n-2"], {cluster.CLASSIFIED: 1})
    assert not whole.done()
    crew._executor.futures[0].set_result([Failed("n-1", ""), Failed("n-3", "")])
    assert sorted(each.slug for each in whole.result()) == ["n-1", "n-2", "n-3"]


def test_a_connection_that_ends_ends_the_run_in_chinese(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crew_without_client(monkeypatch, [])
    made = crew.make(content, [Job("n-1")])
    crew._executor.futures[0].cancel()
    crew._executor.futures[0].set_running_or_notify_cancel()
    with pytest.raises(BrokenEnvironment, match="连接断了"):
        made.result(1)


def test_without_any_worker_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    crew = crew_without_client(monkeypatch, [])
    assert crew.size == 1
    monkeypatch.setattr(cluster, "_ALONE", -1.0)
    monkeypatch.setattr(cluster, "_LOOKED", -1.0)
    with pytest.raises(BrokenEnvironment):
        _ = crew.size


def test_what_differs_there_is_named() -> None:
    here = Versions({"程序": "1", "模板": "2", "字体": "3"}, {"weasyprint": "70", "pango": "1"})
    there = Versions({"程序": "1", "模板": "0", "字体": "3"}, {"weasyprint": "71"})
    assert here.difference(here) == ""
    named = "模板、weasyprint（本机 70，那里 71）、pango（本机 1，那里 没有）"
    assert here.difference(there) == named
    assert set(versions_here().hashes) == {"程序", "模板", "字体"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--cluster", "10.0.0.1"], "tcp://10.0.0.1:8786"),
        (["--cluster", "tcp://127.0.0.1:1", "--tls", "."], "tls://"),
        (["--tls", "."], "--cluster"),
        (["--cluster", "tls://127.0.0.1:1", "--tls", "."], "ca.pem"),
    ],
    ids=["address", "encrypted", "only", "missing"],
)
def test_wrong_usage_is_said(
    content: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(content.parent)
    assert cli.run(["publish", *arguments]) == cli.WRONG_USAGE
    assert says in capsys.readouterr().err


# -- a scheduler and workers on this machine -----------------------------------------------


@contextmanager
def scheduler(workers: int, *, processes: bool) -> Iterator[str]:
    """The address of a scheduler with so many workers."""
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=processes,
        host="127.0.0.1",
        protocol="tcp://",
        dashboard_address=None,
        silence_logs=50,
    ) as local:
        yield local.scheduler_address


@pytest.mark.thorough
@pytest.mark.parametrize(
    "answer",
    [None, b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xff" * 65536, struct.pack("<Q", 2**60)],
    ids=["silence", "end", "http", "rubbish", "enormous"],
)
def test_what_answers_as_no_scheduler_does_is_left_soon(
    monkeypatch: pytest.MonkeyPatch, answer: bytes | None
) -> None:
    monkeypatch.setattr(cluster, "_CONNECTING", 0.5)
    accepted = []

    def serve(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                accepted.append(listener.accept()[0])
                if answer is not None:
                    accepted[-1].sendall(answer)
                    accepted[-1].close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=serve, args=(listener,), daemon=True).start()
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        with (
            pytest.raises(BrokenEnvironment, match="回应的不是 Dask 调度程序"),
            cluster.connected(address),
        ):
            pass
    for each in accepted:
        each.close()


def test_a_scheduler_that_falls_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class SilentClient(NoClient):
        def nthreads(self) -> dict[str, int]:
            return Event().wait() and {}

    monkeypatch.setattr(cluster, "_CONNECTING", 0.01)
    monkeypatch.setattr(cluster, "_ALONE", -1.0)
    with pytest.raises(BrokenEnvironment, match="连接断了"):
        cluster._compare(SilentClient(), Versions())  # type: ignore[arg-type]
    with pytest.raises(BrokenEnvironment, match="连接断了"):
        _ = cluster.Cluster(SilentClient(), Versions()).size  # type: ignore[arg-type]


# -- what workers give back ----------------------------------------------------------------


def built(slug: str = "n-1", name: str = "document.txt", data: object = b"") -> Built:
    outcome = Outcome(slug, State.PUBLISHED, ())
    return Built(outcome, {name: data}, builds.Manifest(slug))  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "made",
    [
        None,
        [],
        [built("n-2")],
        [built("../n-1")],
        [built(), built()],
        [built(name="../n-3/document.txt")],
        [built(name="/n-3/document.txt")],
        [built(name="web/../../n-3")],
        [built(name="")],
        [built(name="a\0")],
        [built(data="words")],
        [built()._replace(manifest=builds.Manifest("n-3"))],
        [built()._replace(manifest=None)],
        [built()._replace(outcome=None)],
        [Failed("n-3", "")],
        [Outcome("n-3", State.STOPPED, ())],
        "n-1",
    ],
    ids=[
        *("nothing", "none", "another", "outside", "twice", "up", "absolute", "down and up"),
        *("no name", "a name that no file has", "words", "a manifest of another", "no manifest"),
        *("no outcome", "another failed", "another stopped", "a string"),
    ],
)
def test_what_no_worker_was_asked_for_is_not_written(
    content: Path, monkeypatch: pytest.MonkeyPatch, made: object
) -> None:
    crew = crew_without_client(monkeypatch, [])
    promised = crew.make(content, [Job("n-1")])
    crew._executor.futures[0].set_result(made)
    with pytest.raises(BrokenEnvironment, match="不是要它生成的公文（n-1），没有写"):
        promised.result(1)


def test_what_is_too_large_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received, "_MOST", 10)
    assert received.as_asked([Job("n-1")], [built(data=b"*" * 10)])
    with pytest.raises(BrokenEnvironment):
        received.as_asked([Job("n-1")], [built(data=b"*" * 11)])


@pytest.mark.thorough
def test_nothing_begins_where_there_is_no_cluster_no_worker_or_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "_CONNECTING", 1)
    with (
        pytest.raises(BrokenEnvironment, match="连不上集群"),
        cluster.connected("tcp://127.0.0.1:1"),
    ):
        pass
    with (
        scheduler(0, processes=False) as address,
        pytest.raises(BrokenEnvironment, match="还没有工作进程"),
        cluster.connected(address),
    ):
        pass
    with scheduler(1, processes=False) as address:
        client = distributed.Client(address, set_as_default=False)
        here = versions_here()
        cluster._compare(client, here)
        another = Versions({**here.hashes, "模板": "another"}, here.tools)
        with pytest.raises(BrokenEnvironment, match="与本机不同：模板"):
            cluster._compare(client, another)
        client.close()


class Killing:
    """A listener that kills a worker when the first document comes back."""

    def __init__(self, process: int) -> None:
        self.process, self.outcomes = process, list[Outcome | Failed]()

    def waits(self) -> None:
        pass

    def came(self, what: Outcome | Failed) -> None:
        if not self.outcomes:
            os.kill(self.process, signal.SIGKILL)
        self.outcomes.append(what)

    def pulse(self) -> None:
        pass


@pytest.mark.slow
@pytest.mark.thorough
def test_a_worker_that_is_killed_is_made_good_and_the_bytes_are_those_of_one_machine(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # without LibreOffice, there as here
    builds.forget_environment()
    monkeypatch.setattr(cluster, "TOGETHER", 1)
    build, names = content.parent / "build", pipeline.slugs(content)
    with scheduler(2, processes=True) as address, cluster.connected(address) as crew:
        processes = crew._client.run(os.getpid)
        listener = Killing(min(processes.values()))
        many.publish(content, build, names, crew, listener)
        assert crew.kept == {cluster.CLASSIFIED: 1}
    assert {getattr(each, "state", each) for each in listener.outcomes} == {State.PUBLISHED}
    (alone,) = make(content, [Job("n-3")])
    assert isinstance(alone, Built)
    for name, data in alone.files.items():
        assert (build / "n-3" / name).read_bytes() == data
