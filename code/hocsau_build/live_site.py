"""A small web server for one's own machine that tells open pages to reload.

The script that listens is added to each page on its way out; the built files stay as
they will be published.
"""

from __future__ import annotations

import io
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

EVENTS = "/__hocsau__/su-kien"
HEARTBEAT = 10.0
SCRIPT = f"""<script>
(() => {{
  const bar = document.createElement("pre");
  bar.style.cssText = "position:fixed;inset:auto 0 0 0;margin:0;padding:.6em 1em;" +
    "z-index:9999;background:#7a1020;color:#fff;max-height:40vh;overflow:auto;white-space:pre-wrap";
  const events = new EventSource("{EVENTS}");
  events.addEventListener("reload", () => location.reload());
  events.addEventListener("failed", (e) => {{
    bar.textContent = JSON.parse(e.data); document.body.append(bar);
  }});
}})();
</script></body>"""


class News:
    """The newest build, as told to every open page."""

    def __init__(self):
        self.number, self.event, self.text = 0, "reload", '""'
        self._changed = threading.Condition()

    def tell(self, event: str, text: str = '""') -> None:
        """``reload``, or ``failed`` with the errors as a JSON string."""
        with self._changed:
            self.number, self.event, self.text = self.number + 1, event, text
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Number of the newest build, at the latest after ``seconds``."""
        with self._changed:
            self._changed.wait_for(lambda: self.number != seen, seconds)
            return self.number


class Handler(SimpleHTTPRequestHandler):
    """Files of the site; pages with the script; the stream of events."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args, news: News, **kwargs):
        self.news = news
        super().__init__(*args, **kwargs)

    def do_GET(self):
        if self.path == EVENTS:
            self._stream()
        else:
            super().do_GET()

    def send_head(self):
        """As the standard server, but pages carry the script and 404 has its page."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self.path.split("?")[0].endswith("/"):
            return super().send_head()  # redirects
        page = path / "index.html" if path.is_dir() else path
        if page.suffix == ".html" or not page.exists():
            return self._page(page)
        return super().send_head()

    def _page(self, page: Path):
        code = HTTPStatus.OK if page.is_file() else HTTPStatus.NOT_FOUND
        if code == HTTPStatus.NOT_FOUND:
            page = Path(self.directory) / "404.html"
        text = page.read_text("utf-8") if page.is_file() else "<body>404</body>"
        body = SCRIPT.join(text.rsplit("</body>", 1)).encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = self.news.number
        try:
            while not self.server.stopping:
                newest = self.news.wait(seen, HEARTBEAT)
                text = ": còn đây\n\n"
                if newest != seen:
                    text = f"event: {self.news.event}\ndata: {self.news.text}\n\n"
                self.wfile.write(text.encode())
                self.wfile.flush()
                seen = newest
        except OSError:
            pass  # the page was closed

    def log_message(self, *args) -> None:
        pass


class Server(ThreadingHTTPServer):
    """On loopback only; a closing terminal ends every stream."""

    daemon_threads = True
    stopping = False

    def handle_error(self, request, client_address):
        pass  # a browser that goes away in mid-answer


def start(folder: Path, port: int, news: News) -> Server:
    """Serve a folder from a free port at or above ``port``, in a thread."""
    handler = partial(Handler, directory=str(folder), news=news)
    for number in range(port, port + 20):
        try:
            server = Server(("127.0.0.1", number), handler)
        except OSError:
            continue
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server
    raise OSError(f"không có cổng trống từ {port} tới {port + 19}")


def stop(server: Server) -> None:
    """Close the port and let the streams end."""
    server.stopping = True
    server.shutdown()
    server.server_close()
