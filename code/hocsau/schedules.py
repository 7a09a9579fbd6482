"""Lịch tốc độ học của PyTorch: vẽ ra, và so nhiều lịch một lượt.

[SCHEDULES] gọi tên bảy lịch; [trace] đọc tốc độ học mà một lịch thật sự
đặt vào bộ tối ưu ở từng bước; [compare] huấn luyện nhiều mạng cùng lúc,
mỗi mạng một tốc độ học, một seed và một lịch riêng.
Nhà: nm/09.
"""

from functools import partial

import torch
from torch.optim import lr_scheduler as torch_schedules

from hocsau import together
from hocsau.optimisers import SGD
from hocsau.stacked import generators, mlps, normal


class PerStep:
    """Một lịch gọi sau mỗi bước; ``epoch_end`` không làm gì."""

    def __init__(self, scheduler):
        self.step = scheduler.step

    def epoch_end(self, val_loss):
        pass


class Plateau:
    """Chia đôi tốc độ học sau 3 epoch mất mát kiểm định không giảm."""

    def __init__(self, optimizer):
        self.inner = torch_schedules.ReduceLROnPlateau(
            optimizer, factor=0.5, patience=2
        )

    def step(self):
        pass

    def epoch_end(self, val_loss):
        self.inner.step(val_loss)


def constant(optimizer, num_steps):
    """Không đổi."""
    return PerStep(torch_schedules.LambdaLR(optimizer, lambda t: 1.0))


def step(optimizer, num_steps):
    """Bậc thang: chia 10 sau một nửa và sau ba phần tư số bước."""
    marks = [num_steps // 2, num_steps * 3 // 4]
    return PerStep(torch_schedules.MultiStepLR(optimizer, marks))


def exponential(optimizer, num_steps):
    """Nhân đều mỗi bước, tới cuối còn 1/100."""
    gamma = 0.01 ** (1 / num_steps)
    return PerStep(torch_schedules.ExponentialLR(optimizer, gamma))


def cosine(optimizer, num_steps):
    """Nửa chu kỳ cosin về 0. Nguồn: Loshchilov và Hutter (2017)."""
    return PerStep(
        torch_schedules.CosineAnnealingLR(optimizer, num_steps)
    )


def warmup_cosine(optimizer, num_steps, share=0.1):
    """Tăng thẳng trong ``share`` số bước đầu, rồi cosin về 0."""
    rise = max(1, round(share * num_steps))
    parts = [
        torch_schedules.LinearLR(optimizer, 1 / rise, total_iters=rise),
        torch_schedules.CosineAnnealingLR(optimizer, num_steps - rise),
    ]
    return PerStep(
        torch_schedules.SequentialLR(optimizer, parts, [rise])
    )


def plateau(optimizer, num_steps):
    """Chờ mất mát kiểm định chững lại rồi mới giảm."""
    return Plateau(optimizer)


def one_cycle(optimizer, num_steps):
    """Lên rồi xuống; momentum đi ngược lại. Smith và Topin (2018)."""
    return PerStep(
        torch_schedules.OneCycleLR(
            optimizer,
            max_lr=optimizer.param_groups[0]["lr"],
            total_steps=num_steps + 1,
        )
    )


SCHEDULES = {
    "hằng": constant,
    "bậc thang": step,
    "mũ": exponential,
    "cosin": cosine,
    "khởi động": warmup_cosine,
    "chững": plateau,
    "một chu kỳ": one_cycle,
}


def holder(lr, momentum=0.9):
    """Bộ tối ưu SGD giữ chỗ: lịch chỉ đọc và sửa các con số của nó."""
    w = torch.zeros(1, requires_grad=True)
    w.grad = torch.zeros(1)
    return torch.optim.SGD([w], lr=lr, momentum=momentum)


def trace(make, num_steps, *, lr=1.0, key="lr"):
    """Con số ``key`` ở từng bước dưới lịch ``make``: (num_steps,).

    ``make(optimizer, num_steps)``: lịch có ``step()``. ``key``: "lr"
    hay "momentum".
    """
    optimizer, values = holder(lr), []
    schedule = make(optimizer, num_steps)
    for _ in range(num_steps):
        values.append(float(optimizer.param_groups[0][key]))
        optimizer.step()
        schedule.step()
    return torch.tensor(values)


def compare(
    make, X, y, val, *, sizes, lrs, seeds, num_epochs, batch_size=32,
    gain=2**0.5,
):  # fmt: skip
    """Huấn luyện len(lrs) × len(seeds) mạng theo lịch ``make``.

    ``val`` = (X_val, y_val). Momentum 0.9; ``gain`` như ở ``normal``.
    Trả về các mạng và mất mát kiểm định sau mỗi epoch, (num_epochs,
    len(lrs), len(seeds)); mạng văng ra thì nan.
    """
    alone = [lr for lr in lrs for _ in seeds]
    which = [seed for _ in lrs for seed in seeds]
    nets = mlps(sizes, seeds=which, init=partial(normal, gain=gain))
    batches = together.Batches(
        X, y, batch_size=batch_size, drop_last=True,
        rngs=generators(which, 1000),
    )  # fmt: skip
    optimiser, losses = SGD(nets.parameters(), 0.0), []
    # Chỉ lịch chững nhìn kết quả; lịch khác chung cho mọi seed.
    plans = Plans(
        make, alone if make is plateau else lrs, len(alone),
        num_epochs * len(batches), optimiser,
    )  # fmt: skip

    def on_epoch(nets):
        losses.append(together.evaluate(nets, *val)[0])
        plans.epoch_end(losses[-1])

    together.fit(
        nets, batches, optimiser, num_epochs=num_epochs,
        on_step=plans.on_step, on_epoch=on_epoch,
    )  # fmt: skip
    return nets, torch.stack(losses).view(num_epochs, len(lrs), -1)


class Plans:
    """Lịch ``make`` cho nhiều mạng: đặt lr, momentum của ``optimiser``.

    Mỗi phần tử của ``lrs`` một lịch, chung cho num_nets / len(lrs) mạng
    đứng liền nhau.
    """

    def __init__(self, make, lrs, num_nets, num_steps, optimiser):
        self.holders = [holder(lr) for lr in lrs]
        self.plans = [make(h, num_steps) for h in self.holders]
        self.share = num_nets // len(self.plans)
        self.optimiser = optimiser

    def on_step(self, i):
        """Trước bước thứ i: mọi lịch tới bước ấy, rồi đặt hai con số."""
        for h, plan in zip(self.holders, self.plans, strict=True):
            # PyTorch đòi bộ tối ưu bước trước lịch.
            plan.step() if i else h.step()
        self.optimiser.lr = self.read("lr")
        self.optimiser.momentum = self.read("momentum")

    def read(self, key):
        """Con số ``key`` của từng mạng: (s, 1, 1)."""
        values = [h.param_groups[0][key] for h in self.holders]
        each = torch.tensor(values).repeat_interleave(self.share)
        return together.per_net(each)

    def epoch_end(self, losses):
        """Cho mỗi lịch xem mất mát kiểm định của mạng đầu trong nhóm."""
        for plan, loss in zip(
            self.plans, losses[:: self.share], strict=True
        ):
            plan.epoch_end(loss.item())
