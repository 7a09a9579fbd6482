"""Dấu và phương thức của Tensor: ``a + b`` là ``kim.ops.add(a, b)``.

Lớp này không tính gì, chỉ gọi đúng hàm của ``kim.ops``: mỗi phép có một
nơi duy nhất chứa công thức.

Nhà: dlsys/05.
"""

from . import ops


class Operators:
    """Phần cú pháp của Tensor: dấu số học, so sánh, phương thức."""

    array = None  # lớp con đặt giá trị
    __array_ufunc__ = None  # mảng + tensor: NumPy nhường cho __radd__
    __hash__ = object.__hash__  # == so giá trị, còn khóa theo danh tính

    # Phép số học: mỗi dấu gọi một hàm của kim.ops

    def __neg__(self):
        return ops.neg(self)

    def __add__(self, other):  # self + other
        return ops.add(self, other)

    def __radd__(self, other):  # other + self
        return ops.add(other, self)

    def __sub__(self, other):  # self - other
        return ops.sub(self, other)

    def __rsub__(self, other):  # other - self
        return ops.sub(other, self)

    def __mul__(self, other):  # self * other
        return ops.mul(self, other)

    def __rmul__(self, other):  # other * self
        return ops.mul(other, self)

    def __truediv__(self, other):  # self / other
        return ops.div(self, other)

    def __rtruediv__(self, other):  # other / self
        return ops.div(other, self)

    def __pow__(self, other):  # self ** other
        return ops.pow(self, other)

    def __rpow__(self, other):  # other ** self
        return ops.pow(other, self)

    def __matmul__(self, other):  # self @ other
        return ops.matmul(self, other)

    def __rmatmul__(self, other):  # other @ self
        return ops.matmul(other, self)

    def __getitem__(self, index):  # self[index]
        return ops.getitem(self, index)

    # So sánh: tensor bool, không có gradient

    def __eq__(self, other):
        return self.new(self.array == value(other))

    def __ne__(self, other):
        return self.new(self.array != value(other))

    def __lt__(self, other):
        return self.new(self.array < value(other))

    def __le__(self, other):
        return self.new(self.array <= value(other))

    def __gt__(self, other):
        return self.new(self.array > value(other))

    def __ge__(self, other):
        return self.new(self.array >= value(other))

    def argmax(self, axis=None):
        """Chỉ số của phần tử lớn nhất theo trục, tensor số nguyên."""
        return self.new(self.array.argmax(axis))

    # Cũng các hàm đó, viết sau dấu chấm

    def sum(self, axis=None, keepdims=False):
        """Tổng theo trục."""
        return ops.sum(self, axis, keepdims)

    def mean(self, axis=None, keepdims=False):
        """Trung bình theo trục."""
        return ops.mean(self, axis, keepdims)

    def var(self, axis=None, keepdims=False, *, correction=1):
        """Phương sai theo trục; ``correction=0`` chia cho n."""
        return ops.var(self, axis, keepdims, correction=correction)

    def amax(self, axis=None, keepdims=False):
        """Giá trị lớn nhất theo trục."""
        return ops.amax(self, axis, keepdims)

    def reshape(self, *shape):
        """Cùng dữ liệu, shape khác; một cạnh được là -1."""
        return ops.reshape(self, *shape)

    def transpose(self, axis0, axis1):
        """Đổi chỗ hai trục."""
        return ops.transpose(self, axis0, axis1)

    def permute(self, *axes):
        """Xếp lại các trục; không cho gì thì đảo ngược."""
        return ops.permute(self, *axes)

    def expand(self, *shape):
        """Nhân bản theo các trục dài 1 (broadcasting)."""
        return ops.expand(self, *shape)

    T = property(lambda self: ops.permute(self))
    mT = property(lambda self: ops.transpose(self, -1, -2))

    def exp(self):
        """eˣ từng phần tử."""
        return ops.exp(self)

    def log(self):
        """ln x từng phần tử."""
        return ops.log(self)

    def tanh(self):
        """tanh x từng phần tử."""
        return ops.tanh(self)

    def sqrt(self):
        """√x từng phần tử."""
        return ops.sqrt(self)

    def relu(self):
        """max(x, 0) từng phần tử."""
        return ops.relu(self)

    def to(self, dtype):
        """Đổi dtype."""
        return ops.cast(self, dtype)


def value(x):
    """Mảng NumPy của một Tensor; thứ khác giữ nguyên."""
    return x.array if isinstance(x, Operators) else x
