"""A build asks nothing of the network."""

import os
import subprocess
import sys
from pathlib import Path

GUARD = """\
import sys
def refuse(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple):
        host = str(args[1][0])
        if not (host.startswith("127.") or host in ("::1", "localhost")):
            raise OSError(f"network asked for: {args[1]}")
    local = (None, "localhost", "127.0.0.1")
    if event == "socket.getaddrinfo" and args[0] not in local:
        raise OSError(f"network asked for: {args[0]}")
sys.addaudithook(refuse)
"""


def cell(source):
    return f"```{{code-cell}} ipython3\n{source}\n```\n\n"


def build(mini):
    mini.file("guard/sitecustomize.py", GUARD)
    env = {**os.environ, "PYTHONPATH": str(mini.root / "guard")}
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", "."]
    return subprocess.run(
        [*command, "-q", "--warningiserror"], cwd=mini.root, env=env,
        capture_output=True, text=True,
    )  # fmt: skip


def test_build_needs_no_network(mini):
    mini.page("p", cell("print(1 + 1)"))
    done = build(mini)
    assert done.returncode == 0, done.stderr
    assert "network asked for" not in done.stderr


def test_the_guard_itself_works(mini):
    probe = "import socket; socket.create_connection(('192.0.2.1', 9), 1)"
    mini.file("guard/sitecustomize.py", GUARD)
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(mini.root / "guard")},
    )  # fmt: skip
    assert done.returncode != 0 and "asked for" in done.stderr + done.stdout
