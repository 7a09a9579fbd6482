"""Tìm siêu tham số bằng scikit-learn và Optuna.

``estimator``: mạng PyTorch trong vai một bộ phân loại của scikit-learn.
``study``: nghiên cứu Optuna trong một tệp, ngắt rồi chạy tiếp được.
Nhà: nm/10.
"""
