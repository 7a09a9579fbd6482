"""Recordings that our own tool did not write: each is refused whole."""

from __future__ import annotations

import base64
import json

import pytest

from hocsau_build import check
from hocsau_build.errors import BookError
from hocsau_build.recording import clean, form

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


def display(**data):
    return {"output_type": "display_data", "metadata": {}, "data": data}


def picture(mime="image/png", text=None):
    return display(**{mime: text or base64.b64encode(PNG).decode()})


def tamper(mini, change, reseal=True):
    """Change the data of a good recording, as one who knows the format would."""
    path = mini.recorded()
    data = json.loads(path.read_text("utf-8"))
    change(data)
    if reseal:
        data["seal"] = form.seal(data)
    path.write_text(json.dumps(data), "utf-8")


def output(value):
    return lambda data: data["cells"][0].update(outputs=[value])


def html(*lines):
    return output({"output_type": "display_data", "data": {"text/html": list(lines)}})


def named(name, mime="image/png"):
    return output({"output_type": "display_data", "data": {mime: {"file": name}}})


def glue(value, name="so", prefix=clean.GLUE):
    return output({
        "output_type": "display_data", "data": {clean.GLUE + "text/plain": [value]},
        "metadata": {"scrapbook": {"name": name, "mime_prefix": prefix}},
    })  # fmt: skip


HOSTILE = {
    "script": html("<script>alert(1)</script>"),
    "split over lines": html("<scr", "ipt>alert(1)</scr", "ipt>"),
    "event": html('<p onclick="x()">a</p>'),
    "iframe": html('<iframe src="https://x"></iframe>'),
    "javascript url": html('<a href="javascript:x()">a</a>'),
    "outside image": html('<img src="https://x/a.png">'),
    "style": html('<p style="background:url(https://x)">a</p>'),
    "svg in html": html("<svg><script>x</script></svg>"),
    "form": html('<form action="https://x"><input></form>'),
    "unclosed": html("</div></article><div>"),
    "markdown": output({"output_type": "display_data",
                        "data": {"text/markdown": ["<script>x</script>"]}}),
    "javascript": output({"output_type": "display_data",
                          "data": {"application/javascript": ["x()"]}}),
    "widget": output({"output_type": "display_data", "data": {
        "application/vnd.jupyter.widget-view+json": ["{}"]}}),
    "path up": named("../../../etc/passwd"),
    "absolute path": named("/etc/passwd"),
    "other page's picture": named("q.0123456789abcdef.png"),
    "missing picture": named("p.0123456789abcdef.png"),
    "picture as text": output({"output_type": "display_data",
                               "data": {"image/png": ["aGVsbG8="]}}),
    "picture not in a file": named(7),
    "glue runs nothing": glue("__import__('os').system('x')"),
    "glue is a text": glue("[1, 2]"),
    "glue name": glue("'1'", name="a b<script>"),
    "glue prefix": glue("'1'", prefix="x"),
    "glue long": glue(repr("x" * 1000)),
    "glue deep": glue("(" * 250 + "1"),
    "stray metadata": output({"output_type": "display_data", "data": {},
                              "metadata": {"filenames": {"image/png": "/etc/passwd"}}}),
    "unknown output": output({"output_type": "update_display_data", "data": {}}),
    "output is a list": output([]),
    "stream name": output({"output_type": "stream", "name": "x", "text": ["a"]}),
    "stream text": output({"output_type": "stream", "name": "stdout", "text": "a"}),
    "extra key": output({"output_type": "stream", "name": "stdout", "text": [],
                         "x": 1}),
    "error trace": output({"output_type": "error", "ename": "A", "evalue": "b",
                           "traceback": [1]}),
    "other page": lambda d: d.update(page="book/q"),
    "other format": lambda d: d.update(format=99),
    "format a truth value": lambda d: d.update(format=True),
    "cells a dict": lambda d: d.update(cells={}),
    "no cells": lambda d: d.update(cells=[]),
    "cell a number": lambda d: d.update(cells=[1]),
    "same cell twice": lambda d: d.update(cells=d["cells"] * 2),
    "negative": lambda d: d["cells"][0].update(number=-1),
    "not a number": lambda d: d["cells"][0].update(seconds=float("nan")),
    "digest": lambda d: d["cells"][0].update(digest="x"),
    "seed as text": lambda d: d["cells"][0].update(seeds=["<script>"]),
    "one seed": lambda d: d["cells"][0].update(seeds=5),
    "date": lambda d: d.update(date="<b>"),
    "device name": lambda d: d["device"].update(name="x\n" * 100),
    "test not a truth value": lambda d: d["device"].update(test=0),
    "extra top key": lambda d: d.update(x=1),
}  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_recording_is_refused_whole(gpu_mini, change):
    tamper(gpu_mini, change)
    refused(gpu_mini)


def refused(mini):
    """The page says that it has none, and ``check`` names the file."""
    assert mini.look().state == "missing"
    page = mini.shown()
    assert "chưa ghi trên GPU" in page and "alert" not in page
    (problem,) = check.problems(mini.book, {"R02"})
    assert problem.path == "book/_recordings/p.json"
    assert "bản ghi hỏng" in problem.what and "record" in problem.remedy


def test_an_edit_by_hand_is_noticed(gpu_mini):
    tamper(gpu_mini, lambda d: d["cells"][0]["outputs"][0].update(text=["99%\n"]),
           reseal=False)  # fmt: skip
    refused(gpu_mini)


@pytest.mark.parametrize("keep", [0, 1, 100, -3])
def test_a_truncated_file_is_refused(gpu_mini, keep):
    path = gpu_mini.recorded()
    path.write_bytes(path.read_bytes()[:keep])
    refused(gpu_mini)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"[" * 100_000, b"null", b" " * 700_000],
    ids=["not utf-8", "deep", "null", "huge"],
)  # fmt: skip
def test_a_file_that_is_no_recording_is_refused(gpu_mini, content):
    gpu_mini.recorded().write_bytes(content)
    refused(gpu_mini)


def test_a_link_is_refused(gpu_mini):
    path = gpu_mini.recorded()
    path.rename(gpu_mini.root / "elsewhere.json")
    path.symlink_to(gpu_mini.root / "elsewhere.json")
    refused(gpu_mini)


@pytest.mark.parametrize(
    "content", [PNG[:-4], PNG + b"x" * 400_000, b""], ids=["cut", "huge", "empty"]
)
def test_a_changed_picture_is_refused(gpu_mini, content):
    gpu_mini.recorded(picture())
    (file,) = (gpu_mini.root / form.PLACE).glob("*.png")
    file.write_bytes(content)
    refused(gpu_mini)


def test_a_picture_that_is_a_link_is_refused(gpu_mini):
    gpu_mini.recorded(picture())
    (file,) = (gpu_mini.root / form.PLACE).glob("*.png")
    file.rename(gpu_mini.root / "a.png")
    file.symlink_to(gpu_mini.root / "a.png")
    refused(gpu_mini)


BAD_SVG = {
    "script": "<script>x</script>",
    "event": '<path onload="x()"/>',
    "foreign": "<foreignObject/>",
    "link out": '<image href="https://x/a.png"/>',
    "javascript": '<a href="javascript:x"/>',
    "xlink": '<use xmlns:l="http://www.w3.org/1999/xlink" l:href="https://x#a"/>',
    "style": "<style>@import 'https://x';</style>",
    "css url": '<path style="fill:url(https://x)"/>',
    "css escape": r'<path style="fill:u\72l(https://x)"/>',
    "animate": '<animate attributeName="href" values="javascript:x"/>',
}


@pytest.mark.parametrize("inside", BAD_SVG.values(), ids=BAD_SVG)
def test_a_hostile_svg_is_refused_when_written_and_when_read(gpu_mini, inside):
    svg = SVG.replace("</svg>", f"{inside}</svg>")
    with pytest.raises(BookError, match="SVG"):
        gpu_mini.recorded(picture("image/svg+xml", svg))
    path = form.place("book/p", gpu_mini.book)
    name = form.picture_name(path, "image/svg+xml", svg.encode())
    tamper(gpu_mini, named(name, "image/svg+xml"))
    path.with_name(name).write_text(svg)
    refused(gpu_mini)


@pytest.mark.parametrize(
    "text", ['<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "<svg", "<html/>", ""]
)
def test_what_is_no_plain_svg_is_refused(text):
    assert clean.svg_problem(text.encode())


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("<b>a</b><script>x</script>c", "<b>a</b>c"),
        ('<td onclick="x" colspan="2">1 &lt; 2', '<td colspan="2">1 &lt; 2</td>'),
        ("<style>.a{}</style><table><tr><td>1</table>", None),
        ("<a href='javascript:x'>chữ</a>", "chữ"),
        ("<scr<script>ipt>x", None),
        ("<!--<img src=x onerror=y>-->a", "a"),
        ("<p><![CDATA[<script>]]>", None),
    ],
)
def test_html_is_cleaned_when_recorded_and_stays_clean(gpu_mini, text, then):
    once = clean.clean_html(text)
    assert then in (None, once)
    assert clean.clean_html(once) == once and "<script" not in once
    gpu_mini.recorded(display(**{"text/html": text}))
    assert gpu_mini.look().state == "fresh"


def test_only_a_widget_is_refused_when_recorded(gpu_mini):
    with pytest.raises(BookError, match="widget"):
        gpu_mini.recorded(display(**{"application/vnd.jupyter.widget-view+json": "{}"}))
