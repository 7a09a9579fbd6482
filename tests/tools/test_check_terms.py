"""One term one word: what the glossary of the book refuses, and what it lets be."""

from __future__ import annotations

from pathlib import Path

import pytest

from hocsau_build import check, glossary

GLOSSARY = (Path(__file__).parents[2] / glossary.PLACE).read_text("utf-8")
REFUSED = [
    ("Mạng thần kinh gồm nhiều lớp.", "mạng nơ-ron"),
    ("Một lớp tích chập.", "tầng tích chập"),
    ("Một lớp tuyến tính.", "tầng tuyến tính"),
    ("Một lớp nhúng.", "embedding layer"),
    ("Hai lớp ẩn.", "tầng ẩn"),
    ("Chia ra tập train.", "tập huấn luyện"),
    ("Vào cực tiểu cục bộ.", "cực tiểu địa phương"),
    ("Đó là phân rã trọng số.", "suy giảm trọng số"),
    ("Theo quy tắc chuỗi.", "quy tắc dây chuyền"),
]
PLURALS = [
    ("Hai tensors và một số.", ["tensor"]),
    ("Các gradients lớn.", ["gradient"]),
    ("Hai batches.", ["batch"]),
    ("Các GANs.", ["GAN"]),
    ("Hai tensors và các gradients.", ["gradient", "tensor"]),
]
FINE = [
    "Ba lớp chó, mèo, chim; hai tầng tích chập.",
    "Thư viện Transformers của một công ty.",
    "Chua thêm (*tensors*), [tensors](https://a.vn), `gradients`.",
    "Hai tensor, các gradient, batch, bias và loss.",
]


@pytest.fixture
def said(mini):
    """What rules say of a text, with the glossary of the book itself."""
    mini.file(glossary.PLACE, GLOSSARY)

    def look(text, *rules):
        mini.page("p", "```{code-cell} ipython3\n1\n```\n", prose=f"{text}\n\n")
        return [p.what for p in check.everything(mini.book, set(rules))]

    return look


@pytest.mark.parametrize(("text", "right"), REFUSED)
def test_another_word_for_a_term_is_refused(said, text, right):
    assert f"sách viết «{right}»" in said(text, "V01")[0]


@pytest.mark.parametrize(("text", "right"), PLURALS)
def test_a_kept_word_has_no_plural(said, text, right):
    found = said(text, "V06")
    assert sorted(what.split("viết ")[1] for what in found) == [f"«{r}»" for r in right]


@pytest.mark.parametrize("text", FINE)
def test_the_right_words_pass(said, text):
    assert said(text, "V01", "V06") == []


GLOSSED = "Tốc độ học (*learning rate*) nhỏ.\n"
LATE = [
    f"Giảm tốc độ học.\n{GLOSSED}",
    f"- Giảm **tốc độ học**;\n\n{GLOSSED}",
    f"## Mục tiêu\n\n- Giảm tốc độ học.\n\n## Mục\n\nTốc độ học!\n{GLOSSED}",
]
IN_TIME = [
    f"{GLOSSED}Giảm tốc độ học.",
    "Giảm tốc độ học.\nTăng tốc độ học.",  # whether it needs a gloss, people say
    f"Giảm tốc độ học.\n\n## Mục tiêu\n\n- Đổi tốc độ học.\n\n## Mục\n\n{GLOSSED}",
    f"## Tốc độ học\n\n{GLOSSED}",
    f"| tốc độ học | 1 |\n|---|---|\n\n**Tốc độ học.**\n{GLOSSED}",
    f"Xem [Tốc độ học](a.md), `tốc độ học`.\n{GLOSSED}",
    f"Định thời tốc độ học thì khác.\n{GLOSSED}",  # a longer term
]


@pytest.mark.parametrize("text", LATE)
def test_a_gloss_after_the_first_use_is_late(said, text):
    (what,) = said(text, "V07")
    assert "«tốc độ học»" in what


@pytest.mark.parametrize("text", IN_TIME)
def test_a_gloss_at_the_first_use_is_in_time(said, text):
    assert said(text, "V07") == []
