"""Lấy mẫu ký tự kế tiếp: nhiệt độ, top-k, viết cả loạt bài.

Nhà: mit/lab1-2.
"""

import torch

from hocsau.text.characters import END


def shape_logits(logits, *, temperature=1.0, top_k=None):
    """Chia cho nhiệt độ, rồi đặt −∞ cho mọi logit ngoài k cái lớn nhất.

    ``logits``: (..., V). Nếu nhiều logit bằng cái thứ k thì giữ cả.
    Lỗi: ``ValueError`` nếu ``temperature`` ≤ 0 hay ``top_k`` < 1.
    """
    if temperature <= 0:
        raise ValueError(
            f"temperature = {temperature}; cần dương, muốn luôn lấy ký "
            "tự xác suất lớn nhất thì đặt top_k=1"
        )
    logits = logits / temperature
    if top_k is None:
        return logits
    if top_k < 1:
        raise ValueError(f"top_k = {top_k}; cần ít nhất 1")
    k = min(top_k, logits.shape[-1])
    least = logits.topk(k, dim=-1).values[..., -1:]
    return logits.masked_fill(logits < least, float("-inf"))


def sample(logits, *, temperature=1.0, top_k=None, rng):
    """Một ký tự cho mỗi hàng: logit (n, V) → (n, 1) int64."""
    logits = shape_logits(logits, temperature=temperature, top_k=top_k)
    p = torch.softmax(logits, dim=-1)
    return torch.multinomial(p, 1, generator=rng)


@torch.no_grad()
def write(
    model, characters, num_texts, *, start="", max_length=400,
    temperature=1.0, top_k=None, rng,
):  # fmt: skip
    """Viết ``num_texts`` bài cùng lúc, mỗi bài tới dòng trống đầu tiên.

    ``model(x, state)`` trả về logit và trạng thái, như ``CharNet``.
    ``start``: phần mở đầu cho sẵn. Bài không tự kết thúc bị cắt ở
    ``max_length`` ký tự. ``rng``: ``torch.Generator`` trên CPU.
    """
    device = next(model.parameters()).device
    x = characters.encode(END + start).repeat(num_texts, 1)
    newline = characters.ids["\n"]
    before = torch.full((num_texts, 1), -1)
    done = torch.zeros(num_texts, 1, dtype=torch.bool)
    state, columns = None, []
    for _ in range(max_length):
        logits, state = model(x.to(device), state)
        x = sample(
            logits[:, -1].cpu(), temperature=temperature, top_k=top_k,
            rng=rng,
        )  # fmt: skip
        columns.append(x)
        done |= (x == newline) & (before == newline)
        before = x
        if done.all():
            break
    rows = torch.cat(columns, dim=1)
    return [(start + characters.decode(r)).split(END)[0] for r in rows]
