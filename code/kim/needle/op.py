"""Op của khóa học: ``compute`` và ``gradient`` trên bộ máy của kim.

Nhà: dlsys/08.
"""

from .. import autograd as core
from ..autograd import as_tuple, fit


class Op(core.Op):
    """Phép của khóa học: viết ``compute`` và ``gradient``.

    ``compute(*arrays)`` tính trên mảng; ``gradient(out_grad, node)``
    trả một Tensor hoặc một bộ Tensor.
    """

    def compute(self, *arrays):
        """Giá trị của phép trên các mảng NumPy."""
        raise NotImplementedError

    def gradient(self, out_grad, node):
        """Gradient theo từng phần tử của ``node.inputs``."""
        raise NotImplementedError

    def gradient_as_tuple(self, out_grad, node):
        """Như ``gradient`` nhưng luôn trả một bộ."""
        return as_tuple(self.gradient(out_grad, node))

    def forward(self, *arrays):
        return self.compute(*arrays)

    def vjp(self, g, out, *inputs):
        return self.gradient_as_tuple(g, out)


class TensorOp(Op):
    """Phép trả một Tensor."""


class CoreOp(TensorOp):
    """Phép tính bằng một phép ``core`` của kim, gradient đúng shape."""

    core = None

    def compute(self, *arrays):
        return self.core.forward(*arrays)

    def gradient(self, out_grad, node):
        parts = self.core.vjp(out_grad, node, *node.inputs)
        pairs = zip(parts, node.inputs, strict=True)
        return tuple(p if p is None else fit(p, x) for p, x in pairs)

    def reason(self, *shapes):
        return self.core.reason(*shapes)
