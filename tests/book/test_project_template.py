"""The project template: as filled it runs, and a wrong answer is told what is wrong.

The page's cells run in order, up to the first check that refuses; the test changes
one answer at a time.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from hocsau_build import gaps
from hocsau_build.chapter import load

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "book" / "du-an" / "khung-du-an.md"


def run(*edits: tuple[str, str]) -> dict:
    """Run the template with ``edits`` (old, new); returns its names."""
    names: dict = {}
    left = dict(edits)
    for cell in load(PAGE, PAGE.name).cells:
        source = cell.source
        for old in [old for old in left if old in source]:
            source = source.replace(old, left.pop(old))
        exec(compile(source, f"cell {cell.line}", "exec"), names)
        plt.close("all")
    assert not left, f"not in the template any more: {list(left)}"
    return names


def test_filled_template_runs_to_its_report():
    names = run()
    report = names["path"].read_text("utf-8")
    for heading in ("Trả lời", "Dữ liệu", "Kết quả", "Lỗi", "Điểm yếu"):
        assert f">{heading}</h2>" in report
    assert names["sealed"].times == 1
    assert names["hits"] / len(names["y_test"]) > 0.6
    assert len(names["wrong"]) + names["hits"] == len(names["y_test"])


def test_the_exercise_copy_keeps_no_answer_about_wine():
    for cell in load(PAGE, PAGE.name).cells:
        left = gaps.exercise(cell.source, cell.gaps).lower()
        if cell.gaps:
            left = "\n".join(
                line for line in left.split("\n") if "# điền" not in line)
        for word in ("wine", "alcohol", "rượu", "nho", "độ cồn"):
            assert word not in left.split(), f"line {cell.line}: {word}"


IMAGES = {
    "costs = np.array([\n    [0.0, 1.0, 1.0],\n    [1.0, 0.0, 1.0],\n"
    "    [3.0, 3.0, 0.0],\n])": "costs = 1.0 - np.eye(3)",
    "from sklearn.datasets import load_wine":
        "from sklearn.datasets import load_digits",
    "X, y = load_wine(return_X_y=True)":
        "X, y = load_digits(n_class=3, return_X_y=True)",
    "features = list(load_wine().feature_names)":
        "features = [f'điểm {j}' for j in range(64)]",
    "late_columns = features[5:]": "late_columns = []",
    'columns.index("alcohol")': "28",
    'columns.index("alcalinity_of_ash")': "36",
    "SEEDS = range(5)": "SEEDS = range(3)",
    "budget = 12": "budget = 5",
}  # fmt: skip


def test_flattened_images_with_constant_pixels_run_to_the_report():
    names = run(*IMAGES.items())
    assert (names["widths"] == 0).any(), "these digits have no constant pixel"
    assert "inf" not in " ".join(names["findings"])
    assert np.isfinite(names["z"]).all() and abs(names["z"]).max() < 1e6
    assert names["hits"] / len(names["y_test"]) > 0.9


WRONG = [
    ('title = "Giống nho từ năm số đo nhanh"', 'title = " "', "title"),
    ("làm ra mẫu rượu?", "làm ra mẫu rượu", "phải là câu hỏi"),
    ("logistic 0.05", "logistic", "một con số"),
    ("[0.0, 1.0, 1.0]", "[1.0, 1.0, 1.0]", "đoán đúng"),
    ("[3.0, 3.0, 0.0]", "[3.0, 0.0, 0.0]", "dương"),
    ('["giống 1", "giống 2", "giống 3"]', '["một", "hai"]', "mỗi lớp một tên"),
    ("X, y = load_wine(return_X_y=True)",
     "X, y = load_wine(return_X_y=True); X[0, 0] = np.nan", "ô trống"),
    ("X, y = load_wine(return_X_y=True)",
     "X, y = load_wine(return_X_y=True); y = y + 1", "cần 0 tới 2"),
    ("late_columns = features[5:]", 'late_columns = ["giá"]', "giá"),
    ("train, val = train_test_split(train,", "_, val = train_test_split(train,",
     "nằm ở hai phần"),
    ("random_state=0, stratify=y)", "shuffle=False)", "tỷ lệ lớp"),
    ('xlabel="độ cồn", ', "", "phải có tên"),
    ('nên phải chuẩn tắc hóa"', 'rất rộng"', "thiếu quyết định"),
    ("return StandardScaler()", "return np.log", "fit và transform"),
    ("(probs @ costs).argmin(1)", "probs.argmax(1)", "lớp rẻ nhất"),
    ("(probs @ costs).argmin(1)", "(probs @ costs.T).argmin(1)", "lớp rẻ nhất"),
    ('"lớp đông nhất": DummyClassifier(),',
     '"lr": make_pipeline(prepare(), LogisticRegression()),', "DummyClassifier"),
    ('"lr": 0.01,', '"lr": 0.0,', "học thuộc"),
    ("seed=seed)\n    return make_pipeline(prepare(), net)",
     "seed=np.random.randint(10**6))\n    return make_pipeline(prepare(), net)",
     "cùng seed"),
    ('"dropout": {"dropout": 0.5}', '"dropout": {"dropout": 0.0}', "giống base"),
    ('"bỏ tầng ẩn": {"depth": 0}', '"bỏ tầng ẩn": {"depth": 0, "lr": 1.0}',
     "đổi 2 điều"),
]  # fmt: skip

LATE = [
    ("budget = 12", "budget = 3", "budget"),
    ("return base | {", "return {", "khóa lệch"),
    ("expected = 0.85", "expected = 85.0", "expected"),
    ("notes = {}\nfor i in cases:", "notes = {}\nfor i in cases[1:]:",
     "chưa viết về"),
    ('"lỗi": 2.5}', '"lỗi": 3}', "chọn 0, 2.5 hay 5"),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG)
def test_wrong_answer_is_refused_in_words(old, new, says):
    with pytest.raises(AssertionError, match=says):
        run((old, new))


@pytest.mark.parametrize(("old", "new", "says"), LATE)
def test_wrong_answer_near_the_end_is_refused_too(old, new, says):
    quick = {"SEEDS = range(5)": "SEEDS = range(3)", "budget = 12": "budget = 5"}
    edits = quick | {old: new}
    with pytest.raises(AssertionError, match=says):
        run(*edits.items())
