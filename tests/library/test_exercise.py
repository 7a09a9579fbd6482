"""``filled``: silent about an answer, whatever it is; in words about a gap."""

import pytest

from hocsau.exercise import GapError, filled


@pytest.mark.parametrize("value", [0, None, "", [], float("nan")])
def test_any_answer_passes(value):
    assert filled(value, "x", "gợi ý") is None


def test_a_gap_is_named_with_its_hint_and_what_to_do():
    with pytest.raises(GapError, match="Chưa điền loss: mất mát trên lô") as caught:
        filled(..., "loss", "mất mát trên lô")
    assert "chạy lại ô ấy" in str(caught.value)
    assert isinstance(caught.value, NotImplementedError)
