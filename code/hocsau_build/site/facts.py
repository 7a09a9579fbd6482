"""The strip under a page's title: where it comes from, what it costs, how to run it."""

from __future__ import annotations

from pathlib import Path

from .. import syllabus
from ..errors import BookError
from ..repo import Repo
from ..upstream.credit import LICENSE_URLS, LICENSES, attribution
from . import origin

#: Issue form for an error on a page.
ERROR_FORM = "loi-trang.yml"


def setup(app) -> None:
    """Put the strip into the page when it is written."""
    app.connect("builder-inited", _load_courses)
    app.connect("html-page-context", _insert, priority=700)


def _load_courses(app) -> None:
    folder = Path(app.srcdir) / syllabus.PLACE
    app.hocsau_courses = {}
    if folder.is_dir():
        try:
            app.hocsau_courses = syllabus.load(folder)
        except BookError as error:
            raise SystemExit(str(error)) from error


def page_facts(env, docname: str) -> dict:
    """What is known of a page: the reader's facts, else its front matter."""
    known = getattr(env, "hocsau_facts", {}).get(docname)
    return known or env.metadata.get(docname, {}).get("hocsau") or {}


def _insert(app, pagename, templatename, context, doctree) -> None:
    if doctree is None or not context.get("body"):
        return
    source = Path(app.env.doc2path(pagename)).relative_to(app.srcdir).as_posix()
    repo: Repo = app.config.hocsau_repo
    title = app.env.titles[pagename].astext()
    strip = {
        "edit": repo.edit(source),
        "report": report(repo, title, pagename, app),
    }
    facts = page_facts(app.env, pagename)
    if isinstance(facts, dict) and facts.get("id"):
        strip |= describe(facts, app, pagename)
    strip["rows"] = strip.get("rows", [])
    html = app.builder.templates.render(
        "hocsau-facts.html", {**context, "strip": strip}
    )
    body = context["body"]
    if strip.get("id"):
        context["body"] = body.replace("</h1>", "</h1>\n" + html, 1)
    else:
        context["body"] = body + html


def describe(facts: dict, app, pagename: str) -> dict:
    """Rows and links of the strip, as plain data for the template."""
    repo: Repo = app.config.hocsau_repo
    course, page = _upstream(facts, app.hocsau_courses)
    out = {
        "id": facts["id"],
        "moved": origin.moved(app, facts["id"]),
        "attribution": attribution(facts, course, page),
        "rows": [row for row in _rows(facts, app, pagename) if row[1]],
        "more": [row for row in _more(facts, repo) if row[1]],
    }
    if facts.get("notebook"):
        out |= _launch(facts["notebook"], repo)
    if facts.get("exercise"):
        out["exercise"] = _launch(facts["exercise"], repo)
    return out


def _launch(notebook: str, repo: Repo) -> dict:
    """The three ways to open a notebook."""
    return {
        "colab": repo.colab(notebook),
        "binder": repo.binder(notebook),
        "download": repo.raw(notebook),
        "filename": notebook.rsplit("/", 1)[-1],
    }


def _rows(facts: dict, app, pagename: str):
    course, page = _upstream(facts, app.hocsau_courses)
    yield "Nguồn", _source_links(facts, course, page)
    if page:
        yield "Bài giảng", [
            *([("video", page.video)] if page.video else []),
            *((f"slide {n}" if len(page.slides) > 1 else "slide", url)
              for n, url in enumerate(page.slides, 1)),
        ]  # fmt: skip
    minutes = facts.get("minutes")
    yield "Thời gian đọc", [(f"{minutes} phút", "")] if minutes else []
    yield "Cần biết trước", [_prerequisite(p, app, pagename)
                             for p in facts.get("prerequisites") or ()]  # fmt: skip


def _more(facts: dict, repo: Repo):
    run = facts.get("executed") or {}
    if run:
        versions = [f"{label} {run[key]}" for label, key in VERSIONS if run.get(key)]
        yield "Chạy lần cuối", [(f"{run['date'][:10]}, trên CPU", ""),
                                (", ".join(versions), "")]  # fmt: skip
        yield "Chi phí chạy", [(cost(run), "")]
    yield "Mô-đun", [(m, repo.blob(f"code/{m.replace('.', '/')}.py"))
                     for m in facts.get("modules") or ()]  # fmt: skip
    yield "Tác giả", [(name, "") for name in facts.get("authors") or ()]
    licence = facts.get("license", "")
    shown = LICENSES.get(licence, licence)
    yield "Giấy phép", [(shown, LICENSE_URLS.get(licence, ""))] if licence else []
    updated = str(facts.get("updated") or "")
    yield "Cập nhật", [(updated, "")] if updated else []


VERSIONS = (("Python", "python"), ("PyTorch", "torch"), ("NumPy", "numpy"))


def cost(run: dict) -> str:
    """Seconds and peak memory of the last run, in words."""
    seconds = float(run.get("seconds") or 0)
    time = f"{seconds:.0f} giây" if seconds >= 1 else "dưới 1 giây"
    peak = run.get("peak_mb")
    return f"{time}, đỉnh bộ nhớ {float(peak):.0f} MB" if peak else time


def _upstream(facts: dict, courses: dict):
    source = facts.get("source") or {}
    course = courses.get(source.get("course"))
    if course is None:
        return None, None
    wanted = {facts["id"], f"{course.id}/{source.get('page')}"}
    page = next((p for p in course.pages if p.id in wanted), None)
    return course, page


def _source_links(facts: dict, course, page) -> list[tuple[str, str]]:
    if course is None:
        return []
    links = [(course.facts.get("title_en", course.id), course.facts.get("site", ""))]
    if page:
        links.append((page.title_en, course.source_url(page)))
    return links


def _prerequisite(wanted: str, app, pagename: str) -> tuple[str, str]:
    for docname, title in app.env.titles.items():
        if page_facts(app.env, docname).get("id") == wanted:
            return title.astext(), app.builder.get_relative_uri(pagename, docname)
    page = syllabus.find(app.hocsau_courses, wanted)
    return (f"{page.title_vi} (chưa viết)" if page else wanted), ""


def report(repo: Repo, title: str, pagename: str, app) -> str:
    """The issue form for an error, with this page filled in; an issue without one."""
    page = (app.config.html_baseurl or "") + app.builder.get_target_uri(pagename)
    if (Path(app.srcdir) / ".github/ISSUE_TEMPLATE" / ERROR_FORM).is_file():
        return repo.form(ERROR_FORM, title=f"Lỗi: {title}", page=page)
    return repo.issue(f"Lỗi: {title}", f"Trang: {page}\n\nĐiều chưa đúng:\n")
