"""What `make run` starts: the web server and one worker, which ends when the server does."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import sys
import warnings
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import uvicorn
from celery import current_app
from celery.beat import EmbeddedService
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.lifeline import die_with_parent
from accounts.processes import Kept

REFUSALS = {
    errno.EADDRINUSE: "Port %(port)s is taken by another program. Choose another one: PORT=%(next)s",
    errno.EACCES: "Port %(port)s needs rights that this user doesn't have. Choose one above 1023: PORT=8000",
    errno.EADDRNOTAVAIL: "This machine has no address %(host)s. Choose another one: HOST=127.0.0.1",
}

ROOM_TO_START = 200 * 2**20  # the demonstration, its dossiers, and some time to notice


class Command(BaseCommand):
    """Listen first, so that a taken port is said before anything starts; then worker, clock and web server."""

    help = "Serve Tandem: web server, worker and clock in one command."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--prepare", action="store_true", help="bring the database up to date first")
        parser.add_argument("--end-with-parent", action="store_true", help="end when the caller (make) is killed")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        signal.signal(signal.SIGTERM, leave)
        if options["end_with_parent"]:
            die_with_parent(os.getppid(), signal.SIGTERM)
        listening = listen(host, port)
        check_folder(settings.DATA_DIR)
        try:
            if options["prepare"]:
                call_command("prepare", stdout=self.stdout)
            self.stdout.write(f"Tandem is open at http://{shown(host)}:{port}/ (Ctrl-C closes it)")
            self.run_everything(listening)
        except KeyboardInterrupt:
            self.stdout.write("Tandem is closed.")

    def run_everything(self, listening: socket.socket) -> None:
        """Worker, clock and web server, until somebody ends it."""
        worker = Kept("worker", (sys.executable, "-m", settings.WORKER_MODULE, str(os.getpid())))
        # Files are read whole before they are sent by ASGI; ours are small, and production sends them by WSGI.
        warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators")
        try:
            worker.start()
            clock().start()
            web_server().run(sockets=[listening])
        finally:
            worker.stop()


def check_folder(folder: Path) -> None:
    """Refuse to start where nothing could be saved: half a database helps nobody."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CommandError(f"Nothing can be written into {folder}. Choose another folder: DATA_DIR=…")
    free = shutil.disk_usage(folder).free
    if free < ROOM_TO_START:
        raise CommandError(
            f"Only {free // 2**20} MiB are free in {folder}, and Tandem needs {ROOM_TO_START // 2**20}. "
            "Make room, or choose another folder: DATA_DIR=…"
        )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, or a sentence that says why there is none and what to type."""
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = REFUSALS.get(error.errno or 0, f"Can't listen on %(host)s:%(port)s: {error.strerror or error}.")
        raise CommandError(reason % {"host": host, "port": port, "next": port + 1}) from error
    except OverflowError as error:
        raise CommandError(f"{port} is no port; ports go from 1 to 65535.") from error
    # Connections inherit it. Asyncio sets it only on sockets it made itself; without it every answer waits 40 ms.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def shown(host: str) -> str:
    """The address a person can open: 'everywhere' is here."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104


def web_server() -> uvicorn.Server:
    """The server; forwarded headers are read by our own rule (TRUSTED_PROXIES), not by uvicorn's."""
    module, _, name = settings.ASGI_APPLICATION.rpartition(".")
    return uvicorn.Server(
        uvicorn.Config(
            f"{module}:{name}",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=5,
        )
    )


def clock() -> Any:
    """The schedule as a thread of this process, without a file of its own: everything in it may run twice."""
    return EmbeddedService(current_app, thread=True, scheduler_cls="celery.beat:Scheduler")


def leave(number: int, frame: FrameType | None) -> NoReturn:
    """SIGTERM ends the command like Ctrl-C does, so that the worker is taken along."""
    raise KeyboardInterrupt
