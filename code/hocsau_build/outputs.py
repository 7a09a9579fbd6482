"""What a cell gave, as plain data that is the same on every machine."""

from __future__ import annotations

import json
import re
from pathlib import Path

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"File (.+?)(:\d+)?(, in |\n|$)")
ADDRESS = re.compile(r"<[^<>\n]* at 0x[0-9a-f]+>")


def plain(outputs: list, root: Path) -> list[dict]:
    """Outputs as plain data; text of one stream in one piece, however it arrived."""
    merged: list[dict] = []
    for output in json.loads(json.dumps(outputs)):
        last = merged[-1] if merged else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            merged.append(output)
        if output["output_type"] == "error":
            output["traceback"] = _trim(output["traceback"], root)
    return [_nobody(output) for output in merged]


def stderr(outputs: list) -> str:
    """What the cell wrote to stderr."""
    streams = (o for o in outputs if o["output_type"] == "stream")
    return "".join(o["text"] for o in streams if o["name"] == "stderr").strip()


def address(outputs: list) -> str:
    """First object shown by its place in memory, which is another in every run."""
    for output in outputs:
        data = output.get("data", {})
        text = output.get("text", data.get("text/plain", "") if len(data) == 1 else "")
        if found := ADDRESS.search(text):
            return found[0]
    return ""


def _nobody(output: dict) -> dict:
    """Text without the home folder of whoever ran the cell."""
    for name in {"text", "evalue", "traceback"} & set(output):
        output[name] = _homeless(output[name])
    data = output.get("data", {})
    for name in {"text/plain", "text/html"} & set(data):
        data[name] = _homeless(data[name])
    return output


def _homeless(text: str | list[str]) -> str | list[str]:
    if isinstance(text, list):
        return [_homeless(t) for t in text]
    home = re.escape(str(Path.home()))
    if home == "/":
        return text
    return re.sub(rf"(?<![\w.~-]){home}(?![\w-]|\.\w)", "~", text)


def _trim(traceback: list[str], root: Path) -> list[str]:
    """Frames of cells and of the book's own code; the libraries' are only counted.

    Those frames name folders and line numbers of the machine that built the page.
    """
    kept: list[str] = []
    left = 0
    for part in traceback:
        found = FRAME.match(COLOUR.sub("", part))
        if found and (own := _own(found[1], root)) is None:
            left += 1
            continue
        if left:
            kept.append(_left(left))
            left = 0
        kept.append(part.replace(found[1], own, 1) if found else part)
    return kept + ([_left(left)] if left else [])


def _own(name: str, root: Path) -> str | None:
    """Path below the root of a file in ``code``, or None for anybody else's."""
    path, code = Path(name).expanduser().resolve(), (root / "code").resolve()
    return f"code/{path.relative_to(code)}" if path.is_relative_to(code) else None


def _left(count: int) -> str:
    return f"    [... bỏ bớt {count} khung nằm trong thư viện]\n"  # lexed as Python
