"""Results typed by hand, in the word orders that people use; and what is no result."""

from __future__ import annotations

import pytest

from hocsau_build import check

TYPED = """\
Sau năm epoch, độ chính xác đạt 97.25%.
Sau năm epoch mạng đạt độ chính xác 97.25%.
Độ chính xác kiểm tra là 0.97.
Độ chính xác kiểm tra 0.97 là đủ.
Mất mát giảm từ 2.31 xuống 0.45.
Mất mát huấn luyện giảm từ 2.31 xuống còn 0.45 sau mười bước.
Độ chính xác tăng từ 81.2% lên 97.3%.
Mỗi epoch mất 3.42 giây.
Cả vòng lặp chạy trong khoảng 12.5 giây.
Mất mát còn khoảng 0.45 thì dừng.
Recall trên tập kiểm tra là 0.91.
""".splitlines()
FINE = """\
Theo bài báo gốc, độ chính xác đạt 98.25%.
Giả sử độ chính xác là 0.97.
Muốn mất mát xuống dưới 0.03 thì phải học lâu.
Mất mát còn {glue:text}`loi`.
Độ chính xác là $0.97$ khi $p = 0.5$.
Tốc độ học 0.05 là nhỏ, momentum 0.95 là lớn.
Lệnh tới chậm 0.16 giây như phản xạ của người.
Mất mát giảm chậm; tốc độ học là 0.05.
Adam với tốc độ học 0.001 đạt mất mát thấp hơn.
""".splitlines()


def said(mini, line):
    mini.page("p", "```{code-cell} ipython3\n1\n```\n", prose=f"{line}\n\n")
    return [p.line for p in check.everything(mini.book, {"Q01"})]


@pytest.mark.parametrize("line", TYPED)
def test_a_result_typed_by_hand_is_named(mini, line):
    assert said(mini, line) == [14]


@pytest.mark.parametrize("line", FINE)
def test_what_is_assumed_quoted_or_glued_is_let_be(mini, line):
    assert said(mini, line) == []
