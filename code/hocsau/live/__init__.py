"""Ô nhúng sống: sửa một ô nhúng là sửa thư viện.

Nhà: huong-dan.
"""
