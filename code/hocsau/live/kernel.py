"""Chạy một ô nhúng trong không gian tên của mô-đun chứa nó.

Nhà: huong-dan.
"""

import sys

from .edit import Edit
from .lookup import EmbedError
from .undo import Undo


class LiveError(EmbedError):
    """Ô nhúng không chạy được; notebook chỉ in thông báo này."""

    def _render_traceback_(self):
        return [f"LiveError: {self}"]


def run(relpath: str, dotted: str, text: str, line: int) -> None:
    """Chạy phần ô ``text``, bắt đầu ở dòng ``line`` của ô gọi nó.

    Lỗi: ``LiveError`` khi từ chối; lỗi của chính thân ô thì truyền ra.
    Cả hai trường hợp thư viện giữ nguyên như trước khi chạy.
    """
    __tracebackhide__ = True
    frame = sys._getframe(1)
    undo = Undo()
    try:
        edit = Edit(undo, relpath, dotted, frame.f_globals)
        changed = edit.run(text, line, frame.f_code.co_filename)
    except EmbedError as e:
        undo.back()
        raise LiveError(str(e)) from None
    except BaseException:
        undo.back()
        raise
    top = dotted.partition(".")[0]
    frame.f_globals[top] = vars(edit.module)[top]
    if changed:
        _reset_compiled()


def _reset_compiled():
    """Bỏ các đồ thị torch đã biên dịch, vì chúng mang mã cũ."""
    dynamo = sys.modules.get("torch._dynamo")
    if hasattr(dynamo, "reset"):
        dynamo.reset()
