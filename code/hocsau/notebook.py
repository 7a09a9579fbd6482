"""Tiện ích cho notebook: ``glue`` đưa một kết quả đã tính vào câu chữ của trang.

Nhà: nyu/01-1.
"""

_PREFIX = "application/papermill.record/"


def glue(name: str, text: str) -> None:
    """Ghi chuỗi ``text`` dưới tên ``name`` để câu chữ trích lại bằng ``{glue:text}``.

    ``text`` phải là chuỗi đã định dạng sẵn (ví dụ ``f"{acc:.1%}"``): trang in đúng
    như thế. Ngoài trang sách, ô này không in gì.

    Lỗi: ``TypeError`` nếu ``text`` không phải chuỗi.
    """
    if not isinstance(text, str):
        raise TypeError(
            f"glue({name!r}): cần chuỗi đã định dạng, nhận {type(text).__name__}; "
            f'viết glue({name!r}, f"{{x:.3f}}")'
        )
    from IPython.display import display

    display(
        {_PREFIX + "text/plain": repr(text)},  # repr: giữ số 0 cuối
        raw=True,
        metadata={"scrapbook": {"name": name, "mime_prefix": _PREFIX}},
    )
