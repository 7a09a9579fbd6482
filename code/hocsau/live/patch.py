"""Bản vá của tác giả: dòng ``- `` như trong nguồn, ``+ `` thay vào.

Bản vá áp lên nguồn *hiện tại*, nên không thể cũ đi mà không ai hay:
dòng không còn trong nguồn là một lỗi nêu cả hai đoạn.

Nhà: huong-dan.
"""

from .lookup import EmbedError


def apply(parts: list[list[str]], patch: str, where: str):
    """Áp ``patch`` lên các đoạn dòng; trả về các đoạn mới.

    Mỗi dòng mới là cặp ``(chữ, có đổi không)``. Các cụm vá cách nhau
    bằng dòng trống hoặc ``...``; dòng ngữ cảnh có hai dấu cách ở đầu.

    Lỗi: ``EmbedError`` khi một cụm không khớp, hoặc khớp nhiều chỗ.
    """
    new = [[[(line, False)] for line in lines] for lines in parts]
    taken = set()
    for hunk in _hunks(patch, where):
        p, i, shift = _locate(hunk, parts, where)
        spot = {(p, j) for j in range(i, i + _old_size(hunk))}
        if taken & spot:
            raise EmbedError(
                f"{where}: hai cụm vá đè lên nhau; gộp làm một:\n"
                + _show(hunk)
            )
        taken |= spot
        _replace(new[p], hunk, i, shift)
    return [[x for group in groups for x in group] for groups in new]


def _hunks(patch, where):
    hunks = [[]]
    for number, line in enumerate(patch.splitlines(), 1):
        line = line.rstrip()
        if line in ("", "..."):
            hunks.append([])
        elif line in ("-", "+") or line[:2] in ("- ", "+ ", "  "):
            hunks[-1].append((line[0], line[2:]))
        else:
            raise EmbedError(
                f"{where}: dòng {number} của bản vá phải bắt đầu bằng "
                f"'- ', '+ ' hoặc hai dấu cách: {line!r}"
            )
    hunks = [h for h in hunks if h]
    for hunk in hunks:
        if all(sign == " " for sign, _ in hunk):
            why = "cụm vá không đổi gì; thêm dòng '- ' hoặc '+ '"
        elif not _old_size(hunk):
            why = (
                "cụm vá chỉ có dòng '+': không biết chèn vào đâu; thêm "
                "một dòng ngữ cảnh (hai dấu cách ở đầu)"
            )
        else:
            continue
        raise EmbedError(f"{where}: {why}:\n{_show(hunk)}")
    return hunks


def _old_size(hunk):
    return sum(sign != "+" for sign, _ in hunk)


def _locate(hunk, parts, where):
    old = [text for sign, text in hunk if sign != "+"]
    found = [
        (p, i, shift)
        for p, lines in enumerate(parts)
        for i in range(len(lines) - len(old) + 1)
        if (shift := _shift(old, lines[i : i + len(old)])) is not None
    ]
    exact = [f for f in found if f[2] == 0]
    found = exact or found
    if len(found) == 1:
        return found[0]
    source = "\n".join("  | " + x for lines in parts for x in lines)
    why = (
        f"khớp {len(found)} chỗ trong nguồn; thêm dòng ngữ cảnh"
        if found
        else "không có trong nguồn hiện tại; sửa bản vá theo nguồn"
    )
    raise EmbedError(
        f"{where}: cụm vá {why}.\nBản vá:\n{_show(hunk)}\n"
        f"Nguồn hiện tại:\n{source}"
    )


def _indent(text):
    return len(text) - len(text.lstrip())


def _shift(old, lines):
    """Số dấu cách phải thêm để ``old`` khớp; None: không khớp."""
    shifts = set()
    for a, b in zip(old, lines, strict=True):
        if a.strip() != b.strip():
            return None
        if a.strip():
            shifts.add(_indent(b) - _indent(a))
    if len(shifts) > 1:
        return None
    return shifts.pop() if shifts else 0


def _moved(text, shift):
    if not text or shift >= 0:
        return " " * shift * bool(text) + text
    return text[min(-shift, _indent(text)) :]


def _replace(groups, hunk, i, shift):
    """Dòng thêm bám vào dòng cũ ngay trước nó; ở đầu thì ngay sau."""
    pending = []
    last = None
    for sign, text in hunk:
        if sign == "+":
            new = (_moved(text, shift), True)
            (pending if last is None else groups[last]).append(new)
            continue
        if sign == "-":
            groups[i] = [x for x in groups[i] if x[1]]
        groups[i][:0] = pending
        pending, last, i = [], i, i + 1


def _show(hunk):
    return "\n".join(f"  {sign} {text}".rstrip() for sign, text in hunk)
