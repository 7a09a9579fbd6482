"""Giá của một mạng: đếm tham số và phép nhân-cộng từ kích thước tầng.

Nhà: nyu/01-2.
"""


def layer_cost(
    c_in: int, c_out: int, kernel: int, out: int, *, groups: int = 1
):
    """Số tham số và số phép nhân-cộng (MAC) của một tầng tích chập.

    Có bias; feature map ra ``out`` × ``out``; tầng kết nối đầy
    đủ là trường hợp kernel = out = 1.
    """
    weights = c_out * (c_in // groups) * kernel**2
    return weights + c_out, weights * out**2


def network_cost(layers):
    """Tổng (tham số, MAC); mỗi tầng là bộ đối số của layer_cost.

    Phần tử cuối có thể là một từ điển, ví dụ ``{"groups": 2}``.
    """
    total = [0, 0]
    for layer in layers:
        options = layer[-1] if isinstance(layer[-1], dict) else {}
        sizes = [v for v in layer if not isinstance(v, dict)]
        for i, value in enumerate(layer_cost(*sizes, **options)):
            total[i] += value
    return tuple(total)


def alexnet():
    """AlexNet với ảnh 227 × 227, ba tầng chia hai nhóm như bài báo.

    Nguồn: Krizhevsky và cộng sự (2012).
    """
    two = {"groups": 2}
    return [
        (3, 96, 11, 55),
        (96, 256, 5, 27, two),
        (256, 384, 3, 13),
        (384, 384, 3, 13, two),
        (384, 256, 3, 13, two),
        (256 * 6 * 6, 4096, 1, 1),
        (4096, 4096, 1, 1),
        (4096, 1000, 1, 1),
    ]


def vgg(repeats=(2, 2, 3, 3, 3)):
    """VGG: năm khối 3 × 3 rồi ba tầng kết nối đầy đủ; mặc định VGG-16.

    VGG-19: ``repeats=(2, 2, 4, 4, 4)``. Nguồn: Simonyan và Zisserman (2015).
    """
    layers, c_in, out = [], 3, 224
    for repeat, c_out in zip(
        repeats, (64, 128, 256, 512, 512), strict=True
    ):
        for _ in range(repeat):
            layers.append((c_in, c_out, 3, out))
            c_in = c_out
        out //= 2
    return [
        *layers,
        (512 * 7 * 7, 4096, 1, 1),
        (4096, 4096, 1, 1),
        (4096, 1000, 1, 1),
    ]


def resnet50():
    """ResNet-50: 3, 4, 6, 3 khối cổ chai, kể cả bốn tầng chiếu tắt.

    Sải bước 2 đặt ở tầng 1 × 1 đầu như bài báo. Nguồn: He và cộng sự (2016).
    Mỗi tầng ở đây có bias; chuẩn hóa theo batch không tính.
    """
    layers, c_in = [(3, 64, 7, 112)], 64
    for repeat, width, out in zip(
        (3, 4, 6, 3), (64, 128, 256, 512), (56, 28, 14, 7), strict=True
    ):
        layers.append(
            (c_in, 4 * width, 1, out)
        )  # chiếu của kết nối tắt
        for _ in range(repeat):
            layers += [(c_in, width, 1, out), (width, width, 3, out)]
            layers.append((width, 4 * width, 1, out))
            c_in = 4 * width
    return [*layers, (2048, 1000, 1, 1)]
