"""Nhạc dưới dạng văn bản ABC: điệu, đọc, chấm, vẽ và chơi.

Nhà: mit/lab1-2.
"""
