"""Huấn luyện bộ phát hiện với xác suất lấy mẫu tính lại theo chu kỳ.

[half_batch] rút một batch nửa mặt nửa không; [fit] lặp lại việc ấy, cứ
``every`` bước lại hỏi luật lấy mẫu; [branch] cho nhiều luật rẽ nhánh
từ cùng một mô hình, để so từng cặp.
Nguồn: Thuật toán 1 của Amini và cộng sự (2019).
Nhà: mit/lab2-2.
"""

import copy

import torch
from torch.nn import functional as F

from hocsau.models import dbvae


def half_batch(X_face, X_other, p=None, *, batch_size: int = 32, rng):
    """Nửa đầu là mặt rút theo ``p`` (None: đều), nửa sau là hình khác.

    Rút có hoàn lại. Trả về X: (batch_size, 3, s, s), y: (batch_size,).
    """
    half = batch_size // 2
    if p is None:
        i = torch.randint(len(X_face), (half,), generator=rng)
    else:
        p = torch.as_tensor(p)
        i = torch.multinomial(p, half, replacement=True, generator=rng)
    j = torch.randint(len(X_other), (half,), generator=rng)
    X = torch.cat([X_face[i], X_other[j]])
    y = torch.zeros(len(X), device=X.device)
    y[:half] = 1
    return X, y


def detector_loss(model, X, y, *, rng=None):
    """Entropy chéo của bộ phát hiện không có VAE: một số."""
    return F.binary_cross_entropy_with_logits(model(X)[:, 0], y)


class DBVAELoss:
    """Trung bình của ``debiasing_loss``, nhưng chỉ giải mã ảnh mặt.

    Ảnh không phải mặt bị nhân với 0, nên bỏ qua bước giải mã của chúng
    không đổi giá trị. ``vae_weight``: hệ số của phần VAE (bài lab: 1).
    """

    def __init__(self, *, kl_weight=0.0005, vae_weight=1.0):
        self.kl_weight, self.vae_weight = kl_weight, vae_weight

    def __call__(self, model, X, y, *, rng=None):
        logit, mu, logvar = model.encode(X)
        classify = F.binary_cross_entropy_with_logits(logit, y)
        face = y == 1
        X, mu, logvar = X[face], mu[face], logvar[face]
        x_hat = model.decode(dbvae.sampling(mu, logvar, rng=rng))
        rebuild = dbvae.vae_loss(
            X, x_hat, mu, logvar, kl_weight=self.kl_weight
        )
        return classify + self.vae_weight * rebuild.sum() / len(y)


def fit(
    model,
    optimizer,
    X_face,
    X_other,
    *,
    loss_fn,
    num_steps: int,
    every: int | None = None,
    rule=None,
    batch_size: int = 32,
    decay: bool = False,
    rng,
) -> list[float]:
    """Huấn luyện ``num_steps`` bước; trả về mất mát từng bước.

    ``rule``: hàm model → xác suất (n,), gọi lại sau mỗi ``every`` bước
    (None: chỉ gọi một lần); không có thì rút đều. ``decay``: giảm tốc
    độ học theo đường thẳng về 0.
    """
    every, losses, p = every or num_steps, [], None
    lr = [group["lr"] for group in optimizer.param_groups]
    model.train()
    for t in range(num_steps):
        if rule is not None and t % every == 0:
            p = rule(model)
        X, y = half_batch(
            X_face, X_other, p, batch_size=batch_size, rng=rng
        )
        loss = loss_fn(model, X, y, rng=rng)
        optimizer.zero_grad()
        loss.backward()
        for group, start in zip(
            optimizer.param_groups, lr, strict=True
        ):
            group["lr"] = start * (1 - t / num_steps if decay else 1)
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses).tolist() if losses else []


def branch(
    model,
    optimizer,
    rules: dict,
    *,
    seed: int,
    lr: float | None = None,
    **kwargs,
) -> dict:
    """Mỗi luật một bản sao của ``model``, học tiếp với cùng seed.

    Trả về tên → mô hình; ``kwargs`` chuyển cho ``fit``. ``optimizer``
    phải là Adam; trạng thái của nó được chép cho từng nhánh. ``lr``:
    tốc độ học của các nhánh (None: như ``optimizer``).
    """
    trained = {}
    for name, rule in rules.items():
        twin = copy.deepcopy(model)
        optim = torch.optim.Adam(twin.parameters(), fused=True)
        optim.load_state_dict(copy.deepcopy(optimizer.state_dict()))
        for group in optim.param_groups:
            group["lr"] = group["lr"] if lr is None else lr
        rng = torch.Generator().manual_seed(seed)
        fit(twin, optim, rule=rule, rng=rng, **kwargs)
        trained[name] = twin
    return trained


def logits(model, X, *, batch_size: int = 500):
    """Logit từng ảnh, ở chế độ eval, rồi trả lại chế độ cũ: (n,)."""
    was_training = model.training
    model.eval()
    encoder = getattr(model, "encoder", model)
    device = next(model.parameters()).device
    with torch.no_grad():
        parts = [
            encoder(x.to(device))[:, 0].cpu()
            for x in X.split(batch_size)
        ]
    model.train(was_training)
    return torch.cat(parts)
