"""Rules on the code of cells: names, chance, language."""

from __future__ import annotations

import ast
import re

from .code_cells import cell
from .lexicon import Lexicon
from .page import READ, Page
from .rule import Source, rule

#: What is bound under another name elsewhere, and its name in this book.
NAMES = {
    "learning_rate": "lr",
    **dict.fromkeys(
        ("n_epochs", "n_epoch", "nb_epochs", "num_epoch", "max_epochs", "nepochs"),
        "num_epochs",
    ),
    **dict.fromkeys(
        ("n_steps", "nb_steps", "num_iters", "n_iters", "n_iter", "niter", "max_iters",
         "num_iterations", "n_iterations"), "num_steps",
    ),
    **dict.fromkeys(("batchsize", "bs", "batch_sz", "minibatch_size"), "batch_size"),
    **dict.fromkeys(("n_classes", "nclasses", "num_class", "n_class"), "num_classes"),
    **dict.fromkeys(("y_pred", "yhat", "y_predict", "ypred"), "y_hat"),
    **dict.fromkeys(("wd", "l2_reg"), "weight_decay"),
    **dict.fromkeys(("random_seed", "rand_seed"), "seed"),
    **dict.fromkeys(("Xtrain", "train_X"), "X_train"),
    **dict.fromkeys(("Xtest", "test_X"), "X_test"),
}  # fmt: skip
#: Only as parameters: elsewhere ``epochs`` may be a list of them.
PARAMETERS = {"epochs": "num_epochs", "iterations": "num_steps"}
#: What ``numpy.random`` has that is not the hidden global state.
FINE = {"default_rng", "Generator", "SeedSequence", "PCG64", "BitGenerator", "Philox"}
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of is are this that with from we and to for it be by as not each when then"
        " if than only so was has have our into",
    )
)
COMMENT = re.compile(r"(?:^|\s)#\s+([^#]*)$")
LABELS = {"xlabel", "ylabel", "label", "title"}
WORTH = re.compile(
    rf"\b(?:{'|'.join([*NAMES, *PARAMETERS])})\b|\brandom\.(?!default_rng\()"
    r"|\bdefault_rng\(\)|\"\"\"[ -~\n]*\"\"\"|\b(?:xlabel|ylabel|label|title)="
    r"[\"'][A-Za-z -]+[\"']"
)
#: Strings and comments, in which any letter may stand.
SAID = re.compile(
    r"\"\"\".*?\"\"\"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|#[^\n]*", re.DOTALL
)
READ += [WORTH.search, lambda code: not SAID.sub("", code).isascii()]


@rule(
    "N01",
    title="tên biến theo bảng ở trang Ký hiệu và tên biến",
    why="đọc trang nào cũng gặp cùng một tên cho cùng một thứ",
    fix="đổi tên; bảng ở book/phu-luc/ky-hieu.md",
    good=cell("def fit(X, y, *, lr, num_epochs):\n    return lr"),
    bad=cell("learning_rate = 0.1"),
)
def table_names(page: Page):
    for line, name, parameter in bound(page):
        right = NAMES.get(name) or (parameter and PARAMETERS.get(name))
        if right:
            yield line, f"«{name}» trong sách tên là «{right}»"


def bound(page: Page):
    """Line and name of everything a page names; whether it is a parameter."""
    for line, node in page.nodes[ast.Name]:
        if isinstance(node.ctx, ast.Store):
            yield line, node.id, False
    for line, node in page.nodes[ast.arg]:
        yield line, node.arg, True
    for line, node in _definitions(page):
        yield line, node.name, False


def _definitions(page: Page) -> list:
    return page.nodes[ast.FunctionDef] + page.nodes[ast.ClassDef]


@rule(
    "N02",
    title="số ngẫu nhiên lấy từ rng có hạt giống, không từ trạng thái toàn cục",
    why="chạy lại phải ra đúng số cũ, chạy lẻ một ô cũng vậy",
    fix="rng = np.random.default_rng(0), rồi rng.normal(...) hoặc truyền rng=rng",
    good=cell("import numpy as np\n\nrng = np.random.default_rng(0)\nrng.normal()"),
    bad=cell("import numpy as np\n\nnp.random.seed(0)"),
)
def own_rng(page: Page):
    for line, node in page.nodes[ast.Attribute]:
        if node.attr not in FINE and _is_numpy_random(node.value):
            yield line, f"np.random.{node.attr} dùng trạng thái toàn cục"
    for line, node in page.nodes[ast.Call]:
        named = getattr(node.func, "attr", "") == "default_rng"
        if named and not node.args and not node.keywords:
            yield line, "default_rng() không có hạt giống: mỗi lần chạy một khác"


def _is_numpy_random(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "random"
        and isinstance(node.value, ast.Name)
        and node.value.id in ("np", "numpy")
    )


@rule(
    "N03",
    title="tên trong mã chỉ gồm chữ ASCII, tiếng Anh",
    why="tên có dấu gõ khó, và bàn phím khác thì không gõ được",
    fix="đổi sang tên tiếng Anh; tiếng Việt dành cho chú thích và chữ in ra",
    good=cell("total = 1"),
    bad=cell("tổng = 1"),
)
def ascii_names(page: Page):
    for line, name, _ in bound(page):
        if not name.isascii():
            yield line, f"tên «{name}» có chữ ngoài ASCII"


@rule(
    "N04",
    title="chú thích, docstring và nhãn hình viết tiếng Việt",
    why="người đọc của sách đọc tiếng Việt, kể cả trong mã",
    fix="dịch sang tiếng Việt; tên riêng và tên trong mã thì giữ",
    good=cell("total = 0  # tổng mất mát của cả batch"),
    bad=cell("total = 0  # sum of the losses of this batch"),
)
def vietnamese_comments(page: Page, source: Source):
    for one, first in zip(page.cells, page.first_lines, strict=True):
        for number, line in enumerate(one.source.splitlines(), first):
            if "#" in line and (match := COMMENT.search(line)) and _english(match[1]):
                yield number, f"chú thích tiếng Anh: «{match[1].strip()[:50]}»"
    for line, node in _definitions(page):
        text = ast.get_docstring(node)
        if text and _english(text):
            yield line, f"docstring tiếng Anh: «{text[:50]}»"
    lexicon = source.memo(("english",), lambda: Lexicon.translated(source.terms))
    for line, node in page.nodes[ast.keyword]:
        text = getattr(node.value, "value", None) if node.arg in LABELS else None
        if isinstance(text, str) and re.fullmatch(r"[A-Za-z -]+", text):
            for match, right in lexicon.find(text.lower()):
                yield line, f"nhãn «{match[0]}»: viết «{right}»"


def _english(text: str) -> bool:
    words = re.findall(r"[a-z]+", text.lower()) if text.isascii() else ()
    return sum(w in ENGLISH for w in words) >= 2
