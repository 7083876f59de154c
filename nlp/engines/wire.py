"""The private line to the HTTP server that llama.cpp's in-process server insists on opening.

It is a Unix socket in a folder only this user can enter, so no port is opened at all; where the platform has none, a port
on loopback that the system picks. Either way it asks for a random key, and no browser's origin is allowed.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import socket
import tempfile
import weakref
from typing import Any

from nlp.errors import EngineError

LONGEST_SOCKET = 100
"""Bytes that a Unix socket's path may have (the kernel's limit is 108, 104 on macOS, with the closing zero)."""
TIMEOUT = 60.0
"""Seconds to wait for an answer; tokenizing and keeping a prefix take milliseconds."""


class Wire:
    """Where the server is to listen and how to talk to it. ``key`` is new for each object."""

    def __init__(self) -> None:
        self.key = secrets.token_urlsafe(32)
        self.folder = tempfile.mkdtemp(prefix="zhbrief-")  # mode 0700
        self._finalizer = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        path = os.path.join(self.folder, "e.sock")  # noqa: PTH118 - a str is what llama.cpp takes
        self.path = path if hasattr(socket, "AF_UNIX") and len(os.fsencode(path)) <= LONGEST_SOCKET else None
        self.address = ""

    @property
    def hostname(self) -> str:
        """What the server is told to bind."""
        return self.path or "127.0.0.1"

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The server's answer as an object. Raises :class:`nlp.errors.EngineError`."""
        connection = (
            _UnixConnection(self.path)
            if self.path
            else http.client.HTTPConnection(_host(self.address), timeout=TIMEOUT)
        )
        try:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
            connection.request("POST", path, json.dumps(body), headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as e:
            raise EngineError(f"llama.cpp does not answer on its own socket ({e}); run again") from e
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK or not isinstance(answer, dict):
            raise EngineError(f"llama.cpp refused {path}: {said(answer)}")
        return answer

    def close(self) -> None:
        """Remove the socket's folder."""
        self._finalizer()


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=TIMEOUT)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def _host(address: str) -> str:
    return address.removeprefix("http://").rstrip("/")


def said(answer: object) -> str:
    """The message in an error of llama.cpp's server."""
    if isinstance(answer, dict) and isinstance(answer.get("error"), dict):
        return str(answer["error"].get("message", answer["error"]))
    return str(answer)[:200]
