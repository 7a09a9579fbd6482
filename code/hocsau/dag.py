"""Lan truyền ngược trên đồ thị có hướng không chu trình bất kỳ.

Đồ thị là một từ điển ``{tên: (khối, (tên đầu vào, …))}``; tên không có
trong từ điển là lá, giá trị lấy từ ngoài. Khối theo giao diện của
``hocsau.modules``; mỗi nút một đối tượng riêng, vì khối nhớ lượt xuôi.
Nhà: nyu/02-2.
"""

from graphlib import TopologicalSorter

import torch

from hocsau.modules import as_tuple


def topological(graph):
    """Một thứ tự mà nút nào cũng đứng sau các đầu vào của nó.

    Lỗi: ``graphlib.CycleError`` nếu đồ thị có chu trình.
    """
    before = {name: inputs for name, (_, inputs) in graph.items()}
    order = TopologicalSorter(before).static_order()
    return [name for name in order if name in graph]


def run(graph, leaves, *, order=None):
    """Lượt xuôi: trả về giá trị của mọi nút và mọi lá.

    Lỗi: ``KeyError`` nếu thiếu lá, hoặc ``order`` đặt một nút trước đầu
    vào của nó.
    """
    values = dict(leaves)
    for name in order or topological(graph):
        module, inputs = graph[name]
        values[name] = module.forward(*(values[i] for i in inputs))
    return values


def pull(graph, values, output, *, order=None):
    """Lượt ngược từ nút số ``output``: gradient theo mọi nút và lá.

    Duyệt ngược thứ tự; nút có nhiều đường ra thì cộng các phần gradient
    (luật của khối Duplicate).
    """
    grads = {output: torch.ones_like(values[output])}
    for name in reversed(order or topological(graph)):
        if name not in grads:
            continue  # nút không dẫn tới output
        module, inputs = graph[name]
        pieces = as_tuple(module.backward(grads[name]))
        for source, piece in zip(inputs, pieces, strict=True):
            grads[source] = grads.get(source, 0) + piece
    return grads


def all_orders(graph, done=()):
    """Sinh mọi thứ tự hợp lệ của đồ thị (rất nhiều khi đồ thị to)."""
    left = [name for name in graph if name not in done]
    if not left:
        yield list(done)
    for name in left:
        inputs = graph[name][1]
        if all(i in done or i not in graph for i in inputs):
            yield from all_orders(graph, (*done, name))
