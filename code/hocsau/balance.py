"""Xe đạp đồ chơi: giữ thăng bằng càng lâu càng tốt.

[ride] cho nhiều tay lái chạy thử cùng lúc và chỉ báo lại mỗi người đứng
được bao lâu: một hộp đen đúng nghĩa.
Nhà: nyu/02-1.
"""

import numpy as np

GRAVITY = 9.81  # m/s²; thân xe coi như con lắc ngược dài 1 m


def ride(gains, *, rng, seconds=5.0, dt=0.02, push=0.45, delay=8):
    """Thời gian (giây) xe chưa đổ của từng tay lái.

    ``gains``: (m, 2), mỗi hàng là ``(k₁, k₂)``. Góc nghiêng a và vận
    tốc góc v theo ``v̇ = 9.81·a − u + gió``; tay lái ra lệnh
    ``u = k₁·a + k₂·v``, giữ trong ±8 rad/s², có hiệu lực sau ``delay``
    bước (phản xạ 0.16 s). Xe đổ khi ``|a| ≥ 0.5`` rad. Gió mỗi bước có
    độ lệch chuẩn ``push·√dt``. Trả về (m,), tối đa ``seconds``.
    """
    gains = np.atleast_2d(np.asarray(gains, dtype=float))
    lean = 0.05 * rng.normal(size=len(gains))
    rate = np.zeros(len(gains))
    upright = np.ones(len(gains), dtype=bool)
    steps = np.zeros(len(gains))
    pending = [np.zeros(len(gains))] * delay  # lệnh còn trên đường
    for _ in range(round(seconds / dt)):
        command = gains[:, 0] * lean + gains[:, 1] * rate
        pending.append(np.clip(command, -8, 8))
        steer = pending.pop(0)
        gust = push * np.sqrt(dt) * rng.normal(size=len(gains))
        rate = rate + dt * (GRAVITY * lean - steer) + gust
        lean = lean + dt * rate
        upright &= abs(lean) < 0.5
        steps += upright
    return dt * steps
