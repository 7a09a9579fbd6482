"""VGG16: mười ba tầng tích chập 3 × 3 rồi ba tầng đầy đủ.

Tên tầng đặt như ở torchvision, nên trọng số công bố ở đó nạp được bằng
``load_state_dict``.
Nguồn: Simonyan và Zisserman (2015), cấu hình D.
Nhà: nm/05.
"""

from collections import OrderedDict

from torch import nn

BLOCKS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))


def features() -> nn.Sequential:
    """Phần tích chập: (n, 3, h, w) → (n, 512, h/32, w/32).

    ``BLOCKS``: (số bản đồ, số tầng tích chập) của từng khối; cuối mỗi
    khối là một phép gộp cực đại 2 × 2.
    """
    layers, maps_in = [], 3
    for maps, depth in BLOCKS:
        for _ in range(depth):
            layers += [nn.Conv2d(maps_in, maps, 3, padding=1), nn.ReLU()]
            maps_in = maps
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers)


def classifier(num_classes: int) -> nn.Sequential:
    """Phần đầy đủ: 512·7·7 → 4096 → 4096 → ``num_classes``."""
    return nn.Sequential(
        nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), nn.Dropout(),
        nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(),
        nn.Linear(4096, num_classes),
    )  # fmt: skip


def vgg16(num_classes: int = 1000) -> nn.Sequential:
    """Logit (n, num_classes) của ảnh (n, 3, 224, 224)."""
    return nn.Sequential(OrderedDict(
        features=features(),
        avgpool=nn.AdaptiveAvgPool2d(7),
        flatten=nn.Flatten(),
        classifier=classifier(num_classes),
    ))  # fmt: skip
