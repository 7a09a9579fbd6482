"""The built site on loopback and a browser that notices everything.

The site is ``_build/html`` (or ``HOCSAU_HTML``), served under the folder that its
address has on the web, with its 404 page, as GitHub Pages does. The browser is
``CHROMIUM`` or the first Chromium found. Without one the browser tests skip, unless
``HOCSAU_BROWSER=1`` says that there must be one.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MINI = ROOT / "tests" / "tools" / "mini_site"
SCREENS = {"phone": (360, 740), "desktop": (1280, 860)}
THEMES = ("light", "dark")


def built_html() -> Path:
    """Where the site under test lies."""
    build = Path(os.environ.get("HOCSAU_BUILD", ROOT / "_build"))
    return Path(os.environ.get("HOCSAU_HTML", build / "html"))


def site_pages(html: Path) -> list[str]:
    """Every page, by its path on the site."""
    skipped = ("_static/", "_sources/", "_images/")
    found = (p.relative_to(html).as_posix() for p in html.rglob("*.html"))
    return sorted(p for p in found if not p.startswith(skipped) and p != "index.html")


def pytest_generate_tests(metafunc):
    """``page``: one test per page of the built site."""
    if "page" in metafunc.fixturenames:
        html = built_html()
        pages = site_pages(html) if html.is_dir() else ["chưa-dựng-trang"]
        metafunc.parametrize("page", pages)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files under a prefix; anything else is the site's own 404 page."""

    prefix = "/"

    def translate_path(self, path: str) -> str:
        path = urlsplit(path).path
        inside = path.startswith(self.prefix)
        return super().translate_path("/" + path.removeprefix(self.prefix)
                                      if inside else "/không/có")  # fmt: skip

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server:
    """A folder served on loopback under a prefix."""

    def __init__(self, html: Path, prefix: str):
        handler = type("Prefixed", (Handler,), {"prefix": prefix})
        make = functools.partial(handler, directory=str(html))
        self.html = html
        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), make)
        self._http.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._http.server_port}"
        self.base = self.origin + prefix
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self):
        self._http.shutdown()
        self._http.server_close()


def prefix_of(html: Path) -> str:
    """Folder of the site on the web, as its 404 page was built for."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    base = config["html"]["baseurl"]
    if slug := os.environ.get("GITHUB_REPOSITORY"):
        base = f"https://x/{slug.split('/')[-1]}/"
    return urlsplit(base).path


@pytest.fixture(scope="session")
def html_dir() -> Path:
    """The built site; not built is a failure, never a skip."""
    html = built_html()
    if not html.is_dir():
        pytest.fail(f"chưa dựng trang ở {html}: chạy «make book» trước", pytrace=False)
    return html


@pytest.fixture(scope="session")
def site(html_dir):
    """The built site, served."""
    server = Server(html_dir, prefix_of(html_dir))
    yield server
    server.close()


@pytest.fixture(scope="session")
def mini_html(tmp_path_factory) -> Path:
    """The small book of ``tests/tools/mini_site``, built with our configuration."""
    book = tmp_path_factory.mktemp("mini") / "book"
    shutil.copytree(MINI, book)
    shutil.copy(ROOT / "_config.yml", book)
    for name in ("_static", "_templates", "_syllabus"):
        (book / "book" / name).symlink_to(ROOT / "book" / name)
    (book / "code").symlink_to(ROOT / "code")
    done = build(book)
    assert done.returncode == 0, done.stdout + done.stderr
    return book / "_build" / "html"


def build(book: Path):
    """``jupyter-book build`` as a person would call it."""
    skip = ("HOCSAU_BUILD", "GITHUB_REPOSITORY", "HOCSAU_BRANCH")
    env = {k: v for k, v in os.environ.items() if k not in skip}
    program = Path(sys.executable).with_name("jupyter-book")
    return subprocess.run(
        [str(program), "build", str(book)],
        capture_output=True, text=True, timeout=300,
        env={**env, "OMP_NUM_THREADS": "1", "NO_COLOR": "1"},
    )  # fmt: skip


@pytest.fixture(scope="session")
def build_book():
    """The build command, for books that a test writes."""
    return build


@pytest.fixture(scope="session")
def mini(mini_html):
    """The small book, served."""
    server = Server(mini_html, prefix_of(mini_html))
    yield server
    server.close()


class View:
    """One tab that records foreign requests, failed loads and console errors."""

    def __init__(self, browser, screen: str, theme: str):
        width, height = SCREENS[screen]
        self._start = lambda: browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme
        )
        self.context, self.home, self.wrong, self.loaded = None, "", [], []
        self.renew()

    def renew(self):
        """A tab that has never seen a page: nothing comes from a cache."""
        if self.context:
            self.context.close()
        self.context = self._start()
        self.page = self.context.new_page()
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda e: self.wrong.append(f"lỗi script: {e}"))

    def open(self, server: Server, path: str):
        """Load a page and everything it asks for; return the tab."""
        self.home, self.wrong, self.loaded = server.origin, [], []
        self.page.goto(server.base + path)
        self.page.evaluate("document.fonts.ready.then(() => 1)")
        self.page.wait_for_timeout(60)
        return self.page

    def _request(self, request):
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.wrong.append(f"gọi ra ngoài: {request.url}")

    def _response(self, response):
        self.loaded.append(response.url)
        if response.status >= 400 and not response.request.is_navigation_request():
            self.wrong.append(f"{response.status}: {response.url}")

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.wrong.append(f"console {message.type}: {message.text}")


@pytest.fixture(scope="session")
def views(browser):
    """Phone and desktop, light and dark."""
    tabs = {(s, t): View(browser, s, t) for s in SCREENS for t in THEMES}
    yield tabs
    for tab in tabs.values():
        tab.context.close()


@pytest.fixture(scope="session")
def cheapest():
    """The two chapters that cost least to run again: ``[(doc, plan, record)]``."""
    from hocsau_build.execute import plan
    from hocsau_build.layout import Book, find_root
    from hocsau_build.store import Store

    book, kept = Book(find_root()), []
    for doc in book.docs:
        work = plan(doc, book)
        if work.chapter.is_notebook:
            record = Store(book.store).get(work.key)
            assert record, f"{doc} is not built: run make book first"
            kept.append((record.facts["cpu"], doc, work, record))
    return [(d, w, r) for _, d, w, r in sorted(kept, key=lambda k: k[:2])[:2]]
