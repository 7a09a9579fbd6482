"""Vòng lặp huấn luyện viết trần bằng PyTorch, để tháo thử từng dòng.

Đủ cho bài phân loại; bản có callback và bước soát dữ liệu nằm ở
``hocsau.train``.
Nhà: nm/07.
"""

import torch


def train_epoch(model, batches, loss_fn, optimizer) -> float:
    """Một lượt qua ``batches``; trả về mất mát trung bình theo mẫu.

    ``batches`` cho các cặp (X, y); ``loss_fn(output, y)`` là trung
    bình của batch. Lỗi: ``ZeroDivisionError`` nếu không có batch nào.
    """
    model.train()
    total, count = 0.0, 0
    for X, y in batches:
        output = model(X)  # 1. truyền xuôi
        loss = loss_fn(output, y)  # 2. mất mát
        optimizer.zero_grad()  # 3. xóa gradient cũ
        loss.backward()  # 4. truyền ngược
        optimizer.step()  # 5. cập nhật
        total += loss.item() * len(y)
        count += len(y)
    return total / count


def evaluate(model, batches, loss_fn) -> tuple[float, float]:
    """Mất mát trung bình theo mẫu và độ chính xác, không học gì.

    Mô hình ở lại chế độ eval. Lỗi: như ``train_epoch``.
    """
    model.eval()
    total, hits, count = 0.0, 0, 0
    with torch.no_grad():
        for X, y in batches:
            output = model(X)
            total += loss_fn(output, y).item() * len(y)
            hits += (output.argmax(1) == y).sum().item()
            count += len(y)
    return total / count, hits / count
