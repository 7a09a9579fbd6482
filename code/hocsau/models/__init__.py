"""Các mô hình của sách, mỗi kiến trúc một mô-đun."""

from .mlp import MLP, count_parameters

__all__ = ["MLP", "count_parameters"]
