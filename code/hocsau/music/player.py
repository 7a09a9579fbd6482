"""Đàn dây nhỏ trong trang: JavaScript chơi một danh sách nốt.

Tiếng đàn theo Karplus và Strong (1983): một đoạn nhiễu chạy vòng qua
bộ lấy trung bình. Không tải gì từ bên ngoài. Cùng đoạn mã này nằm trong
``book/_static/hocsau-abc.js``; có phép thử giữ cho hai bản giống nhau.
Nhà: mit/lab1-2.
"""

PLAYER = """\
window.hsAbc = window.hsAbc || (function () {
  var ctx = null, stopLast = function () {};
  var css = ".hs-abc{background:#fff;color:#16212a;border-radius:7px;" +
    "padding:8px 10px;margin:0 auto;max-width:640px}" +
    ".hs-abc svg{display:block;width:100%;height:auto}" +
    ".hs-abc button{min-height:44px;padding:0 18px;border:0;" +
    "border-radius:7px;background:#0060a0;color:#fff;font:inherit}" +
    ".hs-abc button+button{margin-left:8px}" +
    ".hs-abc button:focus-visible{outline:3px solid #d55e00!important}" +
    ".hs-abc .on{fill:#d55e00}.hs-abc pre{color:inherit!important}" +
    ".hs-abc summary{min-height:44px;padding:10px 0;cursor:pointer}" +
    "@media print{.hs-abc button{display:none}}";
  function style() {
    if (document.getElementById("hs-abc-css")) return;
    var s = document.createElement("style");
    s.id = "hs-abc-css";
    s.textContent = css;
    document.head.appendChild(s);
  }
  function string(f) {
    var rate = ctx.sampleRate, n = Math.round(rate / f - 0.5);
    var b = ctx.createBuffer(1, 2 * rate, rate);
    var d = b.getChannelData(0), r = 1, i;
    for (i = 0; i < d.length; i++) {
      r = r * 16807 % 2147483647;
      d[i] = i <= n ? r / 1073741824 - 1
        : 0.498 * (d[i - n] + d[i - n - 1]);
    }
    return { buffer: b, rate: f * (n + 0.5) / rate };
  }
  function pluck(note, at, out) {
    var s = string(440 * Math.pow(2, (note[0] - 69) / 12));
    var source = ctx.createBufferSource(), gain = ctx.createGain();
    source.buffer = s.buffer;
    source.playbackRate.value = s.rate;
    gain.gain.setValueAtTime(0.5, at + note[2]);
    gain.gain.linearRampToValueAtTime(0, at + note[2] + 0.3);
    source.connect(gain);
    gain.connect(out);
    source.start(at);
    source.stop(at + note[2] + 0.3);
  }
  return function (box, notes) {
    var button = document.createElement("button"), timer = 0, out;
    style();
    button.type = "button";
    button.textContent = "▶ Nghe";
    box.insertBefore(button, box.querySelector("details, pre"));
    function light(i) {
      [".hs-still rect", ".abcjs-note, .abcjs-rest"].forEach(function (s) {
        [].forEach.call(box.querySelectorAll(s), function (el, j) {
          el.classList.toggle("on", j === i);
        });
      });
    }
    function stop() {
      clearInterval(timer);
      if (out) out.disconnect();
      out = null;
      button.textContent = "▶ Nghe";
      light(-1);
    }
    button.onclick = function () {
      if (out) return stop();
      stopLast();
      stopLast = stop;
      ctx = ctx || new (window.AudioContext || webkitAudioContext)();
      ctx.resume();
      out = ctx.createGain();
      out.connect(ctx.destination);
      button.textContent = "■ Dừng";
      var start = ctx.currentTime + 0.1, next = 0, shown = -1;
      var last = notes[notes.length - 1];
      timer = setInterval(function () {
        var t = ctx.currentTime - start, i = shown;
        for (; next < notes.length && notes[next][1] < t + 0.3; next++)
          if (notes[next][0] !== null)
            pluck(notes[next], start + notes[next][1], out);
        while (i + 1 < notes.length && notes[i + 1][1] <= t) i++;
        if (i !== shown) light(shown = i);
        if (t > last[1] + last[2] + 0.4) stop();
      }, 40);
    };
  };
})();
"""
