"""Âm thanh tổng hợp: dây gảy và nguyên âm, sinh từ công thức đã công bố.

Mọi hàm trả về mảng float64 (t,), biên độ lớn nhất bằng 1.
Nhà: nyu/03-3.
"""

import numpy as np

# Tần số (Hz) của ba formant đầu, trung bình trên giọng nam.
# Nguồn: Peterson và Barney (1952), bảng II.
FORMANTS = {
    "a": (730, 1090, 2440),
    "i": (270, 2290, 3010),
    "u": (300, 870, 2240),
}
BANDWIDTHS = (60, 90, 150)  # Hz


def unit(x):
    """Chia cho biên độ lớn nhất."""
    return x / abs(x).max()


def pluck(pitch: float, seconds: float, *, rng, rate: int = 8000):
    """Một dây gảy: một đoạn nhiễu ngắn chạy vòng và mòn dần.

    y_t = ½(y_{t−N} + y_{t−N−1}), N = rate/pitch − ½ làm tròn; N mẫu
    đầu là ±1 ngẫu nhiên. ``pitch``: Hz.
    Nguồn: Karplus và Strong (1983).
    Lỗi: ``ValueError`` nếu ``pitch`` quá cao so với ``rate``.
    """
    from scipy.signal import lfilter

    n = round(rate / pitch - 0.5)
    if n < 2:
        raise ValueError(
            f"pluck: pitch={pitch} Hz quá cao cho rate={rate}; "
            "giảm pitch hoặc tăng rate"
        )
    burst = np.zeros(round(seconds * rate))
    burst[:n] = rng.choice([-1.0, 1.0], size=n)[: len(burst)]
    loop = np.zeros(n + 2)
    loop[0], loop[n], loop[n + 1] = 1, -0.5, -0.5
    return unit(lfilter([1.0], loop, burst))


def resonator(x, centre: float, width: float, rate: int):
    """Bộ cộng hưởng bậc hai y_t = A x_t + B y_{t−1} + C y_{t−2}.

    C = −e^{−2π·width/rate}, B = 2 e^{−π·width/rate} cos(2π·centre/rate),
    A = 1 − B − C. Nguồn: Klatt (1980).
    """
    from scipy.signal import lfilter

    C = -np.exp(-2 * np.pi * width / rate)
    B = 2 * np.sqrt(-C) * np.cos(2 * np.pi * centre / rate)
    return lfilter([1 - B - C], [1, -B, -C], x)


def vowel(name: str, pitch: float, seconds: float, *, rate: int = 8000):
    """Nguyên âm: xung thanh quản đều đặn qua ba bộ cộng hưởng nối tiếp.

    ``name``: a, i hoặc u; ``pitch``: Hz, độ cao giọng.
    Lỗi: ``ValueError`` nếu không biết nguyên âm.
    """
    if name not in FORMANTS:
        raise ValueError(
            f"vowel: name={name!r}; chọn một trong {list(FORMANTS)}"
        )
    t = np.arange(round(seconds * rate))
    x = np.diff(np.floor(t * pitch / rate), prepend=-1)  # dãy xung
    x = resonator(x, 0, 100, rate)  # làm mềm xung
    pairs = zip(FORMANTS[name], BANDWIDTHS, strict=True)
    for centre, width in pairs:
        x = resonator(x, centre, width, rate)
    x = np.diff(x, prepend=0)  # bức xạ ở môi
    return unit(x - x.mean())


def phrase(*, rng, rate: int = 8000):
    """Khoảng 1.5 giây: ba nốt dây gảy, rồi "a – i – a"."""
    notes = [pluck(f, 0.25, rng=rng, rate=rate) for f in (196, 247, 294)]
    fade = np.minimum(1, np.linspace(0, 12, round(0.25 * rate)))
    spoken = [vowel(v, 120, 0.25, rate=rate) for v in "aia"]
    return np.concatenate([*notes, *(v * fade * fade[::-1] for v in spoken)])
