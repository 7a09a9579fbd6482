"""Các mô hình của sách, mỗi kiến trúc một mô-đun.

Nhà: nyu/02-3.
"""

from .mlp import MLP, count_parameters

__all__ = ["MLP", "count_parameters"]
