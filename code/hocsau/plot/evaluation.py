"""Hình đánh giá mô hình: ma trận nhầm lẫn, đường học, ROC, hiệu chuẩn."""

import matplotlib.ticker
import numpy as np

from hocsau.plot.look import COLORS


def confusion(ax, C, names=None):
    """Ma trận nhầm lẫn: hàng là lớp thật, cột là lớp đoán.

    ``C``: (k, k) số đếm; màu theo tỷ lệ trong hàng, để lớp hiếm cũng
    nhìn thấy. Ô bằng 0 để trống.
    """
    C = np.asarray(C)
    share = C / np.maximum(C.sum(axis=1, keepdims=True), 1)
    ax.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for i, j in np.argwhere(C):
        dark = share[i, j] > 0.5
        ax.text(
            j, i, C[i, j], ha="center", va="center", fontsize=9,
            color="white" if dark else "black",
        )  # fmt: skip
    names = range(len(C)) if names is None else names
    ax.set(xticks=range(len(C)), yticks=range(len(C)))
    ax.set_xticklabels(names)
    ax.set_yticklabels(names)
    ax.set(xlabel="lớp đoán", ylabel="lớp thật")
    ax.grid(False)
    return ax


def learning(ax, history, name: str = "loss"):
    """Đường học của một cột: tập huấn luyện liền, tập kiểm định đứt.

    ``history``: ``hocsau.train.History``; không có cột kiểm định thì
    chỉ vẽ một đường.
    """
    x = np.arange(1, len(history) + 1)
    ax.plot(x, history[name], "-", color=COLORS[0], label="huấn luyện")
    if f"val_{name}" in history:
        values = history[f"val_{name}"]
        ax.plot(x, values, "--", color=COLORS[1], label="kiểm định")
        ax.legend()
    ax.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
    ax.set_xlabel("epoch")
    return ax


def roc(ax, fpr, tpr, *, label=None, index: int = 0):
    """Đường ROC trên nền đường chéo của người đoán mò."""
    ax.plot([0, 1], [0, 1], ":", color="#888888", lw=1)
    ax.plot(fpr, tpr, color=COLORS[index % len(COLORS)], label=label)
    ax.set(xlabel="báo động nhầm (FPR)", ylabel="tìm thấy (TPR)")
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    return ax


def reliability(ax, said, got, *, label=None, index: int = 0):
    """Độ tự tin so với tỷ lệ đúng; đường chéo là hiệu chuẩn hoàn hảo.

    ``said``, ``got``: (bins,) từ ``hocsau.metrics.reliability``; khoảng
    rỗng (nan) được bỏ.
    """
    keep = ~np.isnan(np.asarray(got))
    ax.plot([0, 1], [0, 1], ":", color="#888888", lw=1)
    ax.plot(
        np.asarray(said)[keep], np.asarray(got)[keep], marker="o",
        color=COLORS[index % len(COLORS)], label=label,
    )  # fmt: skip
    ax.set(xlabel="độ tự tin", ylabel="tỷ lệ đúng")
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    return ax
