"""Which modules a page depends on: everything it reaches, nothing else."""

import ast

from hocsau_build.closure import Walker


def closure(mini, source):
    walker = Walker([mini.root / "code"])
    walker.add_source(ast.parse(source))
    return walker.out


def test_transitive_and_relative_imports(mini):
    mini.module("pkg.low", "x = 1")
    mini.module("pkg.mid", "from .low import x")
    mini.module("pkg.top", "def f():\n    from . import mid\n    return mid.x")
    out = closure(mini, "from pkg.top import f")
    assert set(out.modules) == {"pkg", "pkg.top", "pkg.mid", "pkg.low"}


def test_pure_reexport_is_looked_through(mini):
    mini.module("pkg.a", "def fa(): return 1")
    mini.module("pkg.b", "def fb(): return 2")
    mini.module("pkg.__init__", "'''doc'''\nfrom .a import fa\nfrom .b import fb as gb")
    assert set(closure(mini, "from pkg import fa").modules) == {"pkg.a"}
    assert set(closure(mini, "import pkg\npkg.gb()").modules) == {"pkg.b"}
    assert set(closure(mini, "import pkg as p\np.fa()").modules) == {"pkg.a"}


def test_a_package_taken_from_a_package_is_looked_through(mini):
    mini.module("top.__init__", "")
    mini.module("top.pkg.a", "def fa(): return 1")
    mini.module("top.pkg.b", "def fb(): return 2")
    mini.module("top.pkg.__init__", "from .a import fa\nfrom .b import fb")
    assert set(closure(mini, "from top import pkg\npkg.fa()").modules) == {
        "top", "top.pkg.a"
    }  # fmt: skip
    whole = closure(mini, "from top import pkg as p\nf(p)")
    assert set(whole.modules) == {"top", "top.pkg", "top.pkg.a", "top.pkg.b"}
    assert whole.loaded >= {"top.pkg.b"}


def test_reexport_loads_more_than_it_depends_on(mini):
    mini.module("pkg.a", "def fa(): return 1")
    mini.module("pkg.b", "def fb(): return 2")
    mini.module("pkg.__init__", "from .a import fa\nfrom .b import fb")
    out = closure(mini, "from pkg import fa")
    assert out.loaded >= {"pkg", "pkg.a", "pkg.b"}


def test_package_used_as_a_value_counts_whole(mini):
    mini.module("pkg.a", "def fa(): return 1")
    mini.module("pkg.b", "def fb(): return 2")
    mini.module("pkg.__init__", "from .a import fa\nfrom .b import fb")
    out = closure(mini, "import pkg\nprint(vars(pkg))")
    assert set(out.modules) == {"pkg", "pkg.a", "pkg.b"}


def test_package_with_code_is_not_looked_through(mini):
    mini.module("pkg.a", "def fa(): return 1")
    mini.module("pkg.b", "def fb(): return 2")
    mini.module("pkg.__init__", "from .a import fa\nfrom .b import fb\nfb()")
    assert set(closure(mini, "from pkg import fa").modules) == {"pkg", "pkg.a", "pkg.b"}


def test_submodule_and_foreign_names(mini):
    mini.module("pkg.a", "import json\nimport numpy as np")
    out = closure(mini, "from pkg import a\nimport torch.nn as nn")
    assert set(out.modules) == {"pkg", "pkg.a"}
    assert out.foreign == {"json", "numpy", "torch"}
