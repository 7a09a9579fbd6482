"""Các mô hình của sách, mỗi kiến trúc một mô-đun.

Nhà: nyu/02-3.
"""

from .mlp import MLP, count_parameters
from .standardise import Standardise

__all__ = ["MLP", "Standardise", "count_parameters"]
