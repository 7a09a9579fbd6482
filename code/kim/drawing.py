"""Vẽ đồ thị tính toán thành SVG, không cần chương trình ngoài.

Mỗi nút đứng ở tầng sâu hơn mọi đầu vào của nó; trong tầng, nút được xếp
gần trung bình vị trí của các láng giềng (Sugiyama và cộng sự, 1981).
Cạnh dài đi qua các điểm trung gian nên không đè lên nút khác.

Nhà: dlsys/04.
"""

from html import escape

from .autograd import topo_sort

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 96, 40, 16, 34, 12
LEAF, CONSTANT, INNER = "#cfe8f7", "#eeeeee", "#fde3c0"


class Drawing:
    """Một hình SVG: tự hiện trong notebook, ``str(...)`` là mã SVG."""

    def __init__(self, svg):
        self.svg = svg

    def _repr_svg_(self):
        return self.svg

    def __repr__(self):
        return f"Drawing({len(self.svg)} ký tự SVG)"

    def __str__(self):
        return self.svg


def draw(*outputs, names=None, grads=False):
    """Đồ thị sinh ra các ``outputs``, từ nút lá (trên) xuống kết quả.

    Mũi tên đi theo dữ liệu, từ đầu vào tới kết quả. Lá cần gradient màu
    lam, hằng màu xám, phép toán màu cam; dưới tên là giá trị nếu nút là
    một số, không thì shape. ``names`` là từ điển tên → Tensor;
    ``grads=True`` ghi thêm ``.grad`` của lá là một số.

    Lỗi: ``ValueError`` nếu đồ thị quá 400 nút, không ai đọc nổi.
    """
    order = topo_sort(*outputs)
    if len(order) > 400:
        raise ValueError(f"draw: {len(order)} nút, chỉ vẽ đến 400")
    labels = {id(t): name for name, t in (names or {}).items()}
    layers, edges = to_layers(order)
    place = positions(sort_layers(layers, edges))
    lines = [
        edge_svg(place[a], place[b], arrow=not isinstance(b, tuple))
        for a, b in edges
    ]
    boxes = [
        node_svg(t, *place[id(t)], labels.get(id(t)), grads)
        for t in order
    ]
    return Drawing(page_svg(lines + boxes, place))


def to_layers(order):
    """Chia nút vào tầng, thêm điểm trung gian cho cạnh dài.

    Trả (các tầng, các cạnh); tầng là danh sách khóa, khóa của nút là
    id, của điểm trung gian là một bộ; cạnh chỉ nối hai tầng liền nhau.
    """
    depth = {}
    for t in order:
        below = [depth[id(x)] for x in t.inputs]
        depth[id(t)] = max(below, default=-1) + 1
    for t in reversed(order):  # kéo lá xuống sát nơi dùng nó
        for x in t.inputs:
            if x.op is None:
                depth[id(x)] = min(
                    depth[id(u)] for u in order
                    if any(v is x for v in u.inputs)
                ) - 1
    layers = [[] for _ in range(max(depth.values()) + 1)]
    for t in order:
        layers[depth[id(t)]].append(id(t))
    edges = []
    for t in order:
        for k, x in enumerate(t.inputs):
            last = id(x)
            for d in range(depth[id(x)] + 1, depth[id(t)]):
                layers[d].append(key := (id(x), id(t), k, d))
                edges.append((last, key))
                last = key
            edges.append((last, id(t)))
    return layers, edges


def sort_layers(layers, edges, sweeps=8):
    """Xếp tầng theo trung bình của láng giềng, quét xuống rồi lên."""
    neighbours = {key: ([], []) for layer in layers for key in layer}
    for a, b in edges:
        neighbours[b][0].append(a)
        neighbours[a][1].append(b)
    for sweep in range(sweeps):
        down = sweep % 2 == 0
        rank = {k: i for layer in layers for i, k in enumerate(layer)}
        for layer in layers if down else reversed(layers):
            mean = {}
            for key in layer:
                near = neighbours[key][0 if down else 1]
                ranks = [rank[n] for n in near] or [rank[key]]
                mean[key] = sum(ranks) / len(ranks)
            layer.sort(key=mean.get)
            rank.update((key, i) for i, key in enumerate(layer))
    return layers


def positions(layers):
    """Tọa độ tâm của mỗi khóa; điểm trung gian hẹp hơn nút."""
    widths = [
        [
            GAP_X * 2 if isinstance(k, tuple) else WIDTH + GAP_X
            for k in layer
        ]
        for layer in layers
    ]
    full = max(sum(w) for w in widths)
    place = {}
    for d, (layer, w) in enumerate(zip(layers, widths, strict=True)):
        x = MARGIN + (full - sum(w)) / 2
        y = MARGIN + HEIGHT / 2 + d * (HEIGHT + GAP_Y)
        for key, width in zip(layer, w, strict=True):
            place[key] = (x + width / 2, y)
            x += width
    return place


def edge_svg(start, end, arrow):
    """Một đoạn cong xuống tới điểm dưới, có mũi tên nếu đó là nút."""
    (x0, y0), (x1, y1) = start, end
    y0, y1 = y0 + HEIGHT / 2, y1 - HEIGHT / 2
    middle = (y0 + y1) / 2
    head = (
        f'<path d="M{x1 - 4:.0f},{y1 - 7:.0f}h8l-4,7z" fill="#555"/>'
        if arrow else ""
    )
    return head + (
        f'<path d="M{x0:.0f},{y0 - HEIGHT / 2:.0f}V{y0:.0f}'
        f"C{x0:.0f},{middle:.0f} {x1:.0f},{middle:.0f} "
        f'{x1:.0f},{y1:.0f}V{y1 + HEIGHT / 2:.0f}" '
        'fill="none" stroke="#555" stroke-width="1.3"/>'
    )


def node_svg(t, x, y, name, grads):
    """Hộp của một nút: dòng trên tên, dòng dưới giá trị hay shape."""
    color = INNER if t.op else LEAF if t.requires_grad else CONSTANT
    value = f"{t.item():.4g}" if t.numel() == 1 else str(t.shape)
    title = t.op.name if t.op else name or (
        "lá" if t.requires_grad else "hằng"
    )
    if t.op and name:
        title = f"{name} = {title}"
    if grads and t.grad is not None and t.grad.numel() == 1:
        value += f" · ∂ {t.grad.item():.4g}"
    return (
        f'<rect x="{x - WIDTH / 2:.0f}" y="{y - HEIGHT / 2:.0f}" '
        f'width="{WIDTH}" height="{HEIGHT}" rx="{12 if t.op else 2}" '
        f'fill="{color}" stroke="#333"/>'
        + text_svg(x, y - 3, title, "bold")
        + text_svg(x, y + 13, value, "normal")
    )


def text_svg(x, y, text, weight):
    """Một dòng chữ giữa tại (x, y), co lại nếu dài hơn hộp."""
    fit = (
        f'textLength="{WIDTH - 8}" lengthAdjust="spacingAndGlyphs" '
        if len(text) > 14 else ""
    )
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" {fit}'
        f'font-size="12" font-weight="{weight}" fill="#111">'
        f"{escape(text)}</text>"
    )


def page_svg(parts, place):
    """Cả hình, trên nền trắng để đọc được ở giao diện tối."""
    w = max(x for x, _ in place.values()) + WIDTH / 2 + MARGIN
    h = max(y for _, y in place.values()) + HEIGHT / 2 + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0f}" '
        f'height="{h:.0f}" viewBox="0 0 {w:.0f} {h:.0f}" role="img" '
        'style="max-width:100%;height:auto" font-family="sans-serif">'
        "<title>Đồ thị tính toán</title>"
        f'<rect width="{w:.0f}" height="{h:.0f}" rx="6" fill="#fff"/>'
        f"{''.join(parts)}</svg>"
    )
