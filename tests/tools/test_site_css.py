"""The style sheet keeps what a page can use and loses the rest."""

from hocsau_build.site import css, styles


def test_rules_for_absent_classes_go():
    sheet = ".btn{color:red}.card .btn{x:y}p{margin:0}.nav>li:not(.card){a:b}"
    out = css.prune(sheet, {"btn", "nav"})
    assert ".btn{color:red}" in out
    assert "p{margin:0}" in out
    assert ".nav>li:not(.card){a:b}" in out
    assert ".card .btn" not in out


def test_a_list_keeps_its_usable_selectors():
    assert css.prune(".a,.b,h1{x:y}", {"b"}) == ".b,h1{x:y}"
    assert css.prune(":is(.a,.b) p{x:y}", {"a", "b"}) == ":is(.a,.b) p{x:y}"


def test_one_choice_inside_brackets_is_enough():
    rule = "p :is(.a, .b c){x:y}"
    assert css.prune(rule, {"a"}) == rule
    assert css.prune(rule, {"b"}) == rule
    assert css.prune(rule, {"c"}) == ""
    assert css.prune(".d :is(.a, b){x:y}", {"a"}) == ""
    assert css.prune(":is(.a:not(.z), .b){x:y}", {"a"}) != ""


def test_media_queries_are_pruned_inside():
    sheet = "@media (min-width:1px){.a{x:y}.b{x:y}}@media print{.b{x:y}}"
    assert css.prune(sheet, {"a"}) == "@media (min-width:1px){.a{x:y}}"


def test_fonts_keyframes_and_strings_survive():
    sheet = (
        '@font-face{font-family:"A}";src:url(a.woff2)}'
        "@keyframes k{from{x:y}to{x:z}}"
        '/* .b{ */ a::after{content:"}{"}'
    )
    out = css.prune(sheet, set())
    assert '@font-face{font-family:"A}";src:url(a.woff2)}' in out
    assert "@keyframes k{from{x:y}to{x:z}}" in out
    assert 'a::after{content:"}{"}' in out


def test_relative_addresses_move_with_the_rule():
    sheet = 'a{b:url(f.woff2)}c{d:url("../x.svg")}e{f:url(data:abc)}'
    out = css.move_urls(sheet, "fonts")
    assert "url(fonts/f.woff2)" in out
    assert "url(x.svg)" in out
    assert "url(data:abc)" in out


def test_imports_come_inside(tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "basic.css").write_text("b{x:y}", "utf-8")
    sheet = tmp_path / "styles" / "theme.css"
    sheet.write_text('/* c */ @import "../basic.css";\np{x:z}', "utf-8")
    assert css.with_imports(sheet).split() == ["b{x:y}", "p{x:z}"]


def test_classes_of_a_page():
    html = '<p class="a b"><i class=\'c\'></i><b class="">'
    assert styles.page_classes(html) == {"a", "b", "c"}
