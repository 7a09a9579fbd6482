"""The labels that forms and workflows name: ``make labels``, as often as one likes.

A form does not create its label: without it GitHub drops the label in silence, and
nobody who claims a page gets an answer.
"""

from __future__ import annotations

import subprocess
import sys

from .claim import LABEL as CLAIM
from .publish import LABEL as PREVIEW

#: name → (colour, what it is for)
LABELS = {
    CLAIM: ("0e8a16", "Có người giữ chỗ một trang; máy trả lời bằng khung của trang"),
    "lỗi": ("d73a4a", "Lỗi trên một trang"),
    "thuật ngữ": ("5319e7", "Đề nghị một thuật ngữ"),
    PREVIEW: ("1d76db", "Đưa commit này của yêu cầu kéo lên mạng để xem trước"),
}


def main() -> int:
    """Create each label, or bring it up to date."""
    for name, (colour, about) in LABELS.items():
        facts = ("--color", colour, "--description", about, "--force")
        subprocess.run(["gh", "label", "create", name, *facts], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
