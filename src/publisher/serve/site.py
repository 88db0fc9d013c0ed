"""Requests → the preview's page, the files of a build, and a stream of what has changed."""

from __future__ import annotations

import asyncio
import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from publisher import output, templates
from publisher.files import Unreadable, contents
from publisher.filetypes import type_of
from publisher.serve import neighbours, view

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from publisher.serve.workshop import Workshop

Handler = Callable[[Request], Awaitable[Response]]

HOSTS = ("127.0.0.1", "localhost")

_OWN = {"preview.css": "text/css", "preview.js": "text/javascript"}
"""The preview's own files, and their media types."""

ALWAYS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""Headers of every answer."""

_FRAME_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SHOWN_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:{own}; "
    "base-uri {base}; form-action 'self'; frame-ancestors 'self'"
)


def site(workshop: Workshop) -> ASGIApp:
    """The preview of what a workshop builds; while it runs, the workshop works."""

    @asynccontextmanager
    async def working(app: Starlette) -> AsyncIterator[None]:
        work = asyncio.create_task(workshop.work())
        yield
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work

    pages = _Pages(workshop)
    return Starlette(
        routes=[
            Route("/", pages.start, methods=["GET"]),
            Route("/preview.{suffix}", pages.own, methods=["GET"]),
            Route("/document/{slug}/", pages.frame, methods=["GET"]),
            Route("/document/{slug}/events", pages.events, methods=["GET"]),
            Route("/document/{slug}/fragment", pages.fragment, methods=["GET"]),
            Route("/document/{slug}/files/{name:path}", pages.file, methods=["GET"]),
        ],
        middleware=[Middleware(_Guard)],
        exception_handlers={404: _not_there, 500: _broken},
        lifespan=working,
    )


class _Guard:
    """Answers only this user, asking for this machine by its name; puts headers on every answer.

    A page of another site can have its own name lead to 127.0.0.1 (DNS rebinding), and would then
    read the answers as its own; the Host header gives it away.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                added = [(k.encode(), v.encode()) for k, v in ALWAYS.items()]
                message["headers"] += [header for header in added if header[0] not in there]
            await send(message)

        ours = neighbours.is_ours(scope.get("client"), scope.get("server"))
        known = ours and _names_this_machine(scope)
        await (self.app if known else _refusal)(scope, receive, send_guarded)


def _names_this_machine(scope: Scope) -> bool:
    named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    return len(named) == 1 and re.sub(r":[0-9]*$", "", named[0]).lower() in HOSTS


async def _refusal(scope: Scope, receive: Receive, send: Send) -> None:
    words = "只有启动预览的人，用 127.0.0.1 或 localhost，才能打开预览。"
    await Response(words, 421, media_type="text/plain; charset=utf-8")(scope, receive, send)


class _Pages:
    """What is answered at each address."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop

    async def start(self, request: Request) -> Response:
        """The first document."""
        if slugs := self._slugs():
            return RedirectResponse(view.address(slugs[0]), 303)
        return _html(view.message("没有公文", "请先用 publisher new 新建一份。"), _FRAME_POLICY)

    async def own(self, request: Request) -> Response:
        """The preview's own style and script."""
        name = f"preview.{request.path_params['suffix']}"
        if name not in _OWN:
            return await _not_there(request)
        data = (templates.folder("serve") / name).read_bytes()
        return Response(data, media_type=_OWN[name])

    async def frame(self, request: Request) -> Response:
        """All of a document side by side."""
        slug = self._slug(request)
        if slug is None:
            return await _not_there(request)
        return _html(view.frame(self.workshop, slug), _FRAME_POLICY)

    async def events(self, request: Request) -> Response:
        """What the page is to show, now and after each change."""
        slug = self._slug(request)
        if slug is None:
            return await _not_there(request)
        return StreamingResponse(self._stream(slug), media_type="text/event-stream")

    async def _stream(self, slug: str) -> AsyncIterator[str]:
        async for _ in self.workshop.situations():
            update = view.update(self.workshop, slug)
            yield f"retry: 1000\ndata: {json.dumps(update, ensure_ascii=False)}\n\n"

    async def fragment(self, request: Request) -> Response:
        """The fragment as it looks in a site that adds nothing."""
        data = self._data(self._slug(request), view.FRAGMENT)
        if data is None:
            return await _not_there(request)
        # Pictures and files that it names lie beside it in the build.
        policy = _SHOWN_POLICY.format(scripts="'none'", own=" 'self'", base="'self'")
        return _html(view.fragment(data.decode()), policy)

    async def file(self, request: Request) -> Response:
        """A file that the manifest of the last build lists, and no other."""
        name = request.path_params["name"]
        data = self._data(self._slug(request), name)
        if data is None:
            return await _not_there(request)
        kind = type_of(name).media_type
        headers = {"x-frame-options": "SAMEORIGIN"}
        if kind == "text/html":
            headers["content-security-policy"] = _policy_of(data)
        return Response(data, headers=headers, media_type=kind)

    def _slugs(self) -> tuple[str, ...]:
        return self.workshop.situation.slugs

    def _slug(self, request: Request) -> str | None:
        slug: str = request.path_params["slug"]
        return slug if slug in self._slugs() else None

    def _data(self, slug: str | None, name: str) -> bytes | None:
        if slug is None:
            return None
        ahead = self.workshop.situation.ahead.get(slug)
        if ahead is not None and name in ahead.files:
            return ahead.files[name]
        return published(self.workshop.build_folder / slug, name)


def published(folder: Path, name: str) -> bytes | None:
    """The bytes of a file that a manifest lists, by just that name; no link is followed.

    Nothing is waited for: a pipe in its place would stop the preview for all.
    """
    if name not in output.listed_in(output.read_manifest(folder) or {}):
        return None
    whole = folder.resolve()
    place = whole / name
    try:
        is_it = place.is_relative_to(whole) and (folder / name).resolve(strict=True) == place
        return contents(place) if is_it else None
    except (OSError, Unreadable):
        return None


def _policy_of(page: bytes) -> str:
    """What a published page may do: run the scripts that stand in it, and ask for nothing."""
    scripts = re.findall(rb"<script(?:\s[^>]*)?>(.*?)</script>", page, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in scripts]
    return _SHOWN_POLICY.format(scripts=" ".join(hashes) or "'none'", own="", base="'none'")


def _html(page: str, policy: str, status: int = 200) -> Response:
    headers = {"content-security-policy": policy}
    return Response(page, status, headers, media_type="text/html")


async def _not_there(request: Request, error: Exception | None = None) -> Response:
    return _html(view.message("没有这个文件", "它不在最近一次生成的文件之中。"), _FRAME_POLICY, 404)


async def _broken(request: Request, error: Exception) -> Response:
    words = f"预览无法显示（{type(error).__name__}: {error}）。"
    return Response(words, 500, media_type="text/plain; charset=utf-8")
