"""What GitHub must be told once: every label, team and check that the files name."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from hocsau_build.ci import labels

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
GUIDE = (GITHUB / "bao-tri.md").read_text("utf-8")


def test_every_label_of_a_form_or_a_workflow_is_made():
    forms = (GITHUB / "ISSUE_TEMPLATE").glob("*.yml")
    named = {
        name for path in forms
        for name in yaml.safe_load(path.read_text("utf-8")).get("labels", [])
    }  # fmt: skip
    for path in (GITHUB / "workflows").glob("*.yml"):
        text = path.read_text("utf-8")
        named |= set(re.findall(r"label\.name == '([^']+)'", text))
        named |= set(re.findall(r"labels\.\*\.name, '([^']+)'", text))
    assert named == set(labels.LABELS)


def test_labels_are_made_as_often_as_one_likes(monkeypatch):
    made = []
    monkeypatch.setattr(labels.subprocess, "run", lambda c, check: made.append(c))
    assert labels.main() == 0
    assert [c[:4] for c in made] == [
        ["gh", "label", "create", name] for name in labels.LABELS
    ]
    assert all("--force" in command for command in made)
    for colour, about in labels.LABELS.values():
        assert re.fullmatch(r"[0-9a-f]{6}", colour) and len(about) <= 100


def test_the_guide_names_every_team_and_every_required_check():
    owners = re.findall(r"@hocsau/([\w-]+)", (GITHUB / "CODEOWNERS").read_text("utf-8"))
    (loop,) = re.findall(r"for team in (.+); do", GUIDE)
    assert set(loop.split()) == set(owners)
    flow = yaml.safe_load((GITHUB / "workflows/pull_request.yml").read_text("utf-8"))
    assert all(f'"{job["name"]}"' in GUIDE for job in flow["jobs"].values())


def test_the_guide_names_what_a_file_cannot_say():
    for word in ("build_type=workflow", "can_approve_pull_request_reviews=true",
                 "all_external_contributors", "--enable-discussions", "make labels",
                 "--ephemeral", "gpu.yml@refs/heads/main", "GITHUB_TOKEN"):  # fmt: skip
        assert word in GUIDE
    assert ".github/bao-tri.md" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    # A README.md there would stand on the front page in place of the book's.
    assert not (GITHUB / "README.md").exists()
