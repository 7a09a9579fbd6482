"""Vì sao ``x.grad`` là ``None``: hỏi lần lượt từng nguyên nhân.

Nhà: nm/04.
"""

from hocsau import graph


def why(x, loss) -> str:
    """Lý do ``x.grad`` chưa có sau ``loss.backward()``, hay "có"."""
    if not x.requires_grad:
        return "x không được theo dõi"
    if not x.is_leaf and not x.retains_grad:
        return "x không phải lá"
    if loss is not x and loss.grad_fn is None:
        return "mất mát không có đồ thị"
    if not reaches(loss, x):
        return "không có đường từ mất mát về x"
    if x.grad is None:
        return "chưa lùi, hoặc vừa xóa"
    return "có gradient"


def reaches(loss, x) -> bool:
    """Đồ thị của ``loss`` có chứa ``x`` không."""
    if loss is x:
        return True
    if loss.grad_fn is None:
        return False
    nodes = graph.walk(loss)
    if x.is_leaf:
        return any(getattr(n, "variable", None) is x for n in nodes)
    return x.grad_fn in nodes
