"""``glue`` hands a text over as it stands and refuses anything else."""

from ast import literal_eval

import pytest

from hocsau import notebook


def test_text_arrives_to_the_letter(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *a, **k: shown.append((a, k)))
    notebook.glue("so", "1.00")
    ((data,), options) = shown[0]
    (text,) = data.values()
    assert literal_eval(text) == "1.00"
    assert options["metadata"]["scrapbook"]["name"] == "so"


def test_a_number_is_refused_with_the_remedy():
    with pytest.raises(TypeError, match=r"glue\('so'"):
        notebook.glue("so", 1.0)
