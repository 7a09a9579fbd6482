"""Autograd đang giữ bao nhiêu bộ nhớ và bao nhiêu nút đồ thị.

Nhà: nm/07.
"""

import weakref

from torch.autograd.graph import saved_tensors_hooks


class Box:
    """Hộp đựng một tensor mà đồ thị giữ; đồ thị mất thì hộp mất."""

    def __init__(self, tensor):
        self.tensor = tensor


class Kept(saved_tensors_hooks):
    """Trong khối ``with``, ghi các tensor mà đồ thị giữ cho lượt ngược.

    ``model``: tham số của nó không tính, vì đằng nào cũng có đó.
    """

    def __init__(self, model):
        self.owned = {p.data_ptr() for p in model.parameters()}
        self.boxes = weakref.WeakSet()
        super().__init__(self.pack, lambda box: box.tensor)

    def __enter__(self):
        super().__enter__()
        return self

    def pack(self, tensor):
        """Bỏ tensor vào một hộp; vùng nhớ của tham số thì không ghi."""
        box = Box(tensor.detach())  # không vòng: đầu ra giữ chính nó
        if tensor.data_ptr() not in self.owned:
            self.boxes.add(box)
        return box

    def bytes(self) -> int:
        """Số byte còn bị giữ; một vùng nhớ giữ hai lần tính một lần."""
        alive = [box.tensor for box in self.boxes]
        return sum({t.data_ptr(): t.nbytes for t in alive}.values())

    def watch(self, batches, log: list):
        """Duyệt ``batches``; xong mỗi batch thì ghi ``bytes()``."""
        for batch in batches:
            yield batch
            log.append(self.bytes())


def graph_size(value) -> int:
    """Số nút của đồ thị phía sau ``value``; số thường thì bằng 0."""
    todo, seen = [getattr(value, "grad_fn", None)], set()
    while todo:
        node = todo.pop()
        if node is not None and node not in seen:
            seen.add(node)
            todo += [parent for parent, _ in node.next_functions]
    return len(seen)
