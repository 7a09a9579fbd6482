"""Comment, previews and issues: told by a stand-in for GitHub's command line tool."""

from __future__ import annotations

import json
import subprocess

import pytest

from hocsau_build.ci import approve, comment, issue, publish, report

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
    github.artifact(5, "trang", "index.html", "")
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
    github.artifact(5, "trang", "index.html", "")
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


@pytest.mark.parametrize("end", ["success", "failure"])
def test_a_failed_check_or_test_keeps_the_preview(github, monkeypatch, end):
    monkeypatch.setenv("CONCLUSION", end)
    page = {"doc": "book/a", "title": "A", "seconds": 1}
    github.artifact(5, "bao-cao", "report.json", written(page))
    github.artifact(5, "trang", "index.html", "")
    comment.main()
    text = github.writes[0][2]["body"]
    assert ("chưa qua" in text) == (end == "failure")
    assert "xem-truoc/7/book/a.html" in text and "chưa dựng được" not in text


def test_a_site_that_was_not_built_is_not_linked(github, monkeypatch):
    monkeypatch.setenv("CONCLUSION", "failure")
    page = {"doc": "book/a", "title": "A", "seconds": 1}
    wrong = {"path": "book/a.md", "line": 2, "rule": "H03", "what": "x", "remedy": "y"}
    shape = {"doc": "book/a", "name": "fig-a", "number": 1, "sau": "svg"}
    data = {"pages": [page], "check": 1, "findings": [wrong], "figures": [shape]}
    github.artifact(5, "bao-cao", "report.json", json.dumps(data))
    comment.main()
    text = github.writes[0][2]["body"]
    assert "chưa dựng được" in text and "book/a.md:2  H03  x — y" in text
    assert "A (`book/a`)" in text and "/xem-truoc/" not in text and "<img" not in text


def runs(*numbers, repo="o/n", **facts):
    facts = {"status": "completed", "conclusion": "success", "event": "push", **facts}
    home = {"full_name": repo}
    return [{"id": n, "head_repository": home, **facts} for n in numbers]


def answer_runs(github, main, pulls):
    github.answer(**{
        "actions/workflows/deploy.yml": {"workflow_runs": main},
        "actions/workflows/pull_request.yml": {"workflow_runs": pulls},
    })  # fmt: skip


def publish_with(github, *pulls, main=None, theirs=None):
    github.answer(pulls=list(pulls))
    home = pulls[0]["head"]["repo"]["full_name"] if pulls else "o/n"
    answer_runs(github, main or runs(1), theirs or runs(2, repo=home))
    github.artifact(1, "trang", "index.html", "<head></head>main")
    publish.main(str(github.home / "_site"))
    return github.home / "_site"


def allowed(sha=SHA, state="success", context="xem-truoc"):
    return {f"commits/{sha}/statuses": [{"context": context, "state": state}]}


FORK = {"repo": "la/n", "labels": ["xem-truoc"]}


@pytest.mark.parametrize(
    ("one", "said", "there"),
    [
        (pull(), {}, True),
        (pull(repo="la/n"), {}, False),
        (pull(**FORK), allowed(), True),
        (pull(**FORK), {}, False),  # the label was set for an older commit
        (pull(**FORK), allowed("b" * 40), False),
        (pull(**FORK), allowed(context="khac"), False),
        (pull(repo="la/n"), allowed(), False),  # the label was taken off
    ],
)
def test_of_a_fork_only_the_labelled_commit_is_previewed(github, one, said, there):
    github.answers = {**said, **github.answers}
    github.artifact(2, "trang", "index.html", "<head></head>thử")
    site = publish_with(github, one)
    assert (site / "index.html").read_text() == "<head></head>main"
    preview = site / "xem-truoc/7/index.html"
    assert preview.exists() == there
    assert not there or "noindex" in preview.read_text()


def test_the_label_is_written_on_the_commit(github):
    assert approve.main() == 0
    ((path, verb, body),) = github.writes
    assert (path, verb) == (f"statuses/{SHA}", "POST")
    assert publish.approved(SHA) is False
    github.answers = {f"commits/{SHA}/statuses": [body], **github.answers}
    github.answer()
    assert publish.approved(SHA) is True


def test_after_the_label_the_last_run_is_told_again(github, monkeypatch):
    monkeypatch.delenv("RUN_ID")
    monkeypatch.delenv("CONCLUSION")
    github.answers = {**allowed(), **github.answers}
    github.answer(pulls=[pull(**FORK)])
    waiting = runs(6, repo="la/n", status="in_progress", conclusion=None)
    answer_runs(github, [], waiting)
    assert comment.main() == 0 and not github.writes
    answer_runs(github, [], waiting + runs(5, repo="la/n", conclusion="failure"))
    page = {"doc": "book/a", "title": "A", "seconds": 1}
    github.artifact(5, "bao-cao", "report.json", written(page))
    github.artifact(5, "trang", "index.html", "")
    assert comment.main() == 0
    text = github.writes[0][2]["body"]
    assert "xem-truoc/7/book/a.html" in text and "chưa qua" in text


def test_a_labelled_pull_request_that_moved_on_asks_for_the_label_again(github):
    github.answer(pulls=[pull(**FORK)])
    github.artifact(5, "bao-cao", "report.json", json.dumps({"pages": [], "check": 0}))
    github.artifact(5, "trang", "index.html", "")
    comment.main()
    assert "gỡ rồi gắn lại nhãn" in github.writes[0][2]["body"]


def test_main_is_its_newest_build_published_or_not(github):
    github.artifact(3, "trang", "index.html", "<head></head>mới")
    main = runs(4, conclusion="failure") + runs(3, conclusion="cancelled") + runs(1)
    site = publish_with(github, main=main)
    assert (site / "index.html").read_text() == "<head></head>mới"


def test_a_fork_whose_branch_is_called_main_is_not_main(github):
    github.artifact(3, "trang", "index.html", "<head></head>giả")
    for fake in (runs(3, repo="la/n"), runs(3, event="pull_request")):
        site = publish_with(github, main=fake + runs(1))
        assert (site / "index.html").read_text() == "<head></head>main"


def test_a_run_of_another_repository_is_no_preview_of_ours(github):
    github.artifact(2, "trang", "index.html", "<head></head>giả")
    site = publish_with(github, pull(), theirs=runs(2, repo="la/n"))
    assert not (site / "xem-truoc").exists()


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


def test_a_book_that_cannot_be_read_is_a_finding(mini):
    mini.file("_toc.yml", "root: [book/index\n")
    out = mini.root / "_build/report.json"
    assert report.main("HEAD", str(out)) == 0
    data = json.loads(out.read_text("utf-8"))
    assert data["check"] == 1 and data["findings"][0]["rule"] == "E-YAML"


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
