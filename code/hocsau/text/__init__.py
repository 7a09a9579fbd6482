"""Mô hình ngôn ngữ mức ký tự: bảng ký tự, cửa sổ, n-gram, lấy mẫu.

Nhà: mit/lab1-2.
"""
