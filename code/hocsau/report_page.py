"""Khuôn HTML của báo cáo: chữ hệ thống, nền sáng hay tối theo máy.

Khuôn nằm trong mã Python để sửa khuôn cũng làm trang chạy lại. Chính
sách ở đầu trang cấm mọi kịch bản và mọi tệp lấy từ mạng.
Nhà: nm/17.
"""

STYLE = """
:root{color-scheme:light dark;--paper:#fffefb;--text:#29333b;
 --quiet:#5b6670;--line:#dedbd1;--shade:#f5f4ef;--link:#0b6484}
@media (prefers-color-scheme:dark){:root{--paper:#14191d;
 --text:#dcdfe0;--quiet:#a3adb5;--line:#364049;--shade:#1d242a;
 --link:#72c4e4}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--text);
 font:17px/1.65 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 4rem;
 overflow-wrap:break-word}
h1{font-size:1.8rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.35rem;margin:2.2rem 0 .6rem;padding-top:.6rem;
 border-top:1px solid var(--line)}
h3{font-size:1.1rem}
a{color:var(--link)}
.by,figcaption,caption{color:var(--quiet);font-size:.92rem}
figure{margin:1.4rem 0}
figure img{display:block;width:100%;height:auto;background:#fff;
 border-radius:.4rem}
figcaption{margin-top:.4rem}
.wide{overflow-x:auto;margin:1.4rem 0}
table{border-collapse:collapse;min-width:60%}
caption{text-align:left;padding-bottom:.4rem}
main>table{display:block;overflow-x:auto}
th,td{padding:.3rem .8rem .3rem 0;text-align:left;
 border-bottom:1px solid var(--line);vertical-align:top}
.number{text-align:right;font-variant-numeric:tabular-nums}
code,pre{font:.9em/1.5 ui-monospace,Consolas,monospace;
 background:var(--shade);border-radius:.25rem}
code{padding:.1em .3em}
pre{padding:.8rem;overflow-x:auto}
pre code{padding:0}
nav{background:var(--shade);border-radius:.4rem;padding:.6rem 1rem}
nav ol{margin:0;padding-left:1.4rem}
@media print{nav{display:none}h2{break-after:avoid}
 figure,tr{break-inside:avoid}}
"""

PAGE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';
 img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>{{ style | safe }}</style>
</head>
<body>
<main>
<h1>{{ title }}</h1>
{% if by %}<p class="by">{{ by }}</p>
{% endif %}
{% if headings | length > 2 %}<nav aria-label="Các mục"><ol>
{% for heading in headings %}
<li><a href="#muc-{{ loop.index }}">{{ heading }}</a></li>
{% endfor %}
</ol></nav>
{% endif %}
{% for part in parts %}
{{ part | safe }}
{% endfor %}
</main>
</body>
</html>
"""

TABLE = """<div class="wide"><table>
<caption>{{ caption }}</caption>
<thead><tr>
{% for head in heads %}
<th scope="col"{{ kinds[loop.index0] | safe }}>{{ head }}</th>
{% endfor %}
</tr></thead>
<tbody>
{% for row in rows %}
<tr>{% for cell in row %}
<td{{ kinds[loop.index0] | safe }}>{{ cell }}</td>
{% endfor %}</tr>
{% endfor %}
</tbody>
</table></div>"""

FIGURE = """<figure><img alt="{{ alt }}" src="{{ source }}">
<figcaption>{{ caption }}</figcaption></figure>"""
