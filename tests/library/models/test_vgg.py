"""VGG16 has the published size, shapes and torchvision's names."""

import torch
from torch import nn

from hocsau.models import count_parameters
from hocsau.models.vgg import vgg16


def test_parameter_count_is_the_published_one():
    with torch.device("meta"):
        assert count_parameters(vgg16()) == 138_357_544


def test_shapes_through_the_net():
    with torch.device("meta"):
        model, X = vgg16(10), torch.zeros(2, 3, 224, 224)
        assert model.features(X).shape == (2, 512, 7, 7)
        assert model(X).shape == (2, 10)


def test_names_are_those_of_published_weights():
    with torch.device("meta"):
        model = vgg16()
    convs = [n for n, m in model.named_modules() if isinstance(m, nn.Conv2d)]
    places = [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28]
    assert convs == [f"features.{i}" for i in places]
    heads = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)]
    assert heads == ["classifier.0", "classifier.3", "classifier.6"]
