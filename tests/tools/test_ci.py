"""Comment, previews and issues: told by a stand-in for GitHub's command line tool."""

from __future__ import annotations

import json
import subprocess

import pytest

from hocsau_build.ci import comment, issue, publish, report

SHA = "a" * 40


def pull(number=7, repo="o/n", labels=()):
    names = [{"name": n} for n in labels]
    head = {"sha": SHA, "repo": {"full_name": repo}}
    return {"number": number, "head": head, "labels": names}


@pytest.fixture
def github(github):
    github.answer(pulls=[pull()])
    return github


def written(page):
    return json.dumps({"pages": [page], "check": 0})


def test_first_comment_links_the_changed_pages(github):
    page = {"doc": "book/nyu/tuan-01/a", "title": "Đạo hàm", "seconds": 3.25}
    github.artifact(5, "bao-cao", "report.json", written(page))
    assert comment.main() == 0
    ((path, verb, body),) = github.writes
    assert (path, verb) == ("issues/7/comments", "POST")
    link = "https://o.github.io/n/xem-truoc/7/book/nyu/tuan-01/a.html"
    assert f"| [Đạo hàm]({link}) | không cần | 3.2 s |" in body["body"]


def test_the_comment_is_updated_in_place(github):
    old = {"id": 3, "body": comment.MARK + "\ncũ", "user": {"type": "Bot"}}
    forged = {"id": 2, "body": comment.MARK + "\ngiả", "user": {"type": "User"}}
    github.answer(**{"issues/7/comments": [forged, old]})
    assert comment.main() == 0
    assert [w[:2] for w in github.writes] == [("issues/comments/3", "PATCH")]
    assert "chưa dựng được" in github.writes[0][2]["body"]


def test_what_a_stranger_wrote_stays_data(github):
    evil = {"doc": "book/a](http://x)", "title": "x", "seconds": 1}
    sly = {"doc": "book/b", "title": "@all [x](http://x) <img> `a|b`", "seconds": "1"}
    text = json.dumps({"pages": [evil, sly], "check": "2"})
    github.artifact(5, "bao-cao", "report.json", text)
    comment.main()
    body = github.writes[0][2]["body"]
    row = next(line for line in body.splitlines() if "book/b" in line)
    assert "book/a]" not in body and not set("@<`") & set(row.split("](")[0])
    assert row.count("|") == 4 and row.endswith("| – |")


@pytest.mark.parametrize("text", ["", "[]", '{"pages": 1, "check": 0}', "{"])
def test_a_broken_report_still_gives_a_comment(github, text):
    github.artifact(5, "bao-cao", "report.json", text)
    assert comment.main() == 0
    assert "chưa dựng được" in github.writes[0][2]["body"]


def test_a_closed_pull_request_gets_no_comment(github):
    github.answer(pulls=[])
    assert comment.main() == 0
    assert not github.writes


def runs(number):
    return {"workflow_runs": [{"id": number}]}


def publish_with(github, *pulls):
    github.answer(pulls=list(pulls))
    github.answer(**{"actions/workflows/deploy.yml": runs(1),
                     "actions/workflows/pull_request.yml": runs(2)})  # fmt: skip
    github.artifact(1, "trang", "index.html", "<head></head>main")
    publish.main(str(github.home / "_site"))
    return github.home / "_site"


@pytest.mark.parametrize(
    ("one", "there"),
    [
        (pull(), True),
        (pull(repo="la/n"), False),
        (pull(repo="la/n", labels=["xem-truoc"]), True),
    ],
)
def test_previews_of_forks_wait_for_the_label(github, one, there):
    github.artifact(2, "trang", "index.html", "<head></head>thử")
    site = publish_with(github, one)
    assert (site / "index.html").read_text() == "<head></head>main"
    preview = site / "xem-truoc/7/index.html"
    assert preview.exists() == there
    assert not there or "noindex" in preview.read_text()


def test_a_preview_with_a_symlink_is_refused(github):
    path = github.artifact(2, "trang", "index.html", "<head></head>")
    path.with_name("lo.html").symlink_to("/etc/passwd")
    assert not (publish_with(github, pull()) / "xem-truoc").exists()


def test_no_site_of_main_stops_the_deployment(github):
    github.answer(**{"actions/workflows/deploy.yml": {"workflow_runs": []}})
    with pytest.raises(SystemExit, match="main"):
        publish.main(str(github.home / "_site"))


@pytest.mark.parametrize(
    ("old", "call"),
    [
        ([], ("issues", "POST")),
        ([{"number": 9, "title": "T", "user": {"type": "Bot"}}], ("issues/9", "PATCH")),
    ],
)
def test_an_issue_is_opened_once(github, tmp_path, old, call):
    github.answer(**{"issues?": old})
    (tmp_path / "r.md").write_text("x" * 70_000)
    assert issue.main("T", str(tmp_path / "r.md")) == 0
    assert github.writes[0][:2] == call
    assert len(github.writes[0][2]["body"]) < 65_000  # what GitHub accepts


def test_report_names_pages_by_text_and_by_module(mini):
    mini.module("pkg.a", "def fa(): return 1\n")
    mini.page("p", "```{code-cell} ipython3\nfrom pkg.a import fa\n```\n")
    mini.page("q", "```{code-cell} ipython3\n1\n```\n")
    assert docs(mini, {"code/pkg/a.py"}) == ["book/p"]
    assert docs(mini, {"book/q.md", "README.md"}) == ["book/q"]
    assert docs(mini, {"README.md"}) == []


def docs(mini, files):
    return [p["doc"] for p in report.pages(mini.book, files)]


def test_report_reads_the_difference_from_git(mini):
    def git(*args):
        name = ["-c", "user.name=a", "-c", "user.email=a@b"]
        command = ["git", "-C", str(mini.root), *name, *args]
        return subprocess.run(command, check=True, capture_output=True, text=True)

    git("init", "-q")
    mini.page("p", "```{code-cell} ipython3\n1\n```\n")
    git("add", ".")
    git("commit", "-qm", "a")
    base = git("rev-parse", "HEAD").stdout.strip()
    mini.page("đ", "```{code-cell} ipython3\n2\n```\n")
    git("add", ".")
    git("commit", "-qm", "b")
    assert report.changed(mini.root, base) == {"book/đ.md", "_toc.yml"}
    out = mini.root / "report.json"
    assert report.main(base, str(out)) == 0
    assert json.loads(out.read_text("utf-8"))["pages"] == [
        {"doc": "book/đ", "title": "Trang đ", "ran": False}
    ]
