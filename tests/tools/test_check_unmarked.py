"""Vietnamese without marks: what is named, and what looks like it and is none."""

from __future__ import annotations

import pytest

from hocsau_build import check, glossary

HEADER = ",".join(glossary.COLUMNS)
TERMS = [
    "derivative,đạo hàm", "loss,mất mát", "model,mô hình", "weight,trọng số",
    "function,hàm số", "objective function,hàm mục tiêu", "convolution,tích chập",
    "parameter,tham số", "expectation,kỳ vọng", "oscillation,dao động",
]  # fmt: skip
MISSING = [
    ("Ta tinh dao ham cua ham mat mat roi lan truyen.", "tinh dao ham"),
    ("Ta có dao hàm của nó.", "dao hàm"),
    ("Ta có đạo ham của nó.", "đạo ham"),
    ("Một mô hinh nhỏ.", "mô hinh"),
    ("Một mo hình nhỏ.", "mo hình"),
    ("Ta đi mot bước.", "mot"),
    ("Nó bang truoc do.", "truoc"),
    ("Hàm muc tieu ấy.", "Hàm muc tieu"),
    ("## Mất mat\n\nLời.", "Mất mat"),
    ("Ham tang dan roi giam.", "Ham tang dan roi giam"),
    ("- Tính dao\n  hàm.", "dao hàm"),
]
FINE = [
    "Trong số đó, hai trong ba trang sau khi chia cho nhau thì xa nhau ra.",
    "Tham số, tham so sánh; thuật toán tham so với quy hoạch.",
    "Dao động, tần số dao động, con dao.",
    'Gõ "dao ham" hay `mo hinh`, hoặc *mot buoc*, đều tới.',
    "Bit map, net, top, hot, chat, tech, quit và boat là tiếng Anh.",
    "Tác giả Phuong Viet Luong, kho viet.nam/luat, thẻ #buoc, a-truoc.",
    "Khi ta cho ba xe quay quanh hai trang thì sao.",
    "The cat sat on the mat; to be on the top.",
    "Xem [đường dẫn](mo-hinh.md) và https://a.vn/mo-hinh-truoc.",
]


def said(mini, text):
    rows = [f"{t},no,,,," for t in TERMS]
    mini.file(glossary.PLACE, "\n".join([HEADER, *rows, ""]))
    mini.page("p", "```{code-cell} ipython3\n1\n```\n", prose=f"{text}\n\n")
    return [p.what for p in check.everything(mini.book, {"C07"})]


@pytest.mark.parametrize(("text", "named"), MISSING)
def test_missing_marks_are_named(mini, text, named):
    (what,) = said(mini, text)
    assert f"{named}" in what


@pytest.mark.parametrize("text", FINE)
def test_words_that_need_no_marks_are_let_be(mini, text):
    assert said(mini, text) == []


def test_a_term_comes_with_its_right_form(mini):
    assert said(mini, "Ta có dao hàm.") == ["thiếu dấu: «dao hàm» viết là «đạo hàm»"]
