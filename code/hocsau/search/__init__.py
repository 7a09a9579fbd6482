"""Tìm siêu tham số: ngẫu nhiên, scikit-learn và Optuna.

``space``: lưới, điểm ngẫu nhiên, mức quan trọng của từng núm.
``luck``: phần may rủi trong cái tốt nhất của nhiều lần thử.
``bench``: bảng tra mọi tổ hợp của một lưới mịn.
``estimator``: mạng PyTorch trong vai một bộ phân loại của scikit-learn.
``study``: nghiên cứu Optuna trong một tệp, ngắt rồi chạy tiếp được.
Nhà: nm/10.
"""

import warnings

with warnings.catch_warnings():
    # Optuna nạp tqdm; trong notebook không có ipywidgets nó cảnh báo.
    warnings.filterwarnings("ignore", message="IProgress not found")
    import optuna  # noqa: F401
