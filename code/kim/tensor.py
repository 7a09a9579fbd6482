"""Tensor: mảng NumPy nhớ nó được tính từ đâu.

Cùng từ vựng và ngữ nghĩa với ``torch.Tensor``: ``requires_grad``,
``backward``, ``.grad`` cộng dồn, ``detach``. Khác: trục viết ``axis``
và ``keepdims`` như NumPy, và không phép nào sửa tại chỗ (``x += y`` tạo
nút mới). Đồ thị chỉ gồm tham chiếu từ kết quả về đầu vào, nên kết quả
mất đi thì cả đồ thị được thu hồi; ``backward`` gọi lại được nhiều lần.

Nhà: dlsys/05.
"""

import numpy as np

from .autograd import backpropagate, seed, set_grad_enabled, topo_sort
from .operators import Operators


class Tensor(Operators):
    """Một nút của đồ thị tính toán, giữ giá trị trong mảng ``array``.

    ``Tensor(data)`` chép dữ liệu. Số thực của Python thành float32 (như
    PyTorch), mảng NumPy giữ nguyên dtype, nên float64 vào thì float64
    ra.

    Lỗi: ``TypeError`` nếu đòi gradient cho số nguyên, ``ValueError``
    nếu ``device`` khác "cpu". Nguồn: ``torch.tensor``.
    """

    requires_grad = False  # có cần gradient không
    grad = None  # gradient đã cộng dồn, chỉ ở nút lá
    op = None  # phép sinh ra nút này; None: nút lá
    inputs = ()  # đầu vào của phép đó

    def __init__(
        self, data, requires_grad=False, *, dtype=None, device=None
    ):
        check_device(device)
        self.array = to_array(data, dtype)
        if requires_grad:
            self.requires_grad_()

    @staticmethod
    def new(array):
        """Nút lá mới giữ ``array`` mà không chép (dùng bên trong)."""
        out = Tensor.__new__(Tensor)
        out.array = np.asarray(array)
        return out

    def requires_grad_(self, requires_grad=True):
        """Bật hoặc tắt ``requires_grad`` tại chỗ, trả chính nó."""
        if requires_grad and self.array.dtype.kind != "f":
            raise TypeError(
                f"requires_grad: cần số thực, đây là {self.dtype}"
            )
        self.requires_grad = requires_grad
        return self

    def backward(self, gradient=None, *, create_graph=False):
        """Cộng ∂self/∂x vào ``x.grad`` của mọi nút lá x cần gradient.

        ``gradient`` cùng shape với self, bỏ được nếu self là một số.
        ``create_graph=True`` giữ đồ thị của gradient để đạo hàm tiếp.

        Lỗi: ``RuntimeError`` nếu self không nối với lá nào, hoặc có
        nhiều phần tử mà thiếu ``gradient``.
        Nguồn: ``torch.Tensor.backward``.
        """
        order = topo_sort(self)
        leaves = [x for x in order if x.requires_grad and x.is_leaf]
        with set_grad_enabled(create_graph):
            pending = {id(self): seed(self, gradient)}
            grads = backpropagate(order, pending, leaves)
            for x, g in zip(leaves, grads, strict=True):
                x.grad = g if x.grad is None else x.grad + g

    # Giá trị và thông tin

    shape = property(lambda self: self.array.shape)
    ndim = property(lambda self: self.array.ndim)
    dtype = property(lambda self: self.array.dtype)
    device = property(lambda self: "cpu")
    is_leaf = property(lambda self: self.op is None)

    @property
    def data(self):
        """Tensor cùng vùng nhớ, ngoài đồ thị; gán được giá trị mới."""
        return self.detach()

    @data.setter
    def data(self, value):
        self.array = as_tensor(value, self).array

    def detach(self):
        """Tensor cùng vùng nhớ nhưng cắt khỏi đồ thị."""
        return self.new(self.array)

    def numpy(self):
        """Mảng NumPy cùng vùng nhớ.

        Lỗi: ``RuntimeError`` nếu tensor cần gradient, vì tính tiếp trên
        mảng sẽ mất đường về; hãy gọi ``x.detach().numpy()``.
        """
        if self.requires_grad:
            raise RuntimeError(
                "numpy: tensor này cần gradient; gọi x.detach().numpy()"
            )
        return self.array

    def numel(self):
        """Số phần tử."""
        return self.array.size

    def item(self):
        """Số Python của tensor; ``ValueError`` nếu nhiều phần tử."""
        return self.array.item()

    def __float__(self):
        return float(self.array.item())

    def __bool__(self):
        return bool(self.array)

    def __len__(self):
        return len(self.array)

    def __repr__(self):
        body = np.array2string(
            self.array, separator=", ", prefix="Tensor(", precision=4
        )
        tail = f", op={self.op.name}" if self.op else (
            ", requires_grad=True" if self.requires_grad else ""
        )
        return f"Tensor({body}{tail})"


def as_tensor(x, like=None):
    """Đổi x thành Tensor, không chép nếu x đã là mảng NumPy.

    ``like`` là tensor cùng phép: số và mảng bool, nguyên theo dtype của
    nó, để ``2 * x`` với x float32 vẫn là float32.
    """
    if isinstance(x, Tensor):
        return x
    if like is None:
        return Tensor.new(to_array(x, copy=False))
    array = np.asarray(x)
    if like.dtype.kind == "f" and array.dtype.kind in "biu":
        return like.new(array.astype(like.dtype))
    if isinstance(x, float):
        dtype = like.dtype if like.dtype.kind == "f" else np.float32
        return like.new(np.array(x, dtype))
    if isinstance(x, int):
        return like.new(np.array(x, like.dtype))
    return like.new(array)


def as_tensors(inputs):
    """Đổi mọi đầu vào của một phép thành Tensor cùng họ."""
    like = None
    for x in inputs:
        if isinstance(x, Tensor):
            like = x
            break
    return tuple(as_tensor(x, like) for x in inputs)


def from_numpy(array):
    """Tensor dùng chung vùng nhớ với mảng NumPy.

    (``Tensor(array)`` thì chép.)

    Nguồn: ``torch.from_numpy``.
    """
    return Tensor.new(array)


def to_array(data, dtype=None, copy=True):
    """Mảng từ số, danh sách, mảng, Tensor; số thực Python: float32."""
    if isinstance(data, Tensor):
        data = data.array
    own = isinstance(data, (np.ndarray, np.generic))
    array = np.array(data, dtype) if copy else np.asarray(data, dtype)
    if dtype is None and not own and array.dtype == np.float64:
        return array.astype(np.float32)
    return array


def check_device(device):
    """Hiện chỉ có "cpu"; tên ``device`` giữ chỗ cho phần cứng khác."""
    if device not in (None, "cpu"):
        raise ValueError(f'device: {device!r}: kim mới chỉ có "cpu"')
