import socket
import threading
from pathlib import Path

import pytest

from nlp.engines import wire
from nlp.errors import EngineError

needs_unix = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets here")


def _whole_request(connection):
    """Head and body: closing before the body has come would break the pipe under the client."""
    stream = connection.makefile("rb")
    head = b"".join(iter(stream.readline, b"\r\n")).decode()
    length = next(int(line.split(":")[1]) for line in head.splitlines() if line.casefold().startswith("content-length"))
    return head + stream.read(length).decode()


@pytest.fixture
def server():
    """Answers one request on the wire's socket with what it was given; keeps what it was asked."""
    line = wire.Wire()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(line.path)
    listener.listen()
    asked = []

    def answer(status, body):
        def run():
            connection, _ = listener.accept()
            asked.append(_whole_request(connection))
            connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
            connection.close()

        threading.Thread(target=run, daemon=True).start()

    yield line, answer, asked
    listener.close()
    line.close()


@needs_unix
def test_the_key_goes_with_every_request(server):
    line, answer, asked = server
    answer("200 OK", '{"tokens": [1]}')
    assert line.post("/tokenize", {"content": "字"}) == {"tokens": [1]}
    assert f"Authorization: Bearer {line.key}" in asked[0]


@needs_unix
@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        ("400 Bad Request", '{"error": {"message": "too long"}}', "too long"),
        ("200 OK", "<html>", "does not answer"),
        ("200 OK", "[]", "refused"),
    ],
)
def test_what_the_server_refuses_is_an_engine_error(server, status, body, said):
    line, answer, _ = server
    answer(status, body)
    with pytest.raises(EngineError, match=said):
        line.post("/tokenize", {})


def test_nobody_listening():
    line = wire.Wire()
    with pytest.raises(EngineError, match="does not answer"):
        line.post("/tokenize", {})
    line.close()


def test_the_folder_is_private_and_goes_with_the_wire():
    line, other = wire.Wire(), wire.Wire()
    assert Path(line.folder).stat().st_mode & 0o077 == 0
    assert line.key != other.key
    line.close()
    assert not Path(line.folder).exists()
    folder = Path(other.folder)
    del other
    assert not folder.exists()


def test_where_the_path_is_too_long_it_is_loopback(monkeypatch):
    monkeypatch.setattr(wire, "LONGEST_SOCKET", 3)
    line = wire.Wire()
    assert (line.path, line.hostname) == (None, "127.0.0.1")
    line.close()
