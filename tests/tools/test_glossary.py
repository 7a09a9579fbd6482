"""The glossary: loader, what it refuses, and the book's own file."""

from pathlib import Path

import pytest

from hocsau_build import glossary
from hocsau_build.errors import BookError

ROOT = Path(__file__).parents[2]
HEAD = ",".join(glossary.COLUMNS) + "\n"


def write(tmp_path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "glossary.csv"
    path.write_text(head + "".join(r + "\n" for r in rows), "utf-8")
    return path


def rules(tmp_path, *rows: str) -> list[str]:
    return [p.rule for p in glossary.read(write(tmp_path, *rows))[1]]


def test_a_row_becomes_a_term(tmp_path):
    path = write(tmp_path, "loss,mất mát,no,tổn thất; lỗ,d2l-vn,Vì ngắn.,Độ tệ.")
    (term,) = glossary.load(path)
    assert term.vietnamese == term.shown == "mất mát"
    assert term.alternates == ("tổn thất", "lỗ")
    assert (term.definition, term.note, term.line) == ("Độ tệ.", "Vì ngắn.", 2)


@pytest.mark.parametrize(
    ("english", "name", "short"),
    [
        ("recurrent neural network (RNN)", "recurrent neural network", "RNN"),
        ("independent and identically distributed (i.i.d.)", None, "i.i.d."),
        ("filter (CNN)", "filter", ""),
        ("generator (GAN)", "generator", ""),
        ("memory cell (LSTM)", "memory cell", ""),
        ("state (RL, RNN)", "state", ""),
        ("bias (parameter)", "bias", ""),
        ("gradient", "gradient", ""),
    ],
)
def test_a_bracket_is_an_abbreviation_or_a_sense(english, name, short):
    term = glossary.Term(english, "x")
    assert term.abbreviation == short
    assert name is None or term.name == name


def test_kept_english_is_what_running_text_says():
    assert glossary.Term("dropout", "tắt ngẫu nhiên", True).shown == "dropout"
    gan = glossary.Term("generative adversarial network (GAN)", "mạng đối sinh", True)
    assert gan.shown == "GAN"


def test_fold_reaches_d_with_stroke_and_both_unicode_forms():
    assert glossary.fold("Đạo hàm") == "dao ham"
    assert glossary.fold("đa\u0323o ha\u0300m") == "dao ham"


def test_senses_of_one_word_have_different_anchors():
    slugs = {glossary.Term(e, "x").slug for e in ("bias (parameter)", "bias")}
    assert slugs == {"term-bias-parameter", "term-bias"}


def test_what_is_refused(tmp_path):
    assert rules(tmp_path, ",mất mát,no,,,,") == ["G-EMPTY"]
    assert rules(tmp_path, "loss,,no,,,,") == ["G-EMPTY"]
    assert rules(tmp_path, "loss,mất mát,co,,,,") == ["G-KEEP"]
    assert rules(tmp_path, "loss,ma\u0302\u0301t mát,no,,,,") == ["G-NFC"]
    assert rules(tmp_path, "loss, mất mát,no,,,,") == ["G-SPACE"]
    assert rules(tmp_path, "loss,mất mát,no,,") == ["G-CELLS"]
    assert rules(tmp_path, "loss,mất mát,no,,,,", "Loss,lỗ,no,,,,") == ["G-TWICE"]


def test_wrong_columns_and_encoding_name_the_file(tmp_path):
    path = write(tmp_path, head="english,vietnamese\n")
    with pytest.raises(BookError, match=r"glossary\.csv:1  G-COLUMNS"):
        glossary.load(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BookError, match="G-UTF8"):
        glossary.load(path)


def test_the_books_own_file():
    terms, problems = glossary.read(ROOT / glossary.PLACE)
    assert problems == []
    assert len({t.slug for t in terms}) == len(terms) > 500
    long = [t.english for t in terms if len(t.definition.split()) > 30]
    assert long == []
    assert sum(bool(t.definition) for t in terms) >= 200
