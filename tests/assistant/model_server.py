"""A server that speaks the protocols of OpenAI and of Ollama, and misbehaves as told."""

import json
import re
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REFUSALS = {
    "refuse": (401, "Incorrect API key"),
    "forbid": (403, "This key may not use this model."),
    "too long": (400, "This model's maximum context length is 512 tokens."),
    "no model": (404, "model 'm' not found"),
    "no such model": (400, "The model `m` does not exist."),
    "wrong address": (404, "page not found"),
    "busy": (429, "Rate limit reached; try again in 20 s."),
    "overloaded": (503, "The server is overloaded."),
    "broken": (500, "out of memory"),
    "bad gateway": (502, "no upstream"),
    "gateway timeout": (504, "upstream too slow"),
    "odd": (418, "I am a teapot."),
}
"""By mode: the status and the message with which every question is turned away."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._json(200, {"models": [{"name": "small:1b"}, {"name": "big:7b"}]})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = asked["messages"][-1]["content"]
        self.server.prompts.append(prompt)
        mode = self.server.mode
        if mode in REFUSALS:
            status, message = REFUSALS[mode]
            error = message if self.path.endswith("/api/chat") else {"message": message}
            self._json(status, {"error": error})
        elif mode == "hang":
            time.sleep(3)
        else:
            ids = re.findall(r"^\[(\w+)\]", prompt, re.M)
            self._stream(self.server.says(ids), mode, ollama=self.path.endswith("/api/chat"))

    def _json(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, text, mode, *, ollama):
        self.send_response(200)
        kind = "application/x-ndjson" if ollama else "text/event-stream"
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        pieces = [text[i : i + 3] for i in range(0, len(text), 3)]
        if mode == "cut":
            pieces = pieces[: len(pieces) // 2]
        for piece in pieces:
            time.sleep(self.server.pause)
            self._chunk(self._event(piece, None, ollama))
        if mode == "cut":
            self.close_connection = True
            self.connection.close()
            return
        if mode == "garbage":
            self._chunk("<html>Bad gateway</html>\n\n" if ollama else "data: <html>\n\n")
        if mode != "unfinished":
            self._chunk(self._event("", "stop", ollama))
        if not ollama:
            self._chunk("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _event(self, text, reason, ollama):
        if ollama:
            event = {
                "model": "m",
                "created_at": "2026-01-01T00:00:00Z",
                "message": {"role": "assistant", "content": text},
                "done": reason is not None,
            }
            return json.dumps(event | ({"done_reason": reason} if reason else {})) + "\n"
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
        event = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        return f"data: {json.dumps(event | {'choices': [choice]})}\n\n"

    def _chunk(self, text):
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


@contextmanager
def model_server(says=lambda ids: "", mode="well", pause=0.0):
    """Serves on a free port of this machine; gives the server, with ``url`` and ``prompts``.

    It speaks three characters at a time and makes a pause of so many seconds before each.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.says, server.mode, server.pause, server.prompts = says, mode, pause, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
