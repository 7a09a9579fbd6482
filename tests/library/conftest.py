"""What tests of drawings share."""

import matplotlib.pyplot as plt
import pytest

from hocsau import plot


@pytest.fixture
def ax():
    """One panel in the style of the book, closed afterwards."""
    with plot.style():
        fig, ax = plot.figure()
        yield ax
        plt.close(fig)
