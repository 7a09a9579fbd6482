"""The plane of three logits: isometric, blind to shifts, three equal sectors."""

import pytest
import torch

from hocsau import logitplane


def logits(n=200):
    return torch.randn(n, 3, generator=torch.Generator().manual_seed(0)).double()


def test_corners_are_unit_vectors_120_degrees_apart():
    V = logitplane.corners(torch.float64)
    gram = V @ V.T
    expected = torch.full((3, 3), -0.5).double().fill_diagonal_(1)
    assert torch.allclose(gram, expected)
    assert torch.allclose(V[0], torch.tensor([0.0, 1.0]).double())


def test_projection_keeps_distances_of_centred_logits():
    z = logits()
    centred = z - z.mean(1, keepdim=True)
    assert torch.allclose(
        torch.cdist(logitplane.project(z), logitplane.project(z)),
        torch.cdist(centred, centred),
        atol=1e-6,
    )


def test_projection_ignores_a_common_shift():
    z = logits()
    assert torch.allclose(logitplane.project(z), logitplane.project(z + 5))


def test_sector_is_the_argmax():
    z = logits()
    assert torch.equal(logitplane.label(logitplane.project(z)), z.argmax(1))
    assert logitplane.label([[0.0, 1.0]]).tolist() == [0]


def test_refuses_another_number_of_classes():
    with pytest.raises(ValueError, match="3 lớp"):
        logitplane.project(torch.zeros(2, 4))
