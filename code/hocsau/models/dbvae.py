"""DB-VAE: một mạng vừa phân loại vừa là VAE, và mất mát của nó.

Bộ mã hóa là mạng phân loại có thêm 2k đầu ra; bộ giải mã là ảnh gương
của nó. [vae_loss] và [debiasing_loss] là mất mát, mỗi mẫu một số.
Nguồn: Amini và cộng sự (2019); kích thước theo lab 2 của MIT 6.S191.
Nhà: mit/lab2-2.
"""

from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

KERNELS = (5, 5, 3, 3)


def widths(filters: int) -> list[int]:
    """Số kênh trước và sau bốn tầng tích chập."""
    return [3, filters, 2 * filters, 4 * filters, 6 * filters]


def detector(
    outputs: int = 1,
    *,
    size: int = 64,
    filters: int = 12,
    hidden: int = 512,
) -> nn.Sequential:
    """Bốn tầng tích chập sải bước 2 rồi hai tầng kết nối đầy đủ.

    Nhận (n, 3, size, size), trả về (n, outputs) logit. ``size`` chia
    hết cho 16.
    Lỗi: ``ValueError`` nếu ``size`` không chia hết cho 16.
    """
    if size % 16:
        raise ValueError(
            f"detector: size = {size} không chia hết cho 16 (bốn tầng, "
            "mỗi tầng chia đôi cạnh ảnh); thử 32 hay 64"
        )
    layers, c = [], widths(filters)
    for i, kernel in enumerate(KERNELS):
        conv = nn.Conv2d(c[i], c[i + 1], kernel, 2, kernel // 2)
        layers += [conv, nn.ReLU(), nn.BatchNorm2d(c[i + 1])]
    flat = c[-1] * (size // 16) ** 2
    head = [
        nn.Linear(flat, hidden),
        nn.ReLU(),
        nn.Linear(hidden, outputs),
    ]
    return nn.Sequential(*layers, nn.Flatten(), *head)


def decoder(
    latent: int = 100, *, size: int = 64, filters: int = 12
) -> nn.Sequential:
    """Ảnh gương của ``detector``: (n, latent) thành (n, 3, s, s)."""
    c, side = widths(filters)[::-1], size // 16
    start = nn.Linear(latent, c[0] * side**2)
    layers = [start, nn.ReLU(), nn.Unflatten(1, (c[0], side, side))]
    for i, kernel in enumerate(KERNELS[::-1]):
        layers += [
            nn.ConvTranspose2d(
                c[i], c[i + 1], kernel, 2, kernel // 2, output_padding=1
            ),
            nn.ReLU(),
        ]
    return nn.Sequential(*layers[:-1])


def sampling(mu, logvar, *, rng=None):
    """Tái tham số hóa: z = μ + exp(½·logvar)·ε, với ε ~ N(0, I).

    ``logvar`` là log phương sai; mọi tensor (n, k). ``rng`` có thể ở
    CPU dù ``mu`` ở GPU.
    """
    home = mu.device if rng is None else rng.device
    noise = torch.randn(
        mu.shape, generator=rng, device=home, dtype=mu.dtype
    )
    return mu + torch.exp(0.5 * logvar) * noise.to(mu.device)


def kl(mu, logvar):
    """KL(N(μ, σ²) ‖ N(0, I)) = ½ Σ (σ² + μ² − 1 − log σ²): (n,)."""
    terms = logvar.exp() + mu**2 - 1 - logvar  # (n, k)
    return 0.5 * terms.sum(dim=1)


def vae_loss(x, x_hat, mu, logvar, *, kl_weight: float = 0.0005):
    """``kl_weight``·KL + trung bình |x − x_hat| theo điểm ảnh: (n,)."""
    error = (x - x_hat).abs().mean(dim=(1, 2, 3))
    return kl_weight * kl(mu, logvar) + error


class Output(NamedTuple):
    """Những gì DB-VAE tính từ một batch n ảnh."""

    logit: torch.Tensor  # (n,)
    mu: torch.Tensor  # (n, k)
    logvar: torch.Tensor  # (n, k)
    x_hat: torch.Tensor  # (n, 3, s, s)


class DBVAE(nn.Module):
    """Bộ mã hóa 2k + 1 đầu ra và bộ giải mã; mặc định cỡ của lab."""

    def __init__(
        self,
        latent: int = 100,
        *,
        size: int = 64,
        filters: int = 12,
        hidden: int = 512,
    ):
        super().__init__()
        self.latent = latent
        self.encoder = detector(
            2 * latent + 1, size=size, filters=filters, hidden=hidden
        )
        self.decoder = decoder(latent, size=size, filters=filters)

    def start_at(self, X):
        """Bắt đầu bộ giải mã từ màu trung bình của ``X``."""
        with torch.no_grad():
            self.decoder[-1].bias.copy_(X.mean(dim=(0, 2, 3)))
        return self

    def encode(self, x):
        """Logit (n,), trung bình (n, k) và log phương sai (n, k)."""
        out = self.encoder(x)  # (n, 2k + 1)
        return out[:, 0], *out[:, 1:].split(self.latent, dim=1)

    def decode(self, z):
        """Mã (n, k) thành ảnh (n, 3, s, s)."""
        return self.decoder(z)

    def forward(self, x, *, rng=None) -> Output:
        logit, mu, logvar = self.encode(x)
        z = sampling(mu, logvar, rng=rng)
        return Output(logit, mu, logvar, self.decode(z))


def debiasing_loss(x, out: Output, y, *, kl_weight: float = 0.0005):
    """Entropy chéo cho mọi ảnh, thêm ``vae_loss`` cho ảnh mặt: (n,).

    ``y``: (n,) float, 1 là mặt; nó cũng là cổng của ``vae_loss``.
    """
    classify = F.binary_cross_entropy_with_logits(
        out.logit, y, reduction="none"
    )
    rebuild = vae_loss(
        x, out.x_hat, out.mu, out.logvar, kl_weight=kl_weight
    )
    return classify + y * rebuild
