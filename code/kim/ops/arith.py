"""Phép số học: cộng, trừ, nhân, chia, đổi dấu, lũy thừa.

Hai đầu vào theo broadcasting của NumPy; gradient được cộng dồn về shape
gốc ở một chỗ duy nhất, ``kim.autograd.fit``. Ký hiệu: g = ∂L/∂y.

Nhà: dlsys/05.
"""

from ..autograd import Op
from .elementwise import log, where


class Elementwise(Op):
    """Phép hai ngôi từng phần tử; biết nói trục nào không khớp."""

    def reason(self, a, b):
        for i in range(1, min(len(a), len(b)) + 1):
            if a[-i] != b[-i] and 1 not in (a[-i], b[-i]):
                return f"trục {-i}: {a[-i]} ≠ {b[-i]}, không có số 1"


class Add(Elementwise):
    """y = a + b; ā = g, b̄ = g."""

    def forward(self, a, b):
        return a + b

    def vjp(self, g, out, a, b):
        return g, g


class Sub(Elementwise):
    """y = a − b; ā = g, b̄ = −g."""

    def forward(self, a, b):
        return a - b

    def vjp(self, g, out, a, b):
        return g, -g if b.requires_grad else None


class Mul(Elementwise):
    """y = a · b; ā = g · b, b̄ = g · a."""

    def forward(self, a, b):
        return a * b

    def vjp(self, g, out, a, b):
        return (
            g * b if a.requires_grad else None,
            g * a if b.requires_grad else None,
        )


class Div(Elementwise):
    """y = a / b; ā = g / b, b̄ = −g · y / b."""

    def forward(self, a, b):
        return a / b

    def vjp(self, g, out, a, b):
        return g / b, -g * out / b if b.requires_grad else None


class Neg(Op):
    """y = −a; ā = −g."""

    def forward(self, a):
        return -a

    def vjp(self, g, out, a):
        return (-g,)


class Power(Op):
    """y = aᵖ với p là một số; ā = g · p · aᵖ⁻¹."""

    def __init__(self, p):
        self.p = p

    def forward(self, a):
        return a**self.p

    def vjp(self, g, out, a):
        if self.p == 0:  # tránh 0 · 0⁻¹ tại a = 0
            return (g * 0,)
        return (g * (self.p * pow(a, self.p - 1)),)


class Pow(Elementwise):
    """y = aᵇ; ā = g · b · aᵇ⁻¹, b̄ = g · y · ln a (0 khi a = 0)."""

    def forward(self, a, b):
        return a**b

    def vjp(self, g, out, a, b):
        safe = where(a.array > 0, a, 1)
        return g * b * a ** (b - 1), g * out * log(safe)


def add(a, b):
    """Tổng a + b từng phần tử, có broadcasting."""
    return Add()(a, b)


def sub(a, b):
    """Hiệu a − b từng phần tử, có broadcasting."""
    return Sub()(a, b)


def mul(a, b):
    """Tích a · b từng phần tử, có broadcasting."""
    return Mul()(a, b)


def div(a, b):
    """Thương a / b từng phần tử, có broadcasting."""
    return Div()(a, b)


def neg(a):
    """Số đối −a."""
    return Neg()(a)


def pow(a, b):
    """Lũy thừa aᵇ từng phần tử; b là số thì dùng công thức ngắn hơn."""
    return Power(b)(a) if isinstance(b, (int, float)) else Pow()(a, b)
