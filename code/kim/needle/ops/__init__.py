"""Phép của khóa học, chia tệp như khóa học.

Nhà: dlsys/08.
"""

from . import ops_logarithmic, ops_mathematic, ops_tuple
from .ops_logarithmic import *  # noqa: F403
from .ops_mathematic import *  # noqa: F403
from .ops_tuple import *  # noqa: F403

__all__ = [
    *ops_mathematic.__all__,
    *ops_logarithmic.__all__,
    *ops_tuple.__all__,
]
