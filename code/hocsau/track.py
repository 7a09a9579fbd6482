"""Cả chặng đường trong một bảng: mỗi ý của khóa học mang lại gì.

Mỗi hàng là một công thức ([Recipe]); mọi hàng dùng cùng các lần chia
dữ liệu, cùng số bước, và tự chọn tốc độ học trên tập kiểm định.
Nhà: nm/10.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import torch

from hocsau import cohort
from hocsau.data import cancer, digits, scale
from hocsau.together import evaluate


@dataclass(frozen=True)
class Recipe:
    """Một cách huấn luyện; mặc định: mạng một tầng ẩn, Adam, không thêm.

    ``hidden`` = 0 là mô hình tuyến tính; ``scaled``: chuẩn tắc hóa bảng
    số; ``shift``: dịch ảnh mấy điểm; ``norm``: BatchNorm; ``stop``: giữ
    epoch tốt nhất và giảm tốc độ học theo hình cosin.
    """

    hidden: int = 32
    adam: bool = True
    scaled: bool = True
    shift: float = 0.0
    norm: bool = False
    stop: bool = False


class Scores(NamedTuple):
    """Kết quả của từng seed, mỗi thứ (s,) hay (s, L)."""

    val_loss: np.ndarray
    test_loss: np.ndarray
    test_accuracy: np.ndarray


def load(name: str, seeds, *, num_train: int, scaled: bool = True):
    """Mỗi seed một lần chia 60/20/20, xếp chồng: X (s, n, d), y (s, n).

    Phần huấn luyện chỉ giữ ``num_train`` mẫu đầu. ``scaled``: chuẩn tắc
    hóa bảng số theo chính các mẫu ấy; ảnh thì để nguyên trong [0, 1].
    Lỗi: ``KeyError`` nếu ``name`` không phải "cancer" hay "digits".
    """
    source = {"cancer": cancer, "digits": digits}[name]
    splits = []
    for seed in seeds:
        data = source.load(rng=torch.Generator().manual_seed(seed))
        few = tuple(v[:num_train] for v in data.train)
        data = data._replace(train=few)
        table = name == "cancer" and scaled
        splits.append(scale.standardise(data) if table else data)
    return [
        tuple(torch.stack(v) for v in zip(*part, strict=True))
        for part in zip(*splits, strict=True)
    ]


def shifts(X, far: float, side: int = 8):
    """Chín bản của ảnh, mỗi chiều dịch −far, 0 hay far điểm.

    ``far`` trong (0, 1]: giữa hai điểm thì nội suy tuyến tính, chỗ hở
    đệm 0. (s, n, side²) → (9, s, n, side²); bản cuối là ảnh gốc.
    """
    views = X.unflatten(2, (side, side))[None]
    for axis in (-2, -1):
        zero = torch.zeros_like(views.narrow(axis, 0, 1))
        back = torch.cat([views.narrow(axis, 1, side - 1), zero], axis)
        ahead = torch.cat([zero, views.narrow(axis, 0, side - 1)], axis)
        views = torch.cat(
            [torch.lerp(views, m, far) for m in (ahead, back)] + [views]
        )
    return views.flatten(3)


def fit(recipe, data, trials, *, seeds, num_epochs, batch_size=20):
    """Học mọi cặp (seed, lần thử) một lượt; điểm số (s, L).

    ``data``: của [load]. ``trials``: L bộ (lr, dropout, weight_decay).
    Mạng văng thì ``val_loss`` là inf.
    """
    s, L = len(seeds), len(trials)
    lr, dropout, decay = torch.tensor(trials).repeat(s, 1).T
    (X, y), val, test = [
        (
            X.flatten(2).repeat_interleave(L, 0),
            y.repeat_interleave(L, 0),
        )
        for X, y in data
    ]
    rng = torch.Generator().manual_seed(1000 + int(seeds[0]))
    nets = cohort.build(
        X.shape[2],
        int(y.max()) + 1,
        seeds=np.repeat(seeds, L),
        hidden=recipe.hidden,
        norm=recipe.norm,
        dropout=dropout,
        rng=rng,
    )
    keep = cohort.KeepBest(*val)
    cohort.train(
        nets,
        shifts(X, recipe.shift) if recipe.shift else X[None],
        y,
        lr=lr,
        rng=rng,
        num_epochs=num_epochs,
        batch_size=batch_size,
        adam=recipe.adam,
        weight_decay=decay,
        cosine=recipe.stop,
        on_epoch=keep if recipe.stop else None,
    )
    if recipe.stop:
        keep.restore(nets)
    val_loss, _ = evaluate(nets, *val)
    val_loss = val_loss.nan_to_num(nan=torch.inf, posinf=torch.inf)
    found = (val_loss, *evaluate(nets, *test))
    return Scores(*(v.double().view(s, L).numpy() for v in found))


def choose(scores: Scores) -> Scores:
    """Mỗi seed lấy cột có ``val_loss`` nhỏ nhất: (s, L) → (s,)."""
    best = scores.val_loss.argmin(1)[:, None]
    return Scores(
        *(np.take_along_axis(v, best, 1)[:, 0] for v in scores)
    )


def tune(data, *, budget, rng, image, seeds, num_epochs) -> Scores:
    """Tìm ngẫu nhiên ``budget`` công thức, chọn theo kiểm định: (s,).

    Mỗi lần thử rút: có BatchNorm hay không, có dịch ảnh nửa điểm hay
    không (khi ``image``), lr, dropout, suy giảm trọng số; dừng sớm và
    lịch luôn bật. ``rng``: np Generator.
    """
    groups: dict[Recipe, list] = {}
    for _ in range(budget):
        norm, moved = rng.random(2) < 0.5
        recipe = Recipe(
            norm=bool(norm),
            shift=0.5 * bool(moved and image),
            stop=True,
        )
        trial = (
            10 ** rng.uniform(-3, -1),
            rng.choice([0.0, 0.2, 0.4, 0.6]),
            10 ** rng.uniform(-4, 0),
        )
        groups.setdefault(recipe, []).append(trial)
    tried = [
        fit(recipe, data, trials, seeds=seeds, num_epochs=num_epochs)
        for recipe, trials in groups.items()
    ]
    return choose(
        Scores(*(np.hstack(v) for v in zip(*tried, strict=True)))
    )


SGD_RATES = (0.03, 0.1, 0.3, 1.0, 3.0)
LINE_RATES = (0.1, 0.3, 1.0, 3.0, 10.0)
RAW_RATES = (1e-7, 1e-6, 1e-5, 1e-4, 1e-3)
ADAM_RATES = (1e-3, 3e-3, 0.01, 0.03, 0.1)
SLOW_RATES = (3e-4, 1e-3, 3e-3, 0.01, 0.03)


def ladder(name: str) -> dict:
    """Các hàng của bảng: tên → (công thức, năm lr, dropout).

    Mấy hàng đầu xây trên nhau; hàng có dấu cộng là Adam thêm một món.
    Khoảng dò của từng hàng rộng đủ để trung vị mất mát kiểm định thấp
    nhất ở bên trong, không ở mép.
    """
    rates = SLOW_RATES if name == "cancer" else ADAM_RATES
    line = Recipe(hidden=0, adam=False)
    adam = Recipe()
    start = {
        "cancer": {
            "tuyến tính, số thô": (
                replace(line, scaled=False),
                RAW_RATES,
            ),
            "chuẩn tắc hóa": (line, SGD_RATES),
        },
        "digits": {"tuyến tính": (line, LINE_RATES)},
    }[name]
    moved = {
        "+ dịch một điểm": (replace(adam, shift=1.0), ADAM_RATES),
        "+ dịch nửa điểm": (replace(adam, shift=0.5), ADAM_RATES),
    }
    rows = start | {
        "thêm tầng ẩn": (replace(adam, adam=False), SGD_RATES),
        "thay bằng Adam": (adam, rates),
    }
    rows |= moved if name == "digits" else {}
    rows |= {
        "+ dropout": (adam, rates, 0.4),
        "+ BatchNorm": (replace(adam, norm=True), rates),
        "+ dừng sớm, lịch": (replace(adam, stop=True), ADAM_RATES),
    }
    return {k: v if len(v) == 3 else (*v, 0.0) for k, v in rows.items()}


def table(name: str, *, seeds, num_train, num_epochs, budget) -> dict:
    """Tên hàng → [Scores] (s,) mỗi seed một số; hàng cuối là "dò hết".

    Hàng nào cũng chọn lr trong năm giá trị theo mất mát kiểm định của
    chính seed ấy; "dò hết" dùng ``budget`` lần thử.
    """
    options = {"seeds": seeds, "num_epochs": num_epochs}
    raw, data = (
        load(name, seeds, num_train=num_train, scaled=scaled)
        for scaled in (False, True)
    )
    found = {
        row: choose(
            fit(
                recipe,
                data if recipe.scaled else raw,
                [(lr, dropout, 0.0) for lr in rates],
                **options,
            )
        )
        for row, (recipe, rates, dropout) in ladder(name).items()
    }
    found["dò hết"] = tune(
        data,
        budget=budget,
        rng=np.random.default_rng(0),
        image=name == "digits",
        **options,
    )
    return found
