"""Characters, windows, n-grams, sampling, scoring: the pieces of a character model."""

import numpy as np
import pytest
import torch
from torch import nn

from hocsau.models import count_parameters
from hocsau.models.charnet import CharNet, sequence_loss
from hocsau.text import sampling, scoring
from hocsau.text.characters import END, Characters, join
from hocsau.text.ngram import WittenBell
from hocsau.text.windows import WindowBatches, window_batch

TEXTS = ["abba", "abab", "baab", "abbb"]
TEXT = join(TEXTS)


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_characters_round_trip_and_name_the_unknown():
    chars = Characters("điệu Bắc\n")
    assert chars.decode(chars.encode("cắB\nđ")) == "cắB\nđ"
    assert chars.encode("đ").dtype == torch.int64
    with pytest.raises(ValueError, match="'x'"):
        chars.encode("x")


def test_join_puts_a_blank_line_around_every_text():
    assert join(["a", "b"]) == "\n\na\n\nb\n\n"


def test_windows_are_shifted_by_one_and_reach_both_ends():
    ids = torch.arange(10)
    x, y = window_batch(ids, seq_length=9, batch_size=3, rng=rng())
    assert torch.equal(x, torch.arange(9).expand(3, 9)) and torch.equal(y, x + 1)
    x, _ = window_batch(ids, seq_length=4, batch_size=500, rng=rng())
    assert set(x[:, 0].tolist()) == set(range(6))
    with pytest.raises(ValueError, match="seq_length"):
        window_batch(ids, seq_length=10, batch_size=1, rng=rng())


def test_window_batches_count_and_repeat_by_seed():
    size = {"seq_length": 3, "batch_size": 2, "num_steps": 5}
    one = list(WindowBatches(torch.arange(20), **size, rng=rng(4)))
    two = list(WindowBatches(torch.arange(20), **size, rng=rng(4)))
    assert len(one) == len(WindowBatches(torch.arange(9), **size, rng=rng())) == 5
    assert all(
        torch.equal(a, b)
        for p, q in zip(one, two, strict=True)
        for a, b in zip(p, q, strict=True)
    )


@pytest.mark.parametrize(("cell", "gates"), [("lstm", 4), ("gru", 3), ("rnn", 1)])
def test_charnet_parameters_and_state(cell, gates):
    net = CharNet(7, 3, 5, cell=cell)
    recurrent = gates * (3 * 5 + 5 * 5 + 2 * 5)
    assert count_parameters(net) == 7 * 3 + recurrent + 5 * 7 + 7
    x = torch.randint(0, 7, (2, 6), generator=rng())
    whole, _ = net(x)
    first, state = net(x[:, :2])
    second, _ = net(x[:, 2:], state)
    assert whole.shape == (2, 6, 7)
    assert torch.allclose(torch.cat([first, second], 1), whole, atol=1e-6)


def test_size_of_the_lab_and_unknown_cell():
    with torch.device("meta"):
        assert count_parameters(CharNet(83, 256, 1024)) == 5_357_395
    with pytest.raises(ValueError, match="transformer"):
        CharNet(3, 3, 3, cell="transformer")


def test_lstm_is_the_formula_of_the_page():
    torch.manual_seed(0)
    net = CharNet(6, 3, 4).double()
    x = torch.randint(0, 6, (1, 5), generator=rng())
    p = dict(net.recurrent.named_parameters())
    h = c = torch.zeros(4, dtype=torch.float64)
    for e in net.embedding(x)[0]:
        z = p["weight_ih_l0"] @ e + p["bias_ih_l0"]
        z = z + p["weight_hh_l0"] @ h + p["bias_hh_l0"]
        i, f, g, o = z.chunk(4)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
    assert torch.allclose(net.output(h), net(x)[0][0, -1])


def test_sequence_loss_is_the_mean_over_characters():
    logits = torch.randn(2, 3, 5, generator=rng())
    y = torch.randint(0, 5, (2, 3), generator=rng())
    by_hand = -logits.log_softmax(-1).gather(2, y[..., None]).mean()
    assert torch.allclose(sequence_loss(logits, y), by_hand)
    assert torch.allclose(sequence_loss((logits, None), y), by_hand)


def test_shaping_logits():
    z = torch.tensor([[1.0, 3.0, 2.0, 2.0]])
    assert torch.allclose(sampling.shape_logits(z, temperature=0.5), 2 * z)
    kept = sampling.shape_logits(z, top_k=2).isfinite()
    assert kept.tolist() == [[False, True, True, True]]  # a tie stays
    assert sampling.shape_logits(z, top_k=9).isfinite().all()
    for bad in ({"temperature": 0}, {"top_k": 0}):
        with pytest.raises(ValueError, match=next(iter(bad))):
            sampling.shape_logits(z, **bad)


def test_sampling_follows_the_distribution():
    z = torch.log(torch.tensor([0.7, 0.2, 0.1])).repeat(20_000, 1)
    share = sampling.sample(z, rng=rng())[:, 0].bincount() / len(z)
    assert torch.allclose(share, torch.tensor([0.7, 0.2, 0.1]), atol=0.02)
    assert (sampling.sample(z, top_k=1, rng=rng()) == 0).all()


class Script(nn.Module):
    """Plays a fixed text; its state is where it is."""

    def __init__(self, chars, text):
        super().__init__()
        self.chars, self.text = chars, text
        self.p = nn.Parameter(torch.zeros(1))

    def forward(self, x, state=None):
        at = (state or 0) + x.shape[1]
        logits = torch.full((len(x), x.shape[1], len(self.chars)), -1e9)
        logits[:, -1, self.chars.ids[self.text[at]]] = 0
        return logits, at


def test_write_carries_the_state_and_stops_at_the_blank_line():
    chars = Characters(TEXT)
    play = Script(chars, END + "abba" + END + "bb" * 50)
    assert sampling.write(play, chars, 2, max_length=20, rng=rng()) == ["abba"] * 2
    assert sampling.write(play, chars, 1, start="ab", max_length=20, rng=rng()) == [
        "abba"
    ]


def test_bits_of_a_network_by_hand():
    torch.manual_seed(0)
    chars = Characters(TEXT)
    net = CharNet(len(chars), 4, 6)
    net.train()
    bits = scoring.character_bits(net, chars, ["ab", "abba"])
    assert net.training and [len(b) for b in bits] == [4, 6]
    ids = chars.encode(END + "ab" + END)[None]
    p = net(ids[:, :-1])[0][0].log_softmax(-1).gather(1, ids[0, 1:, None])[:, 0]
    assert np.allclose(bits[0], -p[1:].detach().numpy() / np.log(2), atol=1e-5)


def test_line_bits_add_up():
    texts = ["a\nbb", "b\nab"]
    bits = [np.arange(1.0, 7), np.arange(1.0, 7)]
    rows = scoring.line_bits(bits, texts)
    assert rows[:2].tolist() == [3, 12] and rows.sum() == 21


def test_ngram_is_a_distribution_everywhere():
    model = WittenBell(TEXT, order=4, symbols="ab\nz")
    for context in ("", "a", "ab", "bbb", "zzz", "\n\na"):
        total = sum(model.probability(context, c) for c in model.symbols)
        assert total == pytest.approx(1)
        assert min(model.probability(context, c) for c in model.symbols) > 0


def test_ngram_by_hand():
    model = WittenBell("aab", order=2, symbols="ab")
    base = {c: (n + 2 * 0.5) / (3 + 2) for c, n in (("a", 2), ("b", 1))}
    assert model.probability("", "a") == pytest.approx(base["a"])
    # after "a": one "a", one "b"
    assert model.probability("a", "b") == pytest.approx((1 + 2 * base["b"]) / 4)
    assert model.probability("xxa", "b") == model.probability("a", "b")


def test_ngram_order_one_and_writing_obey_the_counts():
    model = WittenBell(TEXT, order=3, symbols=sorted(set(TEXT)))
    for order in (1, 3):
        model.order = order
        (bits,) = model.character_bits(["abba"])
        whole = END + "abba" + END
        byhand = [
            -np.log2(model.probability(whole[max(0, i - order + 1) : i], whole[i]))
            for i in range(2, 8)
        ]
        assert np.allclose(bits, byhand)
    written = model.write(30, max_length=50, rng=np.random.default_rng(0))
    assert written == model.write(30, max_length=50, rng=np.random.default_rng(0))
    assert all(END not in t and len(t) <= 50 for t in written)
    with pytest.raises(ValueError, match="order"):
        WittenBell("a", order=0, symbols="a")


def test_changing_the_order_between_writings_is_noticed():
    model = WittenBell(TEXT, order=3, symbols=sorted(set(TEXT)))
    model.write(5, max_length=30, rng=np.random.default_rng(0))
    model.order = 1
    fresh = WittenBell(TEXT, order=1, symbols=sorted(set(TEXT)))
    assert model.write(5, max_length=30, rng=np.random.default_rng(1)) == fresh.write(
        5, max_length=30, rng=np.random.default_rng(1)
    )


def test_a_tiny_network_learns_a_rule_that_needs_memory():
    """The last character repeats the first, five steps earlier."""
    from hocsau import train

    texts = [f"{a}-----{a}" for a in "xyz"] * 20
    chars = Characters(join(texts))
    torch.manual_seed(0)
    net = CharNet(len(chars), 8, 24)
    batches = WindowBatches(
        chars.encode(join(texts)), seq_length=27, batch_size=8, num_steps=60, rng=rng()
    )
    val = scoring.ValidationBits(chars, texts[:3])
    train.fit(
        net, batches, sequence_loss, torch.optim.Adam(net.parameters(), lr=0.02),
        num_epochs=4, callbacks=[val],
    )  # fmt: skip
    bits = scoring.character_bits(net, chars, texts[:3])
    assert np.mean([b[6] for b in bits]) < 0.3  # the repeated character
    assert len(val.bits) == 4 and val.bits[-1] < val.bits[0]
    assert val.bits[-1] == pytest.approx(scoring.bits_per_character(bits))
    written = sampling.write(net, chars, 30, max_length=20, rng=rng())
    right = [t for t in written if t in texts]
    assert len(right) > 24 and len(set(right)) == 3
