"""Truth tables of the two-input gates."""

import pytest
import torch

from hocsau.gates import TABLES, gate
from hocsau.neurons import and_gate, not_gate, or_gate, truth_table


def test_rows_count_in_binary():
    X, y = gate("AND")
    assert X.tolist() == truth_table(2).tolist()
    assert X.dtype == y.dtype == torch.float32 and y.shape == (4,)


@pytest.mark.parametrize("name", TABLES)
def test_tables_agree_with_threshold_gates(name):
    a, b = truth_table(2).T
    both, either = and_gate(a, b), or_gate(a, b)
    expected = {
        "AND": both,
        "OR": either,
        "NAND": not_gate(both),
        "XOR": and_gate(either, not_gate(both)),
    }
    assert gate(name)[1].tolist() == expected[name].tolist()


def test_unknown_gate_names_the_choices():
    with pytest.raises(ValueError, match=r"'NOR'.*XOR"):
        gate("NOR")
