"""hw2 data: transforms, MNIST, loader."""

import gzip
import struct

import numpy as np
import pytest

import kim.needle as ndl
from kim.needle import data


@pytest.fixture
def files(tmp_path):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (6, 28, 28), dtype=np.uint8)
    labels = np.array([3, 1, 4, 1, 5, 9], np.uint8)
    for prefix in ("train", "t10k"):
        for kind, array, name in (
            (3, images, f"{prefix}-images-idx3-ubyte.gz"),
            (1, labels, f"{prefix}-labels-idx1-ubyte.gz"),
        ):
            head = struct.pack(f">HBB{kind}I", 0, 8, kind, *array.shape)
            (tmp_path / name).write_bytes(gzip.compress(head + array.tobytes()))
    return tmp_path, images, labels


def dataset(folder, transforms=None):
    return data.MNISTDataset(
        folder / "train-images-idx3-ubyte.gz",
        folder / "train-labels-idx1-ubyte.gz",
        transforms,
    )


def test_mnist_items_and_slices(files):
    folder, images, labels = files
    d = dataset(folder)
    img, label = d[2]
    assert len(d) == 6 and img.shape == (28, 28, 1) and label == 4
    assert img.dtype == np.float32
    np.testing.assert_allclose(img[..., 0], images[2] / np.float32(255))
    imgs, ys = d[1:4]
    assert imgs.shape == (3, 28, 28, 1) and ys.tolist() == labels[1:4].tolist()
    imgs, ys = d[1:2]
    assert imgs.shape == (1, 28, 28, 1) and ys.tolist() == [1]


def test_transforms_follow_the_global_generator(files):
    img = np.arange(24.0).reshape(3, 4, 2)
    np.random.seed(0)
    draws = np.random.rand(20) < 0.5
    np.random.seed(0)
    flip = data.RandomFlipHorizontal()
    for flipped in draws:
        expected = img[:, ::-1, :] if flipped else img
        assert (flip(img) == expected).all()
    np.random.seed(1)
    x, y = np.random.randint(-2, 3, size=2)
    np.random.seed(1)
    padded = np.pad(img, [(2, 2), (2, 2), (0, 0)])
    expected = padded[2 + x : 5 + x, 2 + y : 6 + y]
    assert (data.RandomCrop(2)(img) == expected).all()
    flipped = dataset(files[0], [data.RandomFlipHorizontal(1.0)])
    assert (flipped[0][0] == dataset(files[0])[0][0][:, ::-1]).all()


def test_loader_yields_tensors_in_both_orders():
    d = data.NDArrayDataset(np.arange(10), np.arange(10) ** 2)
    batches = list(data.DataLoader(d, batch_size=4))
    assert [b[0].numpy().tolist() for b in batches][2] == [8, 9]
    assert all(isinstance(t, ndl.Tensor) for b in batches for t in b)
    loader = data.DataLoader(d, 4, shuffle=True)
    np.random.seed(2)
    expected = np.random.permutation(10)
    np.random.seed(2)
    seen = np.concatenate([b[0].numpy() for b in loader])
    assert (seen == expected).all()
    again = np.concatenate([b[0].numpy() for b in loader])
    assert sorted(again) == list(range(10)) and (again != seen).any()


def test_batches_compare_by_identity():
    d = data.NDArrayDataset(np.zeros((4, 2, 2)), np.arange(4))
    first, second = (next(iter(data.DataLoader(d, 2))) for _ in range(2))
    assert first == first and first != second


def test_epoch_starts_from_the_seed_of_the_course():
    from kim.needle.apps.mlp_resnet import MLPResNet, epoch

    d = data.NDArrayDataset(np.ones((6, 20), np.float32), np.zeros(6, int))
    opt = ndl.optim.SGD((model := MLPResNet(20, 8)).parameters())
    epoch(data.DataLoader(d, 3, shuffle=True), model, opt)
    after = np.random.rand()
    np.random.seed(9)
    epoch(data.DataLoader(d, 3, shuffle=True), model, opt)
    assert after == np.random.rand()


def test_apps_train_on_files_of_the_true_format(files):
    from kim.needle.apps import mlp_resnet

    np.random.seed(0)
    result = mlp_resnet.train_mnist(6, 60, lr=0.01, hidden_dim=16, data_dir=files[0])
    assert len(result) == 4 and result[0] < 0.2 and result[2] == 0


def test_mlp_resnet_shapes_and_parameter_count():
    from kim.needle.apps.mlp_resnet import MLPResNet, ResidualBlock, epoch

    model = MLPResNet(20, hidden_dim=8, num_blocks=2, num_classes=5)
    x = ndl.Tensor(np.ones((3, 20), np.float32))
    assert model(x).shape == (3, 5)
    block = (8 * 4 + 4) + 2 * 4 + (4 * 8 + 8) + 2 * 8
    total = sum(p.numpy().size for p in model.parameters())
    assert total == (20 * 8 + 8) + 2 * block + (8 * 5 + 5)
    assert ResidualBlock(8, 4)(ndl.Tensor(np.ones((3, 8), np.float32))).shape == (3, 8)
    d = data.NDArrayDataset(np.ones((6, 20), np.float32), np.zeros(6, int))
    error, loss = epoch(data.DataLoader(d, 2), model)
    assert 0 <= error <= 1 and loss > 0 and not model.training
