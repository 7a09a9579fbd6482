"""Một lần sửa: so thân ô với tệp, rồi trả lại bản gốc hoặc ghép vào.

Nhà: huong-dan.
"""

import ast

from . import originals, source
from .graft import Graft, check, class_names
from .library import file_of, future_of, known, load
from .lookup import EmbedError, definitions, parse_file
from .originals import live, owned
from .spaces import rebind, replace
from .transform import own_size
from .undo import MISSING

_GRAFT = "_hocsau_graft_"


class Edit:
    """Một lần chạy ô nhúng: so với tệp, rồi trả lại hoặc ghép vào."""

    def __init__(self, undo, relpath, dotted, notebook):
        self.undo, self.dotted, self.notebook = undo, dotted, notebook
        self.where = f"{relpath} · {dotted}"
        self.module = load(relpath, self.where)
        path, root = file_of(self.module, relpath, self.where)
        name = self.module.__name__
        self.found = source.found_in(path, root, name, dotted)
        self.tree = parse_file(path)[1]
        self.grafts = []

    def run(self, text, line, filename):
        __tracebackhide__ = True
        nodes = ast.parse(text).body
        nodes = nodes[: own_size(nodes, self.dotted)]
        leaf = self.dotted.rpartition(".")[2]
        if not nodes:
            raise EmbedError(
                f"{self.where}: ô không còn định nghĩa {leaf}; "
                "viết lại nó, hoặc xóa dòng đánh dấu để chạy thường"
            )
        same = _dump(nodes) == _dump(ast.parse(self.found.text).body)
        changed = originals.restore(
            self.undo, self.module, self.dotted, self.notebook
        )
        if same:
            return changed
        for node in nodes:
            ast.increment_lineno(node, line - 1)
        filename = known(filename, text, line, self.where)
        self._execute(self._wrap(nodes), filename)
        return True

    def _wrap(self, nodes):
        """Cây để chạy: phương thức được bọc trong vỏ lớp của nó."""
        owners = self.dotted.split(".")[:-1]
        if not owners:
            for node in nodes:
                self._mark(node, "")
            return ast.Module(nodes, [])
        imports = [
            n
            for n in nodes
            if isinstance(n, ast.Import | ast.ImportFrom)
        ]
        body = [n for n in nodes if n not in imports]
        for node in body:
            self._mark(node, ".".join(owners))
        while owners:
            name = ".".join(owners)
            if not isinstance(live(self.module, name), type):
                raise EmbedError(
                    f"{self.where}: {name} hiện không phải lớp; "
                    f"chạy lại ô {name} chưa sửa"
                )
            shell = ast.parse(f"class {owners.pop()}: pass").body[0]
            shell.keywords = [_meta(name, True)]
            shell.body = body
            body = [ast.copy_location(shell, nodes[0])]
        return ast.Module(imports + body, [])

    def _mark(self, node, prefix):
        """Gắn metaclass giả cho ``class`` của một lớp đang sống."""
        if not isinstance(node, ast.ClassDef):
            return
        dotted = f"{prefix}.{node.name}".lstrip(".")
        cls = live(self.module, dotted)
        mine = owned(cls, self.module.__name__, dotted)
        if not isinstance(cls, type) or not mine:
            return
        check(cls, node, self.where)
        for child in node.body:
            self._mark(child, dotted)
        node.keywords.append(_meta(dotted, False))

    def _graft(self, dotted, shell):
        cls = live(self.module, dotted)
        names = None
        if not shell:
            found = definitions(self.tree, dotted, self.where)
            names = set().union(
                *(
                    class_names(n)
                    for n in found
                    if isinstance(n, ast.ClassDef)
                )
            )
        graft = Graft(self.undo, cls, names, self.where)
        self.grafts.append(graft)
        return graft

    def _execute(self, tree, filename):
        __tracebackhide__ = True
        space = vars(self.module)
        before = dict(space)
        code = compile(
            ast.fix_missing_locations(tree), filename, "exec",
            flags=future_of(self.tree), dont_inherit=True,
        )  # fmt: skip
        space[_GRAFT] = self._graft
        try:
            exec(code, space)
        finally:
            del space[_GRAFT]
            new = _take_back(space, before)
        self._commit(before, new)

    def _commit(self, before, new):
        extras = []
        for name, value in new.items():
            self._place(name, before.get(name, MISSING), value)
            extras.append((None, name))
        for graft in self.grafts:
            extras += self._remember(graft)
        key = (self.module.__name__, self.dotted)
        self.undo.item(originals.EXTRAS, key, extras)

    def _place(self, name, old, value):
        module = self.module
        if originals.swappable(old, value, module.__name__, name):
            originals.swap(self.undo, old, value)
            return
        _keep_registrations(old, value)
        if (module.__name__, name) not in originals.TOP:
            self.undo.item(
                originals.TOP, (module.__name__, name), (old,)
            )
        rebind(self.undo, module, name, value, self.notebook)

    def _remember(self, graft):
        """Ghi giá trị gốc của mọi thuộc tính mà lần ghép đã đổi."""
        cls, touched, pairs = graft.cls, [], []
        for name in {*graft.before, *vars(cls)}:
            old = graft.before.get(name, MISSING)
            new = vars(cls).get(name, MISSING)
            if new is old:
                continue
            key = (id(cls), name)
            if key not in originals.ATTRS:
                self.undo.item(originals.ATTRS, key, (cls, old))
            touched.append((cls, name))
            if callable(old):
                pairs.append((name, old, new))
        replace(self.undo, self.module, pairs, self.notebook)
        return touched


def _keep_registrations(old, new):
    """``singledispatch`` mới giữ những kiểu đã đăng ký ở bản cũ."""
    if hasattr(new, "register"):
        for kind, f in getattr(old, "registry", {}).items():
            if kind is not object:
                new.register(kind, f)


def _take_back(space, before):
    """Trả không gian tên về ``before``, lấy ra những gì đã gắn."""
    new = {
        k: v
        for k, v in space.items()
        if before.get(k, MISSING) is not v
    }
    for key in new:
        if key in before:
            space[key] = before[key]
        else:
            del space[key]
    return new


def _dump(nodes):
    return [ast.dump(n) for n in nodes]


def _meta(dotted, shell):
    call = ast.parse(f"{_GRAFT}({dotted!r}, {shell})", mode="eval").body
    return ast.keyword("metaclass", call)
