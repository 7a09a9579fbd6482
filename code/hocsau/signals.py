"""Đo ba tính chất của tín hiệu: địa phương, dừng, ghép.

Tín hiệu là mảng NumPy: âm thanh (t,), ảnh xám (h, w).
Nhà: nyu/03-3.
"""

import numpy as np


def autocorrelation(x):
    """Tự tương quan ρ(d) với mọi độ lệch d không âm, tính bằng FFT.

    ρ(d) = trung bình của (x_p − μ)(x_{p+d} − μ) trên các cặp nằm trong
    khung, chia cho phương sai. ``x``: mảng 1 hay 2 chiều; trả về mảng
    cùng cỡ, phần tử đầu là ρ(0) = 1.
    Lỗi: ``ValueError`` nếu ``x`` là hằng số.
    """
    x = np.asarray(x, dtype=float)
    if x.std() == 0:
        raise ValueError(
            "autocorrelation: x là hằng số, phương sai bằng 0; "
            "đưa tín hiệu có thay đổi"
        )
    double, inside = [2 * n for n in x.shape], np.ones(x.shape)
    axes = tuple(range(x.ndim))

    def pairs(z):  # tổng z_p z_{p+d}: nhân với chính nó ở miền tần số
        power = abs(np.fft.rfftn(z, double, axes=axes)) ** 2
        out = np.fft.irfftn(power, double, axes=axes)
        return out[tuple(slice(n) for n in x.shape)]

    count = np.round(pairs(inside))
    return pairs(x - x.mean()) / count / x.var()


def windows(image, size: int, step: int = 1):
    """Cắt cửa sổ cạnh ``size`` rồi duỗi: (h, w) → (số cửa sổ, size²).

    Âm thanh (t,) cũng được: (số cửa sổ, size).
    """
    x = np.asarray(image)
    view = np.lib.stride_tricks.sliding_window_view(x, (size,) * x.ndim)
    cut = view[(slice(None, None, step),) * x.ndim]
    return cut.reshape(-1, size**x.ndim)


def shrink(image, factor: int):
    """Thu nhỏ: mỗi ô ``factor`` × ``factor`` thay bằng trung bình."""
    h, w = (n // factor for n in image.shape)
    cut = image[: h * factor, : w * factor]
    return cut.reshape(h, factor, w, factor).mean((1, 3))


def patch_covariance(image, size: int, step: int = 2):
    """Hiệp phương sai của mảnh ``size`` × ``size`` đã trừ độ sáng.

    Trả về (size², size²); với âm thanh (t,) thì (size, size).
    """
    P = windows(image, size, step)
    P = P - P.mean(1, keepdims=True)
    return P.T @ P / len(P)


def alignment(A, B) -> float:
    """Hai hiệp phương sai cùng kiểu tới đâu: 1 là cùng, 0 là lạ nhau.

    Đưa cả hai về ma trận tương quan (bỏ độ tương phản), bỏ đường chéo
    (ma trận nào cũng là 1), rồi lấy hệ số tương quan của phần còn lại.
    """

    def style(K):
        scale = np.sqrt(np.diag(K))
        R = K / np.outer(scale, scale)
        return R[~np.eye(len(K), dtype=bool)]

    return float(np.corrcoef(style(A), style(B))[0, 1])


def reuse(A, B, k: int = 5) -> float:
    """Mượn ``k`` bộ lọc của A cho B: giữ được bao nhiêu so với tự làm.

    Bộ lọc là ``k`` vector riêng đầu. Trả về thương của phần phương sai
    B mà bộ lọc của A giữ, và phần mà bộ lọc của chính B giữ.
    """
    V = np.linalg.eigh(A)[1][:, -k:]
    own = np.linalg.eigvalsh(B)[-k:].sum()
    return float(np.trace(V.T @ B @ V) / own)


def toeplitz_share(X, side: int) -> float:
    """Phần của ma trận tương quan được giải thích bằng độ lệch vị trí.

    ``X``: (n, side²), mỗi hàng một ảnh duỗi. Nếu tương quan của hai
    điểm ảnh chỉ phụ thuộc độ lệch giữa chúng (tính dừng) thì bằng 1.
    Cột không đổi bị bỏ qua.
    """
    X = np.asarray(X, dtype=float)
    live = np.flatnonzero(X.std(0) > 1e-4 * X.std())
    K = np.corrcoef(X[:, live].T)
    row, col = np.divmod(live, side)
    key = (row[:, None] - row) * 2 * side + (col[:, None] - col)
    off = ~np.eye(len(live), dtype=bool)
    group = np.unique(key[off], return_inverse=True)[1]
    K = K[off]
    mean = np.bincount(group, K) / np.bincount(group)
    return float(1 - ((K - mean[group]) ** 2).mean() / K.var())


def same_spectrum(image, *, rng):
    """Ảnh ngẫu nhiên có đúng phổ biên độ của ``image``, pha xáo trộn.

    Lấy pha từ nhiễu trắng nên kết quả là ảnh thực; tự tương quan vòng
    không đổi. Âm thanh (t,) cũng được.
    """
    mean = image.mean()
    noise = np.fft.fftn(rng.normal(size=image.shape))
    size = abs(np.fft.fftn(image - mean))
    return np.fft.ifftn(size * noise / abs(noise)).real + mean


def spectrogram(x, size: int = 128, step: int = 32):
    """Bảng tần số – thời gian của âm (t,): log độ lớn FFT từng khung.

    Khung dài ``size``, cách nhau ``step`` mẫu, cửa sổ Hann; bỏ tần số 0.
    Trả về (size // 2, số khung).
    """
    frames = windows(x, size, step) * np.hanning(size)
    return np.log(abs(np.fft.rfft(frames))[:, 1:].T + 1e-3)


def patch_words(
    images, *, size: int, k: int, seed: int, floor: float = 0.02,
    most: int = 8000,
):
    """Gọi tên mỗi mảnh ``size`` × ``size`` bằng một trong ``k`` từ.

    Mảnh được trừ trung bình và chia cho (độ lệch chuẩn + ``floor``),
    nên mảnh có độ tương phản dưới ``floor`` gần như phẳng; rồi gom cụm
    k-means trên tối đa ``most`` mảnh. ``images``: các ảnh xám (h, w); trả về
    các mảng mã nguyên (h // size, w // size).
    """
    from sklearn.cluster import KMeans

    def normalised(image):
        P = windows(image, size, size)
        P = P - P.mean(1, keepdims=True)
        return P / (P.std(1, keepdims=True) + floor)

    images = [x[: len(x) // size * size] for x in images]
    images = [x[:, : x.shape[1] // size * size] for x in images]
    sets = [normalised(x) for x in images]
    P = np.concatenate(sets)
    pick = np.random.default_rng(seed).permutation(len(P))[:most]
    model = KMeans(k, n_init=1, max_iter=40, random_state=seed)
    model.fit(P[pick])
    return [
        model.predict(s).reshape(x.shape[0] // size, -1)
        for s, x in zip(sets, images, strict=True)
    ]


def neighbour_information(codes, k: int, gap: int = 1) -> float:
    """Thông tin tương hỗ (bit) giữa hai mã cách nhau ``gap`` ô.

    Gộp cặp ngang và cặp dọc của mọi bảng mã. Ước lượng cắm vào thừa
    trung bình (k − 1)²/(2 n ln 2) bit khi độc lập; phần ấy đã trừ.
    """
    joint = np.zeros((k, k))
    for c in codes:
        for a, b in (
            (c[:, :-gap], c[:, gap:]),
            (c[:-gap], c[gap:]),
        ):
            np.add.at(joint, (a.ravel(), b.ravel()), 1)
    n = joint.sum()
    p = joint / n
    alone = np.outer(p.sum(1), p.sum(0))
    seen = p > 0
    bits = (p[seen] * np.log2(p[seen] / alone[seen])).sum()
    return float(bits - (k - 1) ** 2 / (2 * n * np.log(2)))
