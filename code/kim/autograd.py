"""Vi phân tự động chế độ ngược: phép toán, đồ thị và lượt truyền ngược.

Mỗi phép là một lớp con của ``Op`` với hai hàm: ``forward`` tính trên
mảng NumPy, ``vjp`` kéo gradient ngược qua phép đó. ``vjp`` viết bằng
chính các phép của thư viện, nên gradient lại là nút của đồ thị và lấy
đạo hàm tiếp được. Thư viện tính ngay (*eager*): gọi phép nào có kết quả
phép đó.

Nhà: dlsys/05.
"""

from contextlib import ContextDecorator

import numpy as np

from . import tensor  # hai mô-đun gọi nhau: chỉ dùng trong thân hàm


class set_grad_enabled(ContextDecorator):
    """Bật hoặc tắt việc ghi đồ thị trong một khối ``with`` hay hàm.

    Nguồn: ``torch.set_grad_enabled``.
    """

    mode = True  # chung cho cả chương trình

    def __init__(self, mode):
        self.wanted, self.previous = mode, []

    def __enter__(self):
        self.previous.append(set_grad_enabled.mode)
        set_grad_enabled.mode = self.wanted

    def __exit__(self, *error):
        set_grad_enabled.mode = self.previous.pop()


def no_grad():
    """Khối lệnh không ghi đồ thị: ``with kim.no_grad(): ...``.

    Nguồn: ``torch.no_grad``.
    """
    return set_grad_enabled(False)


class Op:
    """Một phép y = f(a, b, ...): nhãn của nút trong đồ thị tính toán.

    Lớp con viết ``forward`` và ``vjp``; tham số không cần gradient
    (trục, chỉ số...) nằm trong ``self``. Gọi ``op(a, b)`` tính y và nhớ
    đường về.

    Lỗi: ``ValueError`` kể tên phép, các shape và chỗ không khớp.
    """

    def forward(self, *arrays):
        """Tính y từ các mảng NumPy; trả một mảng."""
        raise NotImplementedError

    def vjp(self, g, out, *inputs):
        """Cho g = ∂L/∂y, trả bộ (∂L/∂a, ∂L/∂b, ...) gồm các Tensor.

        Phần nào không cần thì để None; phần bị broadcasting thì không
        phải tự cộng lại, ``fit`` lo việc đó cho mọi phép.
        """
        raise NotImplementedError

    def reason(self, *shapes):
        """Vì sao các shape này không hợp với phép (None: không rõ)."""

    @property
    def name(self):
        """Tên phép như khi gọi: ``Mul`` là ``mul``."""
        return type(self).__name__.lower()

    def __call__(self, *inputs):
        """Tính y = f(a, b, ...); đang ghi và cần thì nhớ đường về."""
        for x in inputs:
            if not isinstance(x, tensor.Tensor):
                inputs = tensor.as_tensors(inputs)
                break
        try:
            array = self.forward(*[x.array for x in inputs])
        except (ValueError, IndexError) as error:
            raise type_of(error)(self.explain(error, inputs)) from None
        out = inputs[0].new(array)
        if set_grad_enabled.mode:
            for x in inputs:
                if x.requires_grad:
                    out.requires_grad = True
                    out.op, out.inputs = self, inputs
                    break
        return out

    def explain(self, error, inputs):
        """Câu báo lỗi: tên phép, shape từng đầu vào, lý do."""
        shapes = [x.shape for x in inputs]
        reason = self.reason(*shapes) or error
        shapes = " với ".join(map(str, shapes))
        return f"{self.name}: {shapes}: {reason}"


def type_of(error):
    """Lỗi chỉ số vẫn là ``IndexError``, còn lại là ``ValueError``."""
    return ValueError if isinstance(error, ValueError) else IndexError


def topo_sort(*outputs):
    """Xếp các nút sao cho đầu vào luôn đứng trước kết quả.

    Duyệt theo chiều sâu, hậu thứ tự, đầu vào từ trái sang phải; mỗi nút
    đúng một lần, giá tỷ lệ với số nút cộng số cạnh. Ngăn xếp tự quản
    nên chuỗi 200 000 nút không chạm giới hạn đệ quy của Python.
    """
    order, seen = [], set()
    stack = [(x, False) for x in reversed(outputs)]
    while stack:
        node, inputs_done = stack.pop()
        if inputs_done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            for x in reversed(node.inputs):
                stack.append((x, False))
    return order


def fit(g, x):
    """Đưa gradient g về đúng shape và dtype của x.

    Trục nào của x được broadcasting nhân bản thì gradient là tổng theo
    trục đó: x̄ = Σ (các bản sao của x) g. Shape của g là shape của x đã
    nhân bản.
    """
    if g.array.shape != x.array.shape:
        extra = g.ndim - x.ndim
        spread = tuple(
            i for i in range(g.ndim)
            if i < extra or x.shape[i - extra] != g.shape[i]
        )
        g = g.sum(spread).reshape(x.shape)
    return g if g.dtype == x.dtype else g.to(x.dtype)


def backpropagate(order, pending, wanted):
    """Đi ngược ``order``, trả gradient theo từng nút trong ``wanted``.

    Với mỗi nút: x̄ = Σ (nút y dùng x) vjp của y. ``pending`` giữ phần
    đã cộng, khóa là id của nút; lúc đầu chỉ có gradient của kết quả.
    Nút không nối tới kết quả nhận None.
    """
    found = {id(x): None for x in wanted}
    for node in reversed(order):
        g = pending.pop(id(node), None)
        if g is None:
            continue
        if id(node) in found:
            found[id(node)] = g
        if node.op is None:
            continue
        partials = node.op.vjp(g, node, *node.inputs)
        for x, partial in zip(node.inputs, partials, strict=True):
            if x.requires_grad and partial is not None:
                partial = fit(partial, x)
                so_far = pending.get(id(x))
                pending[id(x)] = (
                    partial if so_far is None else so_far + partial
                )
    return [found[id(x)] for x in wanted]


def seed(output, gradient):
    """Gradient khởi đầu của lượt truyền ngược: 1 nếu kết quả là một số.

    Lỗi: ``RuntimeError`` nếu kết quả không nối với tham số nào, hoặc có
    nhiều phần tử mà không cho ``gradient``; ``ValueError`` nếu sai
    shape.
    """
    if not output.requires_grad:
        raise RuntimeError(
            "backward: kết quả không phụ thuộc tensor nào có "
            "requires_grad=True"
        )
    if gradient is None:
        if output.numel() != 1:
            raise RuntimeError(
                f"backward: kết quả có shape {output.shape}, không "
                "phải một số; hãy cho gradient= cùng shape"
            )
        return output.new(np.ones_like(output.array))
    gradient = tensor.as_tensor(gradient, output)
    if gradient.shape != output.shape:
        raise ValueError(
            f"backward: gradient {gradient.shape} với kết quả "
            f"{output.shape}: phải cùng shape"
        )
    return gradient


def grad(
    outputs, inputs, grad_outputs=None, *,
    create_graph=False, allow_unused=False,
):
    """Gradient của ``outputs`` theo từng ``inputs``.

    Không đụng ``.grad``. Trả một bộ Tensor, mỗi phần cùng shape với đầu
    vào. Nhiều kết quả thì các gradient cộng lại; ``grad_outputs`` là
    gradient khởi đầu của từng kết quả, cùng shape với nó, bỏ được nếu
    nó là một số. ``create_graph=True`` để lấy đạo hàm tiếp.

    Lỗi: ``RuntimeError`` nếu một đầu vào không nối với kết quả (trừ khi
    ``allow_unused=True``: phần đó là None).
    Nguồn: ``torch.autograd.grad``.
    """
    outputs, inputs = as_tuple(outputs), as_tuple(inputs)
    seeds = (
        (None,) * len(outputs) if grad_outputs is None
        else as_tuple(grad_outputs)
    )
    pending = {}
    with set_grad_enabled(create_graph):
        for y, g in zip(outputs, seeds, strict=True):
            g, so_far = seed(y, g), pending.get(id(y))
            pending[id(y)] = g if so_far is None else so_far + g
        result = backpropagate(topo_sort(*outputs), pending, inputs)
    if not allow_unused:
        for i, g in enumerate(result):
            if g is None:
                raise RuntimeError(
                    f"grad: đầu vào thứ {i} không nối với kết quả; cho "
                    "allow_unused=True nếu đúng là như vậy"
                )
    return tuple(result)


def as_tuple(x):
    """Một Tensor thành bộ một phần tử; danh sách thành bộ."""
    return tuple(x) if isinstance(x, (tuple, list)) else (x,)
