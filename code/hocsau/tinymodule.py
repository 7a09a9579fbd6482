"""Bản rút gọn của nn.Module: một cuốn sổ tên, nhìn rõ từng dòng.

Nhà: nm/05.
"""

from torch import nn


class TinyModule:
    """Ghi lại mọi tham số và mô-đun con được gán vào ``self``.

    Lớp con gọi ``super().__init__()`` rồi gán thuộc tính, và viết
    ``forward``. Tên và thứ tự của tham số giống ``nn.Module``. Không có
    bộ đệm, hook, hay chuyển thiết bị.
    """

    def __init__(self):
        self.__dict__.update(params={}, children={}, training=True)

    def __setattr__(self, name, value):
        """Gán như thường, và ghi sổ nếu là tham số hay mô-đun con."""
        if isinstance(value, nn.Parameter):
            self.params[name] = value
        elif isinstance(value, TinyModule):
            self.children[name] = value
        super().__setattr__(name, value)

    def __call__(self, *inputs):
        """Gọi mô-đun như gọi hàm: chạy ``forward``."""
        return self.forward(*inputs)

    def named_parameters(self, prefix=""):
        """Duyệt cây mô-đun, trả về từng cặp (tên có dấu chấm, số)."""
        for name, parameter in self.params.items():
            yield prefix + name, parameter
        for name, child in self.children.items():
            yield from child.named_parameters(f"{prefix}{name}.")

    def train(self, mode=True):
        """Đặt cờ ``training`` cho mình và cho mọi mô-đun con."""
        self.training = mode
        for child in self.children.values():
            child.train(mode)
        return self

    def state_dict(self):
        """Từ điển tên → tensor, dùng chung bộ nhớ với tham số."""
        return {k: p.detach() for k, p in self.named_parameters()}

    def load_state_dict(self, state):
        """Chép số từ ``state`` vào các tham số cùng tên.

        Lỗi: ``ValueError`` nếu hai bên lệch tên hay lệch kích thước.
        """
        mine = self.state_dict()
        wrong = sorted(mine.keys() ^ state.keys())
        wrong += [
            k
            for k in mine.keys() & state.keys()
            if mine[k].shape != state[k].shape
        ]
        if wrong:
            raise ValueError(
                f"load_state_dict: lệch ở {wrong}; dựng mô hình đúng "
                "như lúc lưu rồi nạp lại"
            )
        for name, value in mine.items():
            value.copy_(state[name])
