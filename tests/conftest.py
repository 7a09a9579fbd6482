"""One browser for all tests: a second one in the same process cannot be started.

It is ``CHROMIUM`` or the first Chromium found. Without one the browser tests skip,
unless ``HOCSAU_BROWSER=1`` says that there must be one.
"""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium."""
    named = os.environ.get("CHROMIUM")
    path = named or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        say = "không thấy Chromium: cài nó, hoặc đặt biến CHROMIUM"
        if os.environ.get("HOCSAU_BROWSER") == "1":
            pytest.fail(say, pytrace=False)
        pytest.skip(say)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


def pytest_collection_modifyitems(items):
    """Browser tests last: Playwright keeps an event loop running in this thread."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))
