"""Outputs of GPU cells: made on CUDA, kept as data, shown as they are."""
