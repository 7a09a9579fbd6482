"""Nhiều mạng cùng kiến trúc chạy chung một lượt, và độ tản của chúng.

Trọng số của s mạng xếp chồng thành một tensor có thêm chiều đầu s, nên
một phép nhân ma trận theo batch thay cho s lần gọi.
Nhà: nyu/02-3.
"""

import copy

import torch
from torch import nn
from torch.func import functional_call, stack_module_state, vmap


class Ensemble(nn.Module):
    """s mạng cùng kiến trúc, khác trọng số; ``train.fit`` dùng được.

    ``models``: s mô-đun, được chép lại. ``ensemble(X)`` nhận (n, d)
    chung cho mọi mạng, hay (s, n, d) mỗi mạng một phần; trả về
    (s, n, k).
    Mạng này không nhìn thấy mạng kia: với mất mát [per_member] và bộ
    tối ưu tính theo từng phần tử (SGD, Adam), kết quả đúng như huấn
    luyện từng mạng riêng.
    Lỗi: ``ValueError`` nếu danh sách rỗng hay mạng có buffer (như
    ``BatchNorm``).
    """

    def __init__(self, models):
        super().__init__()
        models = list(models)
        if not models or any(True for _ in models[0].buffers()):
            raise ValueError(
                "Ensemble: cần ít nhất một mạng, mạng không có buffer"
            )
        stacked, _ = stack_module_state(models)
        self.names = list(stacked)
        self.weights = nn.ParameterList(
            w.detach().clone() for w in stacked.values()
        )
        self.skeleton = [copy.deepcopy(models[0])]  # khỏi đăng ký

    def __len__(self) -> int:
        return len(self.weights[0])

    def forward(self, X):
        X = X.expand(len(self), *X.shape[-2:])  # (s, n, d)
        state = dict(zip(self.names, self.weights, strict=True))
        return vmap(self.run_one)(state, X)  # (s, n, k)

    def run_one(self, state, X):
        """Chạy một mạng với trọng số cho trong ``state``."""
        return functional_call(self.skeleton[0], state, (X,))

    def member(self, i: int) -> nn.Module:
        """Mạng thứ ``i``, tách ra thành mô-đun thường (bản sao)."""
        model = copy.deepcopy(self.skeleton[0])
        state = zip(self.names, self.weights, strict=True)
        model.load_state_dict({k: w[i].detach() for k, w in state})
        return model


def build(make, seeds) -> Ensemble:
    """Dựng mỗi seed một mạng ``make()``, khởi tạo từ seed ấy.

    Bộ sinh số ngẫu nhiên chung được trả lại như cũ.
    """
    models = []
    with torch.random.fork_rng(devices=[]):
        for seed in seeds:
            torch.manual_seed(seed)
            models.append(make())
    return Ensemble(models)


def draw(make, seeds):
    """Mỗi seed rút một bộ dữ liệu ``make(rng=...)``, rồi xếp chồng.

    ``make`` trả về (X, y); kết quả là X: (s, n, d) và y: (s, n, ...).
    """
    rngs = [torch.Generator().manual_seed(seed) for seed in seeds]
    sets = [make(rng=rng) for rng in rngs]
    return tuple(torch.stack(part) for part in zip(*sets, strict=True))


def per_member(loss_fn):
    """Tổng mất mát của s thành viên, mỗi thành viên chấm riêng.

    ``loss_fn(output, y)`` lấy trung bình theo mẫu, như mặc định của
    PyTorch. Hàm trả về nhận đầu ra (s, n, k) và y (s, n, ...), và bằng
    s lần trung bình trên cả s·n hàng. Lấy tổng chứ không trung bình:
    gradient của mỗi mạng giữ nguyên độ lớn khi s đổi.
    Lỗi: ``ValueError`` nếu y không có chiều đầu s.
    """

    def total(output, y):
        if y.shape[:2] != output.shape[:2]:
            raise ValueError(
                f"per_member: output {tuple(output.shape)}, "
                f"y {tuple(y.shape)}; hai chiều đầu (s, n) phải khớp, "
                "dùng y.expand(s, ...) khi các mạng chung nhãn"
            )
        mean = loss_fn(output.flatten(0, 1), y.flatten(0, 1))
        return len(output) * mean

    return total


def spread(output):
    """Trung bình và độ lệch chuẩn giữa các thành viên, tại mỗi điểm.

    ``output``: (s, n, k); trả về hai tensor (n, k). Độ lệch chuẩn chia
    cho s − 1.
    Lỗi: ``ValueError`` nếu chỉ có một thành viên.
    """
    if len(output) < 2:
        raise ValueError(
            "spread: cần ít nhất hai thành viên, nhận một; một mạng "
            "thì không có độ tản"
        )
    return output.mean(0), output.std(0)
