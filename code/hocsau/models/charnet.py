"""Mạng hồi tiếp mức ký tự: embedding, tầng hồi tiếp, tầng ra.

Nhà: mit/lab1-2.
"""

import torch
from torch import nn

CELLS = {"lstm": nn.LSTM, "rnn": nn.RNN, "gru": nn.GRU}


class CharNet(nn.Module):
    """Đoán ký tự kế tiếp: Embedding → LSTM hay RNN → Linear.

    ``forward(x, state)``: x (b, t) int64; trả về logit (b, t, V) và
    trạng thái sau ký tự cuối. ``state=None``: trạng thái toàn số 0.
    Lỗi: ``ValueError`` nếu ``cell`` không phải lstm, rnn, gru.
    """

    def __init__(self, vocab_size, embedding_dim, hidden_size, *, cell="lstm"):
        super().__init__()
        if cell not in CELLS:
            raise ValueError(f'CharNet: cell = {cell!r}; chọn "lstm", "rnn" hay "gru"')
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.recurrent = CELLS[cell](embedding_dim, hidden_size, batch_first=True)
        self.output = nn.Linear(hidden_size, vocab_size)

    def forward(self, x, state=None):
        h, state = self.recurrent(self.embedding(x), state)  # (b, t, H)
        return self.output(h), state


def sequence_loss(output, y) -> torch.Tensor:
    """Entropy chéo trung bình mỗi ký tự, đơn vị nat.

    ``output``: logit (b, t, V), hay cặp (logit, trạng thái) mà
    [CharNet] trả về; ``y``: (b, t).
    """
    logits = output[0] if isinstance(output, tuple) else output
    return nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten())
