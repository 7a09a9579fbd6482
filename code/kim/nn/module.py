"""Module: một hàm có tham số, ghép từ các module nhỏ hơn.

Không có danh sách đăng ký nào: tham số được tìm bằng cách duyệt các
thuộc tính. ``Parameter`` là thứ được học; Tensor thường là bộ đệm (như
trung bình chạy của batch norm), được lưu cùng nhưng không học.

Nhà: dlsys/07.
"""

from ..tensor import Tensor


class Parameter(Tensor):
    """Tensor được học: ``requires_grad`` bật sẵn.

    Nguồn: ``torch.nn.Parameter``.
    """

    def __init__(self, data, requires_grad=True, **kwargs):
        super().__init__(data, requires_grad, **kwargs)


class Module:
    """Lớp cha của mọi tầng: viết ``forward``, rồi gọi ``module(x)``.

    Nguồn: ``torch.nn.Module``.
    """

    training = True

    def forward(self, *inputs):
        """Kết quả của tầng với đầu vào cho trước."""
        raise NotImplementedError

    def __call__(self, *inputs):
        return self.forward(*inputs)

    def named_children(self):
        """Các cặp (tên, module con), theo thứ tự gán thuộc tính.

        Danh sách hay bộ các module cũng được duyệt: con thứ i của thuộc
        tính ``layers`` tên là ``layers.i``.
        """
        for name, value in vars(self).items():
            if isinstance(value, Module):
                yield name, value
            elif isinstance(value, (list, tuple)):
                for i, item in enumerate(value):
                    if isinstance(item, Module):
                        yield f"{name}.{i}", item

    def named_tensors(self, prefix=""):
        """Các cặp (tên có dấu chấm, Tensor) của module và con cháu."""
        for name, value in vars(self).items():
            if isinstance(value, Tensor):
                yield prefix + name, value
        for name, child in self.named_children():
            yield from child.named_tensors(f"{prefix}{name}.")

    def named_parameters(self):
        """Các cặp (tên, tham số); tham số dùng chung chỉ kể một lần."""
        seen = set()
        for name, value in self.named_tensors():
            if isinstance(value, Parameter) and id(value) not in seen:
                seen.add(id(value))
                yield name, value

    def parameters(self):
        """Danh sách tham số, để đưa cho bộ tối ưu."""
        return [p for _, p in self.named_parameters()]

    def zero_grad(self):
        """Bỏ gradient đã cộng dồn của mọi tham số."""
        for p in self.parameters():
            p.grad = None

    def train(self, mode=True):
        """Đặt chế độ huấn luyện cho cả module, trả chính nó."""
        self.training = mode
        for _, child in self.named_children():
            child.train(mode)
        return self

    def eval(self):
        """Chế độ suy luận: dropout tắt, batch norm dùng số chạy."""
        return self.train(False)

    def state_dict(self):
        """Từ điển tên → mảng NumPy (bản chép) của tham số và bộ đệm."""
        return {k: t.array.copy() for k, t in self.named_tensors()}

    def load_state_dict(self, state):
        """Chép giá trị từ ``state`` vào đúng tên, tại chỗ.

        Lỗi: ``KeyError`` nếu thiếu hay thừa tên, ``ValueError`` nếu sai
        shape; khi có lỗi, không giá trị nào bị đổi.
        """
        own = dict(self.named_tensors())
        missing = own.keys() - state.keys()
        extra = state.keys() - own.keys()
        if missing or extra:
            raise KeyError(
                f"load_state_dict: thiếu {sorted(missing)}, "
                f"thừa {sorted(extra)}"
            )
        for name, tensor in own.items():
            if tensor.shape != state[name].shape:
                raise ValueError(
                    f"load_state_dict: {name}: {tensor.shape} với "
                    f"{state[name].shape}: khác shape"
                )
        for name, tensor in own.items():
            tensor.array[...] = state[name]

    def extra_repr(self):
        """Cấu hình của tầng, để in ra."""
        return ""

    def __repr__(self):
        children = "".join(
            f"\n  ({name}): " + repr(child).replace("\n", "\n  ")
            for name, child in self.named_children()
        )
        body = self.extra_repr() + children + ("\n" if children else "")
        return f"{type(self).__name__}({body})"
