"""One module a verb: ``arguments(parser)`` and ``main(args) -> exit code``."""
