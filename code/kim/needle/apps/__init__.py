"""Chương trình của các bài tập: hw0 (NumPy), hw1 và hw2 (trên needle).

Nhà: dlsys/08.
"""
