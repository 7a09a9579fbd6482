"""Cards and descriptions for sharing."""

import pytest
from docutils import nodes
from PIL import Image, ImageDraw

from hocsau_build.site import cards

LONG = "Hồi quy tuyến tính, gradient và những điều kiện để huấn luyện hội tụ nhanh hơn"


@pytest.mark.parametrize("title", ["Ổn định", LONG])
def test_a_card_is_a_small_png_of_the_usual_size(tmp_path, title):
    path = tmp_path / "card.png"
    cards.draw_card(path, title, "Học sâu ở NYU", "Học sâu")
    with Image.open(path) as image:
        assert image.size == (1200, 630)
    assert path.stat().st_size < 60_000


def test_long_titles_fit():
    draw = ImageDraw.Draw(Image.new("RGB", cards.SIZE))
    font, lines = cards.fit(LONG, draw)
    assert " ".join(lines) == LONG
    assert all(draw.textlength(line, font=font) <= 1020 for line in lines)


def test_the_card_font_has_every_vietnamese_letter():
    from PIL import ImageFont

    from hocsau_build.glossary import fold

    font = ImageFont.truetype(str(cards.FONT), 40)
    missing = font.getmask("\uffff").getbbox()
    letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    for letter in letters + letters.upper():
        mask = bytes(font.getmask(letter))
        assert font.getmask(letter).getbbox() != missing, letter
        assert mask != bytes(font.getmask(fold(letter))), letter


def test_the_description_is_running_text_cut_at_a_word():
    section = nodes.section()
    text = "Một đoạn văn đủ dài để làm phần tóm tắt của trang này. " * 5
    section += nodes.paragraph("", "", nodes.Text(text), nodes.math("", "x"))
    shown = cards.description(section)
    assert len(shown) <= 160
    assert shown.endswith("…")
    assert text.startswith(shown[:-1])
