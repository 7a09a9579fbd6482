"""Khuôn HTML của hoạt hình: kiểu dáng, hình tĩnh, JavaScript.

Khuôn nằm trong mã Python để sửa khuôn cũng làm trang chạy lại.
Nhà: nyu/01-3.
"""

STYLE = """
#$id{background:#fff;color:#222;border-radius:6px;padding:8px;
 max-width:480px;margin:0 auto;font:15px/1.4 system-ui,sans-serif}
#$id svg{display:block;width:100%;height:auto;
 stroke-linecap:round;stroke-width:16;fill:none}
#$id .ax{stroke:#ccc;stroke-width:3}
#$id text{stroke:none;fill:#222;font-size:44px;text-anchor:middle}
#$id .bar{display:none;gap:10px;align-items:center;margin-top:8px}
#$id button{min-width:92px;min-height:44px;font:inherit;color:#fff;
 background:#0060a0;border:0;border-radius:6px;cursor:pointer}
#$id input{flex:1;min-width:0;height:44px;accent-color:#0060a0}
#$id .now{font-weight:600;min-height:1.4em;text-align:center}
#$id .live,#$id.on .still{display:none}
#$id.on .live{display:block}
#$id.on .bar{display:flex}
@media print{#$id.on .live,#$id.on .bar{display:none}
 #$id.on .still{display:block}}
"""

AXES = '<path class="ax" d="M0 500h1000M500 0v1000"/>'

SCRIPT = """
(function () {
  var box = document.getElementById("$id");
  var data = box.querySelector('script[type="application/json"]');
  var d = JSON.parse(data.textContent);
  var paths = box.querySelectorAll(".live g path");
  var bar = box.querySelector("input");
  var button = box.querySelector("button");
  var now = box.querySelector(".now");
  var n = d.g.length, last = d.f.length - 1;
  var timer = 0, was = 0, at = 0;
  function draw() {
    var k = Math.min(Math.floor(at), last - 1), t = at - k;
    var a = d.f[k], b = d.f[k + 1], s = [], i;
    t = t * t * (3 - 2 * t);
    for (i = 0; i < paths.length; i++) s.push("");
    function mid(j) { return (a[j] + t * (b[j] - a[j])).toFixed(1); }
    for (i = 0; i < n; i++)
      s[d.g[i]] += "M" + mid(2 * i) + " " + mid(2 * i + 1) + "h0";
    for (i = 0; i < paths.length; i++) paths[i].setAttribute("d", s[i]);
    now.textContent = d.l[Math.round(at)];
    bar.value = Math.round(at * 100);
    bar.setAttribute("aria-valuetext", now.textContent);
  }
  function stop() {
    cancelAnimationFrame(timer);
    timer = 0;
    button.textContent = "▶ Chạy";
  }
  function tick(time) {
    var gone = Math.max(0, Math.min(time - was, 50));
    at = Math.min(at + gone / 1600, last);
    was = time;
    draw();
    if (at < last) timer = requestAnimationFrame(tick);
    else stop();
  }
  button.onclick = function () {
    if (timer) return stop();
    if (at >= last) at = 0;
    button.textContent = "❚❚ Dừng";
    was = performance.now();
    timer = requestAnimationFrame(tick);
  };
  bar.oninput = function () { stop(); at = bar.value / 100; draw(); };
  box.classList.add("on");
  draw();
})();
"""

STILL = f"""<svg class="still" viewBox="0 0 2040 1060" role="img"
 aria-label="$alt">{AXES}$first<text x="500" y="1048">$first_label</text>
<g transform="translate(1040)">{AXES}$last
<text x="500" y="1048">$last_label</text></g></svg>"""

LIVE = f"""<svg class="live" viewBox="-8 -8 1016 1016" role="img"
 aria-label="$alt">{AXES}<g>$moving</g></svg><div class="now live"></div>
<div class="bar"><button type="button">▶ Chạy</button>
<input type="range" min="0" max="$steps" value="0"
 aria-label="Kéo để xem từng khung"></div>"""

PAGE = f"""<div class="hs-anim" id="$id"><style>{STYLE}</style>
{STILL}
{LIVE}
<script type="application/json">$data</script>
<script>{SCRIPT}</script></div>"""
