"""LeNet-5 đúng như bài báo năm 1998, và bản mà ngày nay hay được viết.

Mọi tầng là tích chập, nên ảnh lớn hơn 32 × 32 cho nhiều ô đầu ra.
Nguồn: LeCun, Bottou, Bengio và Haffner (1998), mục II-B và II-C.
Nhà: nyu/03-2.
"""

import torch
from torch import nn
from torch.nn import functional as F

# Bảng I của bài báo: mỗi feature map của C3 nhìn những map nào của S2.
C3_INPUTS = (
    [[(i + k) % 6 for k in range(3)] for i in range(6)]
    + [[(i + k) % 6 for k in range(4)] for i in range(6)]
    + [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5]]
    + [[0, 1, 2, 3, 4, 5]]
)


def squash(a):
    """Hàm nén 1.7159 tanh(2a/3): f(1) ≈ 1, f(-1) ≈ -1."""
    return 1.7159 * torch.tanh(2 / 3 * a)


def spread_out(weight, fan_in: int):
    """Khởi tạo đều trong ±2.4 / fan_in, như phụ lục của bài báo."""
    return nn.init.uniform_(weight, -2.4 / fan_in, 2.4 / fan_in)


class Subsample(nn.Module):
    """Tầng S: cộng 4 số trong ô 2 × 2, nhân hệ số, cộng bias, rồi nén.

    Mỗi feature map có đúng hai tham số học được. Hệ số khởi đầu là 1/4,
    tức phép gộp trung bình.
    """

    def __init__(self, maps: int):
        super().__init__()
        self.weight = nn.Parameter(torch.full((maps, 1, 1), 0.25))
        self.bias = nn.Parameter(torch.zeros(maps, 1, 1))

    def forward(self, x):
        total = 4 * F.avg_pool2d(x, 2)  # (n, maps, h/2, w/2)
        return squash(self.weight * total + self.bias)


class SparseConv(nn.Module):
    """Tầng C3: tích chập 5 × 5 chỉ trên những cặp map có trong bảng.

    ``inputs[j]``: các map vào mà map ra j nhìn thấy. Chỉ những bộ lọc
    ấy mới là tham số: (số cặp, 5, 5).
    """

    def __init__(self, inputs, c_in: int, kernel: int = 5):
        super().__init__()
        pairs = [(j, i) for j, row in enumerate(inputs) for i in row]
        out, into = zip(*pairs, strict=True)
        self.register_buffer("out", torch.tensor(out))
        self.register_buffer("into", torch.tensor(into))
        self.shape = (len(inputs), c_in, kernel, kernel)
        weight = torch.empty(len(pairs), kernel, kernel)
        for k, j in enumerate(out):
            spread_out(weight[k], len(inputs[j]) * kernel**2)
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(torch.zeros(len(inputs)))

    def dense_weight(self):
        """Bộ lọc đầy đủ, cặp không nối bằng 0: (16, 6, 5, 5)."""
        full = self.weight.new_zeros(self.shape)
        return full.index_put((self.out, self.into), self.weight)

    def forward(self, x):
        return F.conv2d(x, self.dense_weight(), self.bias)


def conv(c_in: int, c_out: int, kernel: int):
    """Tầng tích chập đủ cặp, khởi tạo như bài báo."""
    layer = nn.Conv2d(c_in, c_out, kernel)
    spread_out(layer.weight.data, c_in * kernel**2)
    nn.init.zeros_(layer.bias)
    return layer


# Mỗi chữ số một ảnh 7 × 12, mỗi hàng là 7 bit. Bài báo dùng ảnh cách
# điệu của bộ ký tự ASCII; các hình này do sách tự vẽ theo lối ấy.
GLYPHS = """
    00 1c 36 63 63 63 63 63 63 36 1c 00
    00 0c 1c 3c 0c 0c 0c 0c 0c 0c 3f 00
    00 3e 63 03 03 06 0c 18 30 60 7f 00
    00 3e 63 03 03 1e 03 03 03 63 3e 00
    00 06 0e 1e 36 66 7f 06 06 06 06 00
    00 7f 60 60 60 7e 03 03 03 63 3e 00
    00 1e 30 60 60 7e 63 63 63 63 3e 00
    00 7f 03 03 06 06 0c 0c 18 18 18 00
    00 3e 63 63 63 3e 63 63 63 63 3e 00
    00 3e 63 63 63 63 3f 03 03 06 3c 00
"""


def digit_codes():
    """Mã ±1 của mười chữ số cho tầng RBF: (10, 84)."""
    rows = [int(h, 16) for h in GLYPHS.split()]
    bits = [[(row >> (6 - k)) & 1 for k in range(7)] for row in rows]
    return 2.0 * torch.tensor(bits).view(10, 84) - 1


class LeNet5(nn.Module):
    """LeNet-5 năm 1998: 60 000 tham số học được, đầu ra RBF.

    Vào (n, 1, h, w), nền -0.1, nét 1.175; ra (n, 10, h', w') bình phương
    khoảng cách từ F6 tới mã từng chữ số: càng nhỏ càng giống. Với ảnh
    32 × 32 thì h' = w' = 1; mỗi 4 điểm ảnh thêm vào cho thêm một ô.
    """

    def __init__(self):
        super().__init__()
        self.C1 = conv(1, 6, 5)
        self.S2 = Subsample(6)
        self.C3 = SparseConv(C3_INPUTS, 6)
        self.S4 = Subsample(16)
        self.C5 = conv(16, 120, 5)
        self.F6 = conv(120, 84, 1)
        self.register_buffer("codes", digit_codes())

    def features(self, x):
        """Sáu tầng đầu: (n, 1, h, w) → (n, 84, h', w')."""
        x = self.S2(squash(self.C1(x)))
        x = self.S4(squash(self.C3(x)))
        return squash(self.F6(squash(self.C5(x))))

    def forward(self, x):
        z = self.features(x)
        # ||z - c||² = ||z||² - 2 z·c + ||c||²
        cross = torch.einsum("nkhw,ck->nchw", z, self.codes)
        norm = (self.codes**2).sum(1)[:, None, None]
        return (z**2).sum(1, keepdim=True) - 2 * cross + norm


def reject_logits(distance, j: float):
    """Điểm của 11 lớp: trừ khoảng cách, và hằng số -j cho lớp từ chối.

    Mẫu số của softmax trên các điểm này là e^{-j} + Σ e^{-y_i}, đúng
    như phương trình (9) của bài báo. (n, 10, ...) → (n, 11, ...).
    """
    shape = (len(distance), 1, *distance.shape[2:])
    reject = distance.new_full(shape, -j)
    return torch.cat([-distance, reject], dim=1)


def lenet_style(
    num_classes: int = 10, *, maps=(6, 16), hidden=(120, 84)
):
    """Bản "LeNet" hay gặp trong PyTorch, cho ảnh 1 × 32 × 32.

    ReLU, gộp cực đại, C3 nối đủ cặp, đầu ra tuyến tính.
    """
    a, b = maps
    layers = [nn.Conv2d(1, a, 5), nn.ReLU(), nn.MaxPool2d(2)]
    layers += [nn.Conv2d(a, b, 5), nn.ReLU(), nn.MaxPool2d(2)]
    layers += [nn.Flatten()]
    width = b * 5 * 5
    for size in hidden:
        layers += [nn.Linear(width, size), nn.ReLU()]
        width = size
    return nn.Sequential(*layers, nn.Linear(width, num_classes))
