"""What a page shows of a recording, and that a stand-in's never reaches a real page."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

from hocsau_build import recordings
from hocsau_build.errors import BookError
from hocsau_build.layout import Book
from hocsau_build.recording import clean, form, machine, reading, show

ROOT = Path(__file__).resolve().parents[2]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
SAID = "Kết quả này thấp hơn hẳn lần chạy nhỏ.\n\n"


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


def display(**data):
    return {"output_type": "display_data", "metadata": {}, "data": data}


def picture(mime="image/png", text=None):
    return display(**{mime: text or base64.b64encode(PNG).decode()})


def stream(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_outputs_come_back_as_they_were(gpu_mini):
    gpu_mini.recorded(stream("a\nb\n"), picture(), picture("image/svg+xml", SVG))
    assert gpu_mini.look().state == "fresh"
    one = gpu_mini.look().cells[1][0]
    assert one.outputs[0]["text"] == "a\nb\n"
    assert base64.b64decode(one.outputs[1]["data"]["image/png"]) == PNG
    assert one.outputs[2]["data"]["image/svg+xml"] == SVG


def test_one_quiet_line_says_where_it_was_made(gpu_mini):
    gpu_mini.recorded(test=False)
    page = gpu_mini.shown()
    summary = "<summary>Ghi trên NVIDIA H100, 30/11/2026, 12 giây</summary>"
    assert summary in page
    for fact in ("2.0 GB", "PyTorch 2.13.0", "Python 3.11.9", "hạt giống 5"):
        assert fact in page
    assert "hs-gpu-test" not in page and "đã cũ" not in page


def test_all_seeds_are_told_or_none(gpu_mini):
    gpu_mini.recorded(test=False)
    seen = gpu_mini.look()
    one = seen.cells[1][0]
    for seeds, said in (([0, 1, 2], "hạt giống 0, 1, 2"), ([], "")):
        found = " ".join(show.facts(seen.recording, replace(one, seeds=seeds)))
        assert said in found and ("hạt giống" in found) is bool(seeds)


def test_a_stand_in_is_marked_even_in_a_mini_book(gpu_mini):
    gpu_mini.recorded()
    assert "hs-gpu-test" in gpu_mini.shown() and "thiết bị thử" in gpu_mini.shown()


def test_a_stale_output_says_so_before_it(gpu_mini):
    gpu_mini.recorded()
    text = cell("x = 2") + cell("print(x)", "tags: [gpu]") + SAID
    gpu_mini.page("p", text)
    assert gpu_mini.shown().index("đã cũ") < gpu_mini.shown().index("1\n")


def test_a_missing_output_links_to_colab_and_leaves_no_number_open(gpu_mini):
    gpu_mini.page("p", cell("x"), cell('glue("so", f"{x}")', "tags: [gpu]"), SAID)
    notice, result = recordings.outputs(gpu_mini.look(), 1)
    html = notice["data"]["text/html"]
    url = (
        "https://colab.research.google.com/github/thu/sach/blob/main/notebooks/p.ipynb"
    )
    assert "chưa ghi trên GPU" in html and url in html
    assert result["metadata"]["scrapbook"]["name"] == "so"
    assert "chưa ghi trên GPU" in result["data"][clean.GLUE + "text/plain"]


def test_only_a_mini_book_that_says_so_shows_a_test_recording(mini, gpu_mini):
    path = gpu_mini.recorded()
    config = gpu_mini.root / "_config.yml"
    config.write_text(config.read_text().replace("test_device: true", "x: 1"))
    assert gpu_mini.look().state == "missing"
    assert "thiết bị thử" in str(gpu_mini.look().problem) and path.exists()


def test_the_book_with_the_workshop_never_shows_one(gpu_mini):
    gpu_mini.recorded()
    assert gpu_mini.look().state == "fresh"
    (gpu_mini.root / "code/hocsau_build").mkdir()  # now it is a real book
    assert gpu_mini.look().state == "missing"
    with pytest.raises(BookError, match="thiết bị thử"):
        machine.find("test", gpu_mini.book)


def test_this_book_is_a_real_one():
    book = Book(ROOT)
    assert not reading.test_allowed(book)
    assert "test_device" not in (ROOT / "_config.yml").read_text("utf-8")
    for path in (ROOT / form.PLACE).rglob("*.json"):
        assert json.loads(path.read_text("utf-8"))["device"]["test"] is False
