"""Where an OpenAI-compatible server is and what opens it: from the environment alone, never from a command line.

A command line stands in process lists and shell histories, and an address with a password in it in messages and logs.
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from nlp.errors import UsageError

OWN, COMMON = "ZHBRIEF_OPENAI", "OPENAI"
"""The variables ``…_BASE_URL`` and ``…_API_KEY`` go together: a key is sent only where it was meant to be sent."""


@dataclass(frozen=True, slots=True)
class Address:
    """The base URL (``http://localhost:8080/v1``, no slash at its end) and the key, which no ``repr`` shows."""

    url: str
    key: str | None = field(default=None, repr=False)

    @property
    def root(self) -> str:
        """The URL of what servers have beside their ``/v1``."""
        return self.url.removesuffix("/v1")

    @property
    def loopback(self) -> bool:
        """Whether the server is on this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False


def address_given() -> Address:
    """What ``ZHBRIEF_OPENAI_BASE_URL``, else ``OPENAI_BASE_URL``, says. Raises :class:`nlp.errors.UsageError`."""
    prefix = OWN if os.environ.get(f"{OWN}_BASE_URL", "").strip() else COMMON
    url = os.environ.get(f"{prefix}_BASE_URL", "").strip().rstrip("/")
    if not url:
        raise UsageError(f"--engine openai needs the server's address: {OWN}_BASE_URL=http://localhost:8080/v1")
    address = Address(_checked(url, f"{prefix}_BASE_URL"), os.environ.get(f"{prefix}_API_KEY", "").strip() or None)
    if os.environ.get("ZHBRIEF_OFFLINE") and not address.loopback:
        raise UsageError("ZHBRIEF_OFFLINE is set: --engine openai then only talks to a server on this machine")
    return address


def _checked(url: str, variable: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise UsageError(f"{variable} is no address of a server; write it like http://localhost:8080/v1")
    if parts.username is not None or parts.password is not None:
        raise UsageError(f"{variable} holds a user or password, which messages would show: use {OWN}_API_KEY")
    return url if parts.path else f"{url}/v1"


def number_given(variable: str, default: int) -> int:
    """A whole number from 1 up out of the environment, or ``default``. Raises :class:`nlp.errors.UsageError`."""
    given = os.environ.get(variable, "").strip()
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise UsageError(f"{variable}={given}: must be a whole number from 1 up")
    return int(given)
