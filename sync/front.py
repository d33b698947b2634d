"""The desk's door for kiosks on the network: TLS, a small strict reader of HTTP, and nothing behind it but the kiosks' routes.

waitress speaks no TLS. This front does, on a thread of its own, and hands requests straight to the engine: no path leads from a kiosk's network to
the pages of the staff, and kiosks that come all at once wait for each other here, not for the threads that serve the counter.
"""

import asyncio
import contextlib
import random
import re
import socket
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import structlog

from sync import tls
from sync.server import Asked, Reply, refused, turned_away

log = structlog.get_logger("sync")

MOST_LINES = 700
MOST_HEAD = 8 << 10
MOST_HELD = 64 << 20  # bytes of bodies that are on their way in
MOST_RUNNING = 600  # every kiosk of a large site at once
WORKERS = 4
RENEW = timedelta(days=30)
GLANCE = 0.5  # seconds after which the front looks whether it shall close
_LINE = re.compile(r"([A-Z]{3,10}) ([!-~]{1,400}) HTTP/1\.([01])")
_FIELD = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,60}):[ \t]*([\t -~]*?)[ \t]*")


@dataclass(frozen=True)
class Patience:
    """How many seconds the front waits: for the next request, for TLS or a request's head, for a body or that an answer is taken."""

    idle: float = 75
    head: float = 10
    body: float = 60
    stop: float = 5


class Damaged(Exception):
    """A request that cannot be read: the status that says so."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Head:
    """The head of one request."""

    method: str
    target: str
    fields: dict[str, str]
    keeps: bool  # the line may carry another request afterwards


def read_head(raw: bytes) -> Head:
    """Return what a request's head says; `Damaged` for anything that two readers could read in two ways."""
    try:
        first, *lines = raw.decode("ascii").removesuffix("\r\n\r\n").split("\r\n")
    except UnicodeDecodeError:
        raise Damaged(400) from None
    said = _LINE.fullmatch(first)
    if not said or not said[2].startswith("/"):
        raise Damaged(400)
    fields: dict[str, str] = {}
    for line in lines:
        found = _FIELD.fullmatch(line)
        if not found or found[1].lower() in fields:
            raise Damaged(400)
        fields[found[1].lower()] = found[2]
    if "transfer-encoding" in fields:
        raise Damaged(411)
    if "expect" in fields:
        raise Damaged(417)
    return Head(said[1], said[2], fields, said[3] == "1" and fields.get("connection", "").lower() != "close")


@dataclass(eq=False)
class Front(threading.Thread):
    """The front of one desk. It opens when `wanted` says so (the first kiosk may be added while the desk runs) and closes with `stop`."""

    handle: Callable[[Asked], Reply]
    certify: Callable[[], Path]  # issues a fresh certificate, and says where it stands
    host: str
    port: int
    wanted: Callable[[], bool] = lambda: True
    patience: Patience = field(default_factory=Patience)
    look_every: float = 2.0
    most_lines: int = MOST_LINES
    ready: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(name="kiosk-front", daemon=True)
        self._over = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._held = self._running = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle: set[asyncio.Task[None]] = set()
        self._told = ""

    def run(self) -> None:
        """Wait until somebody wants the front, then serve until told to stop."""
        while not self._over.is_set():
            try:
                if self.wanted():
                    asyncio.run(self._serve())
            except Exception as error:  # a taken port must not close the counter; it may be free again
                if str(error) != self._told:
                    self._told = str(error)
                    log.error("kiosks are not answered", port=self.port, exc_info=error)
            self._over.wait(self.look_every)

    def stop(self) -> None:
        """Finish what is running, and close."""
        self._over.set()
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # it ended just now
                loop.call_soon_threadsafe(self._end.set)
        if self.is_alive():
            self.join(self.patience.stop * 3)

    async def _serve(self) -> None:
        loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        with _listening(self.host, self.port) as listener, ThreadPoolExecutor(WORKERS, "kiosk") as self._workers:
            context = tls.serving(self.certify())
            self.port, self._loop = listener.getsockname()[1], loop
            if self._over.is_set():
                return
            renewing = loop.create_task(self._renew(context))
            accepting = loop.run_in_executor(None, self._accept, listener, loop, context)
            self.ready.set()
            log.info("kiosks are answered", port=self.port)
            await self._end.wait()
            await accepting
            for task in self._idle:
                task.cancel()
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=self.patience.stop)
            left = [renewing, *self._tasks]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            await asyncio.sleep(GLANCE / 10)  # until lines that were cut are closed
        self._loop = None

    async def _renew(self, context: ssl.SSLContext) -> None:
        """Take a fresh certificate now and then, for lines that are opened from here on."""
        while True:
            await asyncio.sleep(RENEW.total_seconds())
            context.load_cert_chain(self.certify())

    def _accept(self, listener: socket.socket, loop: asyncio.AbstractEventLoop, context: ssl.SSLContext) -> None:
        """Take lines as they come, on a thread of its own: what was accepted is then never forgotten when the front closes."""
        listener.settimeout(GLANCE)
        while not self._over.is_set():
            try:
                line, _address = listener.accept()
            except TimeoutError:
                continue
            except OSError:  # no more file descriptors: those who are here go on
                self._over.wait(1)
                continue
            line.setblocking(False)
            loop.call_soon_threadsafe(self._arrived, line, context)

    def _arrived(self, line: socket.socket, context: ssl.SSLContext) -> None:
        if self._over.is_set() or len(self._tasks) >= self.most_lines:
            line.close()
            return
        task = asyncio.get_running_loop().create_task(self._line(line, context))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _line(self, line: socket.socket, context: ssl.SSLContext) -> None:
        """Serve one line, request after request, until somebody closes it or time is up."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(MOST_HEAD)
        protocol = asyncio.StreamReaderProtocol(reader)
        try:
            transport, _ = await loop.connect_accepted_socket(
                lambda: protocol, line, ssl=context, ssl_handshake_timeout=self.patience.head, ssl_shutdown_timeout=1
            )
        except (OSError, ssl.SSLError, asyncio.CancelledError):  # its transport closes it
            return
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        try:
            while not self._over.is_set() and await self._one(reader, writer):
                pass
        except (TimeoutError, OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            await self._close(writer)

    async def _close(self, writer: asyncio.StreamWriter) -> None:
        writer.close()
        try:
            async with asyncio.timeout(2):
                await writer.wait_closed()
        except (TimeoutError, OSError, asyncio.CancelledError):
            writer.transport.abort()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Serve one request; tell whether the line may carry another."""
        first = await self._next(reader)
        if not first:
            return False
        try:
            async with asyncio.timeout(self.patience.head):
                raw = first + await reader.readuntil(b"\r\n\r\n")
            head = read_head(raw)
        except asyncio.LimitOverrunError:
            return await self._send(writer, refused(431, "sync.malformed"), False)
        except Damaged as damaged:
            return await self._send(writer, refused(damaged.status, "sync.malformed"), False)
        turned = turned_away(head.method, head.target, head.fields.get("content-length"))
        if turned:
            return await self._send(writer, turned, head.keeps and head.fields.get("content-length", "0") == "0")
        return await self._send(writer, await self._answered(head, reader), head.keeps)

    async def _next(self, reader: asyncio.StreamReader) -> bytes:
        """Wait for the first byte of a request: the only time when a line may be cut without a word."""
        task = asyncio.current_task()
        if task:
            self._idle.add(task)
        try:
            async with asyncio.timeout(self.patience.idle):
                return await reader.read(1)
        finally:
            if task:
                self._idle.discard(task)

    async def _answered(self, head: Head, reader: asyncio.StreamReader) -> Reply:
        length = int(head.fields.get("content-length") or 0)
        is_full = self._held + length > MOST_HELD or self._running >= MOST_RUNNING
        self._held += length
        self._running += 1
        try:
            async with asyncio.timeout(self.patience.body):
                body = await self._body(reader, length, is_full)
            if is_full:
                return Reply(503, retry_after=random.randint(2, 10))  # noqa: S311 - so that they do not all come back at once
            asked = Asked(head.method, head.target, head.fields, body)
            return await asyncio.get_running_loop().run_in_executor(self._workers, self.handle, asked)
        finally:
            self._held -= length
            self._running -= 1

    async def _body(self, reader: asyncio.StreamReader, length: int, is_dropped: bool) -> bytes:
        """Read a body; one that there is no room for is read and dropped, so that the line stays in step."""
        if not is_dropped:
            return await reader.readexactly(length)
        while length:
            piece = await reader.read(min(length, 64 << 10))
            if not piece:
                raise EOFError
            length -= len(piece)
        return b""

    async def _send(self, writer: asyncio.StreamWriter, reply: Reply, keeps: bool) -> bool:
        head = [*reply.head, ("Connection", "keep-alive" if keeps else "close")]
        lines = [f"HTTP/1.1 {reply.line}", *(f"{name}: {value}" for name, value in head)]
        writer.write("\r\n".join([*lines, "", ""]).encode() + reply.body)
        async with asyncio.timeout(self.patience.body):
            await writer.drain()
        return keeps


def _listening(host: str, port: int) -> socket.socket:
    """Return a listener on an address; OSError if another program has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)
