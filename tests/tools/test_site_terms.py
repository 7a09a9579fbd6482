"""Which words of a text are glossary terms."""

import pytest

from hocsau_build.glossary import Term
from hocsau_build.site.terms import Lexicon, draw_tip

TERMS = [
    Term("loss", "mất mát", definition="Giá trị."),
    Term("loss function", "hàm mất mát", definition="Số đo."),
    Term("dropout", "tắt ngẫu nhiên", keep_english=True, definition="Tắt nơ-ron."),
    Term("recurrent neural network (RNN)", "mạng hồi tiếp", definition="Có nhớ."),
    Term("node", "nút", definition="Đỉnh của đồ thị."),
    Term("tensor", "tensor", keep_english=True),
]


def found(text):
    return [(m[0], t.english) for m, t in Lexicon(TERMS).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hàm mất mát giảm", [("Hàm mất mát", "loss function")]),
        ("hàm\nmất mát", [("hàm\nmất mát", "loss function")]),
        (
            "mất mát, hàm mất mát",
            [("mất mát", "loss"), ("hàm mất mát", "loss function")],
        ),
        ("thêm dropout vào", [("dropout", "dropout")]),
        ("dropouts và my-dropout", []),
        ("một tensor", []),  # no definition, no hover
        ("mạng hồi tiếp", [("mạng hồi tiếp", "recurrent neural network (RNN)")]),
        ("mất mátt", []),
        ("bấm nút chạy", []),  # one syllable, many senses
    ],
)
def test_longest_whole_words_first(text, expected):
    assert found(text) == expected


def test_no_defined_term_means_no_search():
    assert list(Lexicon(TERMS[-1:]).find("tensor")) == []


def test_the_tip_shows_both_languages_and_escapes():
    tip = draw_tip("tip-x", Term("loss", "mất mát", definition="x < y & z"))
    assert "mất mát" in tip
    assert "<i>loss</i>" in tip
    assert "x &lt; y &amp; z" in tip
    assert 'role="tooltip"' in tip and "hidden" in tip
