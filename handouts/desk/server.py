"""Serves the desk on this machine's own address: waitress, with limits on the size and the time of every request."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import create_server

from handouts.desk.wire import BODY

ADDRESS = "127.0.0.1"
THREADS = 12
"""Of which LISTENERS (handouts.desk.answers) may wait for news of the folder, so that the others are free."""
WAIT = 10.0
"""s within which a request must have come whole, and after which a connection that says nothing is closed."""
CONNECTIONS = 100
HEADERS = 16_384
_IN_MEMORY = 1 << 30
"""Bytes of an answer from which waitress would put it into a temporary file: a patient's sheet never is."""


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection whose requests must each come whole within WAIT s, however many bytes of them drip in."""

    began: float | None = None

    def handle_read(self) -> None:
        """Take what has come; end a request that is taking too long."""
        super().handle_read()
        if self.request is None:
            self.began = None
        elif self.began is None:
            self.began = time.monotonic()
        elif time.monotonic() - self.began > WAIT:
            self.handle_close()


class Server:
    """A server on a free port, or the one given. Raises OSError where that is taken."""

    def __init__(self, port: int = 0) -> None:
        logging.getLogger("waitress").setLevel(logging.CRITICAL)  # its messages may repeat what was asked
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: no other program may listen on our port too
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        try:
            self._socket.bind((ADDRESS, port))
        except (OSError, OverflowError):
            self._socket.close()
            raise
        self.port: int = self._socket.getsockname()[1]
        self.stopped = threading.Event()
        self._server: Any = None
        self._thread: threading.Thread | None = None

    def start(self, application: Callable[..., Any]) -> None:
        """Serve from now on, in a thread of its own."""
        self._server = create_server(
            application,
            sockets=[self._socket],
            threads=THREADS,
            connection_limit=CONNECTIONS,
            channel_timeout=int(WAIT),
            cleanup_interval=2,
            max_request_header_size=HEADERS,
            max_request_body_size=BODY,
            inbuf_overflow=2 * BODY,
            outbuf_overflow=_IN_MEMORY,
            outbuf_high_watermark=_IN_MEMORY,
            ident="",
            clear_untrusted_proxy_headers=True,
        )
        self._server.channel_class = Channel
        self._thread = threading.Thread(target=self._server.run, name="desk", daemon=True)
        self._thread.start()

    def wait(self, every: Callable[[], None], seconds: float = 1.0) -> None:
        """Until `stop` is called, calling `every` again and again. A KeyboardInterrupt goes through."""
        while not self.stopped.wait(seconds):
            every()

    def stop(self) -> None:
        """End: no request is taken any more; the one under way is answered."""
        self.stopped.set()

    def close(self) -> None:
        """Give the port back, and end every connection."""
        if self._thread is None:
            self._socket.close()
            return
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=2)
        self._server.trigger.pull_trigger(self._end)
        self._thread.join(5)
        self._server.close()

    def _end(self) -> None:
        """Take from the loop, in its own thread, all that it listens to: then it ends, and that can be closed."""
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.trigger.del_channel()
        self._server.del_channel()
