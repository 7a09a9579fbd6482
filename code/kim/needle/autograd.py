"""Tensor và Op theo quy ước của khóa học, chạy trên lõi của kim.

Khác với ``kim.Tensor``: mặc định ``requires_grad=True``, số nguyên cũng
có gradient, ``backward`` luôn giữ đồ thị của gradient, gán (không cộng
dồn) ``.grad`` cho mọi nút, và ``a - b`` là tổng với số đối.

Nhà: dlsys/08.
"""

import numpy as np

from .. import autograd as core
from ..tensor import Tensor as CoreTensor
from . import ops
from .backend_numpy import Device, all_devices, cpu
from .op import Op, TensorOp
from .ops.ops_tuple import TensorTuple, TensorTupleOp

__all__ = [
    "Device", "NDArray", "Op", "Tensor", "TensorOp", "TensorTuple",
    "TensorTupleOp", "Value", "all_devices", "cpu",
]

NDArray = np.ndarray

LAZY_MODE = False  # chỉ để có tên: kim luôn tính ngay
TENSOR_COUNTER = 0  # số Tensor đang sống


def count(change):
    """Cộng vào số Tensor đang sống."""
    global TENSOR_COUNTER
    TENSOR_COUNTER += change


class Tensor(CoreTensor):
    """Nút của đồ thị, mặc định cần gradient.

    Giữ nguyên dtype mà NumPy chọn. Như ``kim.Tensor``, thêm các tên của
    khóa học.
    """

    num_outputs = 1

    def __init__(
        self, array, *, device=None, dtype=None, requires_grad=True
    ):
        if isinstance(array, CoreTensor):
            array = array.array
        self.array = np.array(array, dtype=dtype)
        self.requires_grad = requires_grad
        count(+1)

    def __del__(self):
        count(-1)

    @staticmethod
    def new(array):
        return Tensor.make_const(np.asarray(array))

    @staticmethod
    def make_const(data, requires_grad=False):
        """Nút lá giữ ``data`` (mảng hay Tensor) mà không chép."""
        out = Tensor.__new__(Tensor)
        out.array = getattr(data, "array", data)
        out.requires_grad = requires_grad
        count(+1)
        return out

    @staticmethod
    def make_from_op(op, inputs):
        """Nút do phép ``op`` sinh ra từ ``inputs``."""
        return op(*inputs)

    def is_leaf(self):
        """Đúng nếu không do phép nào sinh ra."""
        return self.op is None

    def realize_cached_data(self):
        """Mảng giá trị, không chép."""
        return self.array

    @property
    def cached_data(self):
        """Tên của khóa học cho ``array``."""
        return self.array

    @cached_data.setter
    def cached_data(self, array):
        self.array = array

    @property
    def device(self):
        """Luôn là ``cpu()``."""
        return cpu()

    @property
    def data(self):
        """Tensor cùng vùng nhớ, ngoài đồ thị; gán phải đúng dtype."""
        return self.detach()

    @data.setter
    def data(self, value):
        if value.dtype != self.dtype:
            raise AssertionError(f"data: {value.dtype} ≠ {self.dtype}")
        self.array = value.realize_cached_data()

    def numpy(self):
        return self.array

    def backward(self, out_grad=None):
        """Gán ``.grad`` cho mọi nút; thiếu ``out_grad`` thì là số 1."""
        if out_grad is None:
            out_grad = self.new(np.ones_like(self.array))
        compute_gradient_of_variables(self, out_grad)

    def __repr__(self):
        return f"needle.Tensor({self.array})"

    def __str__(self):
        return str(self.array)

    def __add__(self, other):
        if isinstance(other, Tensor):
            return ops.EWiseAdd()(self, other)
        return ops.AddScalar(other)(self)

    def __mul__(self, other):
        if isinstance(other, Tensor):
            return ops.EWiseMul()(self, other)
        return ops.MulScalar(other)(self)

    def __pow__(self, other):
        if isinstance(other, Tensor):
            return ops.EWisePow()(self, other)
        return ops.PowerScalar(other)(self)

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        if isinstance(other, Tensor):
            return ops.EWiseDiv()(self, other)
        return ops.DivScalar(other)(self)

    def __matmul__(self, other):
        return ops.MatMul()(self, other)

    def __neg__(self):
        return ops.Negate()(self)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return self**-1 * other

    # == là "cùng một nút", không so từng phần tử như kim.Tensor

    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__

    def matmul(self, other):
        """Như ``self @ other``."""
        return ops.MatMul()(self, other)

    def sum(self, axes=None):
        """Tổng theo các trục; không có keepdims."""
        return ops.Summation(axes)(self)

    def broadcast_to(self, shape):
        """Nhân bản thành ``shape``."""
        return ops.BroadcastTo(shape)(self)

    def reshape(self, shape):
        """Cùng dữ liệu trong ``shape``."""
        return ops.Reshape(shape)(self)

    def transpose(self, axes=None):
        """Đổi chỗ hai trục, mặc định hai trục cuối."""
        return ops.Transpose(axes)(self)


Value = Tensor


def find_topo_sort(node_list):
    """Hậu thứ tự duyệt theo chiều sâu, đầu vào từ trái sang phải."""
    return core.topo_sort(*node_list)


def topo_sort_dfs(node, visited, topo_order):
    """Nối vào ``topo_order`` các nút chưa có trong tập ``visited``.

    Duyệt từ ``node`` ngược về các lá, cùng thứ tự ``find_topo_sort``.
    """
    for x in core.topo_sort(node):
        if x not in visited:
            visited.add(x)
            topo_order.append(x)


def compute_gradient_of_variables(output_tensor, out_grad):
    """Gán ``.grad`` cho mọi nút mà ``output_tensor`` phụ thuộc vào.

    Gradient là nút của đồ thị, nên gọi ``x.grad.backward()`` được tiếp.
    """
    order = core.topo_sort(output_tensor)
    pending = {id(output_tensor): out_grad}
    grads = core.backpropagate(order, pending, order)
    for node, g in zip(order, grads, strict=True):
        if g is not None:
            node.grad = g


def sum_node_list(node_list):
    """Tổng các Tensor bằng phép cộng của đồ thị."""
    total = node_list[0]
    for node in node_list[1:]:
        total = total + node
    return total
