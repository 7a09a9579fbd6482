"""Chapters as plain notebooks for Colab and Binder: no role, no directive left."""
