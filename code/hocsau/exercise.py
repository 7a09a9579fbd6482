"""Bản bài tập của notebook: ``filled`` hỏi một chỗ trống đã được điền chưa.

Nhà: huong-dan.
"""


class GapError(NotImplementedError):
    """Một chỗ trống của bản bài tập chưa được điền."""


def filled(value: object, name: str, hint: str) -> None:
    """Báo bằng lời nếu ``name`` vẫn là dấu ``...`` mà bản bài tập để lại.

    Lỗi: ``GapError`` nêu tên, gợi ý và việc phải làm.
    """
    if value is ...:
        raise GapError(
            f"Chưa điền {name}: {hint}. Tìm dòng «# ĐIỀN: {hint}» ở ô phía trên, "
            "thay dấu ... bằng mã của bạn, chạy lại ô ấy rồi mới chạy ô này."
        )
