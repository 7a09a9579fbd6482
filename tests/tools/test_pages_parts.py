"""Vietnamese order, topic marks and states, without Sphinx."""

from hocsau_build.pages import chapters, collate


def ordered(words: str) -> bool:
    listed = words.split("|")
    return sorted(listed, key=collate.key) == listed


def test_tones_in_dictionary_order():
    assert ordered("ma|mà|mả|mã|má|mạ")


def test_letters_before_tones_and_syllable_by_syllable():
    assert ordered("an|ăn|ân|da|đa|đo|em|êm|o|ô|ơ|u|ư|xa|yên")
    assert ordered("hàm|hàm mất mát|hạm|han")
    assert ordered("ma trận|mà|máy")
    assert ordered("đa tạp|đạo hàm|đạo hàm riêng")


def test_foreign_letters_digits_and_case():
    assert ordered("0 chiều|batch|foo|jax|warp|zero")
    assert collate.initial("Đạo") == "Đ"
    assert collate.initial("ấn") == "Â"
    assert collate.initial("k-means") == "K"
    assert collate.initial("1D") == "#"


def test_marks_outside_code_only():
    text = "% topic: 1\n\n```\n% topic: 9\n```\n\n% topic: 2, 5\nchữ % topic: 7\n"
    assert chapters.marks(text) == {1, 2, 5}


def page(facts: str, body: str = "% topic: 1\n"):
    return chapters.read("d", f"---\nhocsau: {facts}\n---\n# T\n\n{body}")


def test_states():
    assert page("{id: a/1}").state == "draft"
    assert page("{id: a/1}", "Chữ.\n").state == "skeleton"
    assert page("{id: a/1, state: reviewed}").state == "reviewed"
    empty = page("{id: a/1, state: skeleton}")
    assert (empty.state, empty.topics) == ("skeleton", frozenset())


def test_pages_without_an_id_are_not_chapters():
    assert chapters.read("d", "# T\n\nhocsau: x\n") is None
    assert page("{kind: guide}") is None


def test_two_chapters_of_one_id_count_once(tmp_path):
    text = "---\nhocsau: {id: a/1}\n---\n# T\n"
    for name in ("b", "a"):
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    found = chapters.scan(tmp_path, {"a", "b", "missing"})
    assert found["a/1"].doc == "a"
