"""Đi dạo trên đồ thị mà autograd của PyTorch ghi lại.

Tensor tính ra giữ ``grad_fn``, nút biết lùi một bước; nút trỏ tới các
nút trước nó qua ``next_functions``. [walk] xếp thứ tự các nút,
[pull_back] tự lùi bằng chính các nút ấy, [draw] vẽ đồ thị.
Nhà: mit/lab1-1.
"""

from dataclasses import dataclass, field

import torch

from kim import drawing


def walk(output) -> list:
    """Các nút của ``output``, nút nào cũng đứng trước đầu vào của nó.

    Nút đầu là ``output.grad_fn``; nút lá là ``AccumulateGrad``.
    Lỗi: ``ValueError`` nếu ``output`` không có đồ thị.
    """
    if output.grad_fn is None:
        raise ValueError(
            "walk: tensor này không có grad_fn; hãy đặt "
            "requires_grad=True cho một đầu vào trước khi tính"
        )
    order, seen, stack = [], set(), [(output.grad_fn, False)]
    while stack:
        node, done = stack.pop()
        if done:  # mọi đầu vào của nút đã được xếp
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            sources = [n for n, _ in node.next_functions if n]
            stack += [(n, False) for n in reversed(sources)]
    return order[::-1]


def name(node) -> str:
    """Tên phép toán: ``MulBackward0`` thành ``Mul``, nút lá thành ``lá``."""
    if is_leaf(node):
        return "lá"
    return type(node).__name__.split("Backward")[0]


def is_leaf(node) -> bool:
    """Nút ``AccumulateGrad``, nơi gradient đổ vào ``.grad`` của một lá."""
    return hasattr(node, "variable")


def saved(node) -> dict:
    """Các tensor mà nút cất lại cho lượt ngược: tên → tensor.

    Lỗi: ``RuntimeError`` của PyTorch nếu ``backward`` đã giải phóng
    chúng.
    """
    found = {}
    for key in sorted(dir(node), reverse=True):  # self, other: như lúc tính
        if key.startswith("_saved_"):
            value = getattr(node, key)
            if isinstance(value, torch.Tensor):
                found[key.removeprefix("_saved_")] = value.detach()
    return found


def shape_of(node) -> torch.Size:
    """Kích thước của kết quả mà nút tính ra lúc đi xuôi."""
    return node._input_metadata[0].shape


@torch.no_grad()
def pull_back(output, grad=None) -> dict:
    """Lượt ngược viết tay: từ điển lá → gradient của ``output``.

    ``grad`` cùng kích thước với ``output``, mặc định toàn số 1. Mỗi nút
    nhận gradient của kết quả, trả về phần của từng đầu vào; nút được
    nhiều nơi dùng thì cộng các phần lại. Phần nào còn mang kích thước
    đã broadcasting thì cộng dồn về kích thước cũ. Không đụng tới
    ``.grad``. Giới hạn: chỉ nhận nút có một kết quả.
    """
    start = torch.ones_like(output) if grad is None else grad
    waiting, found = {output.grad_fn: start}, {}
    for node in walk(output):
        g = waiting.pop(node)
        if is_leaf(node):
            found[node.variable] = g
            continue
        parts = node(g)
        parts = parts if isinstance(parts, tuple) else (parts,)
        for (source, _), part in zip(node.next_functions, parts, strict=True):
            if source is not None:
                part = part.sum_to_size(shape_of(source))
                waiting[source] = waiting.get(source, 0) + part
    return found


@dataclass(eq=False)
class Box:
    """Một hộp trên hình: hai dòng chữ và các hộp đầu vào."""

    title: str
    note: str
    op: str | None  # None là lá
    inputs: list = field(default_factory=list)


def boxes(output, names: dict | None = None) -> list[Box]:
    """Các hộp của đồ thị, đầu vào đứng trước; ``names``: tên → tensor."""
    labels = {}
    for label, tensor in (names or {}).items():
        key = tensor if tensor.grad_fn is None else tensor.grad_fn
        labels[key] = label
    made = {}
    for node in reversed(walk(output)):
        leaf = is_leaf(node)
        label = labels.get(node.variable if leaf else node)
        title = (
            name(node) if not label else (label if leaf else f"{label} = {name(node)}")
        )
        made[node] = Box(
            title,
            brief(node.variable) if leaf else kept(node),
            None if leaf else name(node),
            [made[n] for n, _ in node.next_functions if n],
        )
    return list(made.values())


def brief(tensor) -> str:
    """Giá trị nếu là một số, không thì kích thước."""
    if tensor.numel() == 1:
        return f"{tensor.item():.4g}"
    return " × ".join(map(str, tensor.shape))


def kept(node) -> str:
    """Những gì nút cất lại, viết gọn, hay "không giữ gì"."""
    values = [brief(t) for t in saved(node).values()]
    return f"giữ {', '.join(values)}" if values else "không giữ gì"


def draw(output, names: dict | None = None) -> drawing.Drawing:
    """Vẽ đồ thị của ``output``, từ lá (trên) xuống kết quả.

    Dòng dưới của lá là giá trị hoặc kích thước; dòng dưới của phép toán
    là thứ nút cất lại cho lượt ngược.
    """
    order = boxes(output, names)
    layers, edges = drawing.to_layers(order)
    place = drawing.positions(drawing.sort_layers(layers, edges))
    parts = [
        drawing.edge_svg(place[a], place[b], not isinstance(b, tuple)) for a, b in edges
    ]
    parts += [box_svg(box, *place[id(box)]) for box in order]
    return drawing.Drawing(drawing.page_svg(parts, place))


def box_svg(box: Box, x: float, y: float) -> str:
    """Hộp có tâm (x, y): lá vuông màu lam, phép toán tròn góc màu cam."""
    w, h = drawing.WIDTH, drawing.HEIGHT
    color = drawing.INNER if box.op else drawing.LEAF
    return (
        f'<rect x="{x - w / 2:.0f}" y="{y - h / 2:.0f}" width="{w}" '
        f'height="{h}" rx="{12 if box.op else 2}" fill="{color}" '
        'stroke="#333"/>'
        + drawing.text_svg(x, y - 3, box.title, "bold")
        + drawing.text_svg(x, y + 13, box.note, "normal")
    )
