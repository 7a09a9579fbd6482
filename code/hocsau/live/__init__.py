"""Ô nhúng sống: sửa một ô nhúng là sửa thư viện.

``%load_ext hocsau.live`` nạp phần mở rộng vào IPython (Jupyter, Colab,
Binder). Ô bắt đầu bằng ``# kim/ops.py · mul`` khi ấy chạy trong không
gian tên của ``kim.ops``: chưa sửa thì chỉ gắn tên ``mul`` vào notebook,
đã sửa thì thay ``mul`` ở mọi nơi đang dùng nó, chạy lại ô chưa sửa thì
trả lại như cũ. Lệnh đứng sau định nghĩa chạy trong notebook như thường.
Không nạp phần mở rộng thì ô vẫn là Python bình thường.

Nhà: huong-dan.
"""

from .transform import LiveCells

_hooks = {}


def load_ipython_extension(ip) -> None:
    """Bật ô nhúng sống trong phiên IPython ``ip``."""
    if id(ip) in _hooks:
        return
    hook = _hooks[id(ip)] = LiveCells()
    ip.input_transformers_post.append(hook.remember)
    ip.ast_transformers.append(hook)


def unload_ipython_extension(ip) -> None:
    """Tắt ô nhúng sống; những gì đã sửa trong thư viện giữ nguyên."""
    hook = _hooks.pop(id(ip), None)
    if hook in ip.ast_transformers:
        ip.ast_transformers.remove(hook)
    if hook and hook.remember in ip.input_transformers_post:
        ip.input_transformers_post.remove(hook.remember)
