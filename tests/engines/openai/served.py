"""A small server on loopback that answers as a chat completion server does, and fails as it is told to."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LLAMACPP = {"id": "/srv/models/m.gguf", "owned_by": "llamacpp"}
VLLM = {"id": "org/model", "owned_by": "vllm", "max_model_len": 2048}
OLLAMA = {"id": "qwen2.5:7b", "owned_by": "library"}


def events(*pieces, finish="stop", end=True):
    """The body of a streamed answer."""
    deltas = [{"choices": [{"index": 0, "delta": {"content": p}, "finish_reason": None}]} for p in pieces]
    if finish:
        deltas.append({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
        deltas.append({"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": len(pieces)}})
    lines = [f"data: {json.dumps(d, ensure_ascii=False)}\n\n" for d in deltas]
    return "".join([*lines, "data: [DONE]\n\n" if end else ""]).encode()


class Served:
    """``chats`` are answered in turn, each ``(status, headers, body)``; what is left answers right. ``asked`` keeps requests."""

    def __init__(self, model=OLLAMA, key=None, version="0.13.0"):
        self.models, self.key, self.version = [model], key, version
        self.chats, self.asked, self.headers = [], [], []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        self.hold = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self, None)

            def do_POST(self):
                outer.answer(self, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler, body):
        with self.lock:
            self.asked.append((handler.path, body))
            self.headers.append(dict(handler.headers))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            status, headers, content = self._chosen(handler, body)
        if self.hold and body:
            self.hold()
        with self.lock:
            self.at_once -= 1
        handler.send_response(status)
        for name, value in ({"Content-Type": "text/event-stream"} | headers).items():
            handler.send_header(name, value)
        handler.end_headers()
        with contextlib.suppress(ConnectionError):  # who waited has gone
            handler.wfile.write(content)

    def _chosen(self, handler, body):
        if self.key and handler.headers.get("Authorization") != f"Bearer {self.key}":
            quoted = {"error": {"message": f"Incorrect API key {handler.headers.get('Authorization')}"}}
            return 401, {}, json.dumps(quoted).encode()
        answers = {
            "/v1/models": {"object": "list", "data": self.models},
            "/props": {"build_info": "b9", "default_generation_settings": {"n_ctx": 1024}},
            "/version": {"version": self.version},
            "/tokenize": {"tokens": [1, 2, 3], "count": 3},
        }
        if handler.path in answers:
            return 200, {"Content-Type": "application/json"}, json.dumps(answers[handler.path]).encode()
        if handler.path != "/v1/chat/completions":
            return 404, {}, b"nothing here"
        return self.chats.pop(0) if self.chats else (200, {}, events("Rates ", "hold."))
