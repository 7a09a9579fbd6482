"""Loaded by page kernels only: remembers which files are opened for reading.

It stands on the kernel's path instead of running as a first hidden cell, because
IPython sets up inline drawing once, after the first cell: a hidden one before the
set-up cell would reset the figure format.
"""

import sys

opened: set[str] = set()


def _watch(event, args):
    if event == "open" and isinstance(args[0], str) and (args[1] or "r")[:1] == "r":
        opened.add(args[0])


sys.addaudithook(_watch)
