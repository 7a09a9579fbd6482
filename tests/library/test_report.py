"""A report in one file: nothing from the network, nothing that runs, all escaped."""

import base64
import re
from html.parser import HTMLParser
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from hocsau import plot
from hocsau.report import Report


class Seen(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.open = [], "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def drawn(shift=0.0):
    with plot.style():
        fig, ax = plot.figure()
        ax.plot([0, 1, 2], [shift, 1, 0])
        ax.set_xlabel("epoch")
    plt.close(fig)
    return fig


def full(path=None):
    report = Report("Khối u: lành hay ác", author="Lan", date="2026-11-27")
    report.section("Bài toán", "Đoán **y** từ 30 số đo.\n\n- một\n- hai")
    report.section("Kết quả")
    report.table(
        [{"name": "tuyến tính", "acc": 0.95123, "n": 12, "note": None},
         {"name": "MLP", "acc": float("nan"), "n": 345, "note": "chậm"}],
        caption="Hai mô hình",
        names={"name": "mô hình", "acc": "độ chính xác", "n": "n"},
    )  # fmt: skip
    report.figure(drawn(), caption="Đường học", alt="Mất mát giảm dần")
    report.figure(drawn(0.5), caption="Như trên", alt="Một đường", format="png")
    report.section("Bước tiếp", "Xem [dữ liệu](https://archive.ics.uci.edu).")
    return report


def test_everything_is_there_in_order(tmp_path):
    path = full().save(tmp_path / "moi" / "bao-cao.html")
    html = path.read_text("utf-8")
    seen = Seen(html)
    assert not seen.open  # every tag is closed
    assert seen.all("html") == [{"lang": "vi"}] and "Lan · 2026-11-27" in seen.words
    order = [seen.words.rindex(w) for w in (
        "Đoán y từ 30 số đo", "Hai mô hình", "Đường học", "Xem dữ liệu")]  # fmt: skip
    assert order == sorted(order)
    assert [a["id"] for a in seen.all("h2")] == ["muc-1", "muc-2", "muc-3"]
    links = [a["href"] for a in seen.all("a")]
    assert links == ["#muc-1", "#muc-2", "#muc-3", "https://archive.ics.uci.edu"]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", html)
    assert cells == ["tuyến tính", "0.951", "12", "MLP", "–", "345"]
    assert [a.get("class") for a in seen.all("th")] == [None, "number", "number"]


def test_pictures_are_inside_and_drawn_the_same_each_time():
    images = Seen(full().html()).all("img")
    assert [i["alt"] for i in images] == ["Mất mát giảm dần", "Một đường"]
    svg, png = (base64.b64decode(i["src"].split("base64,")[1]) for i in images)
    assert svg.lstrip().startswith(b"<?xml") and png.startswith(b"\x89PNG")
    assert full().html() == full().html()


def test_nothing_is_fetched_and_nothing_runs():
    seen = Seen(full().html())
    assert not {"script", "link", "iframe", "object"} & {t for t, _ in seen.tags}
    for _, attrs in seen.tags:
        assert not [k for k in attrs if k.startswith("on")]
        assert attrs.get("src", "data:").startswith("data:")
    policy = seen.all("meta")[1]["content"]
    assert "default-src 'none'" in policy and "img-src data:" in policy
    css = "".join(re.findall(r"<style>(.*?)</style>", full().html(), re.S))
    assert "url(" not in css and "@import" not in css


def test_what_the_reader_writes_stays_text():
    bad = "<script>alert(1)</script>"
    report = Report(bad, author=bad)
    for _ in range(3):
        report.section(bad, f"{bad}\n\n[x](javascript:alert(1)) ![x](http://a/b.png)")
    report.table([{bad: bad}], caption=bad)
    report.figure(drawn(), caption=bad, alt=f'"><b onerror="{bad}')
    seen = Seen(report.html())
    assert not seen.all("script") and not seen.all("b")
    assert len(seen.all("img")) == 1 and seen.all("img")[0]["alt"].endswith(bad)
    assert not [a for a in seen.all("a") if "javascript" in a["href"]]
    assert seen.words.count(bad) >= 9


def test_jinja_brackets_in_the_text_are_not_evaluated():
    report = Report("{{ 123 * 1001 }}")
    report.section("{{ 123 * 1001 }}", "{{ 123 * 1001 }} {% for %}")
    assert "123123" not in report.html() and "{% for %}" in report.html()


def test_numbers_of_every_kind():
    report = Report("Số")
    report.table(
        [{"a": np.float32(0.5), "b": np.int64(3), "c": torch.tensor(2.0), "d": 1e-7,
          "e": True, "f": float("inf")}], caption="Số", digits=2,
    )  # fmt: skip
    report.table([{"a": 1}, {"b": 2}], caption="Khuyết")
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", report.html())
    assert cells == ["0.50", "3", "2.00", "1e-07", "True", "inf", "1", "–", "–", "2"]


def test_mistakes_are_named(tmp_path):
    report = Report("Thử")
    for call, words in [
        (lambda: Report(" "), "title"),
        (lambda: report.html(), "section"),
        (lambda: report.figure(drawn(), caption="x", alt=""), "alt"),
        (lambda: report.figure(drawn(), caption="x", alt="x", format="gif"), "svg"),
        (lambda: report.table([], caption="x"), "ít nhất một hàng"),
        (lambda: report.table([{"a": 1}], caption="x", names={"b": "B"}), "'b'"),
        (lambda: full().save(tmp_path / "a.txt"), r"\.html"),
    ]:
        with pytest.raises(ValueError, match=words):
            call()


def test_readable_on_a_phone_light_and_dark(browser, tmp_path):
    report = full()
    wide = {f"cột dài số {i}": i / 7 for i in range(12)}
    report.table([wide], caption="Rộng")
    report.text("`" + "x" * 200 + "`\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    path = report.save(tmp_path / "r.html")
    paper = {}
    for scheme in ("light", "dark"):
        page = browser.new_page(
            viewport={"width": 390, "height": 800}, color_scheme=scheme
        )
        asked, said = [], []
        page.on("request", lambda r, asked=asked: asked.append(r.url))
        page.on("console", lambda m, said=said: said.append(m.text))
        page.goto(Path(path).as_uri())
        size = "document.documentElement.scrollWidth"
        assert page.evaluate(size) <= 390
        assert page.evaluate("document.images[0].naturalWidth") > 100
        look = "getComputedStyle(document.body).backgroundColor"
        paper[scheme] = page.evaluate(look)
        assert all(u.startswith(("file:", "data:")) for u in asked) and not said
        page.close()
    assert paper == {"light": "rgb(255, 254, 251)", "dark": "rgb(20, 25, 29)"}
