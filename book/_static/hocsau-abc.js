// Bản nhạc trong trang: nút nghe, và nút "Khuông nhạc" vẽ mọi .hs-abc bằng abcjs (nằm ở
// _static/abcjs/, giấy phép MIT). abcjs nặng gần bằng cả phần còn lại của trang, nên chỉ
// tải khi người đọc bấm nút ấy. Không gọi ra ngoài.
// Phần đầu giống hệt PLAYER trong code/hocsau/music/player.py; có phép thử giữ.
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

(() => {
  "use strict";
  const folder = document.currentScript.src.replace(/[^/]*$/, "abcjs/");
  const WHOLE = 2.4; // giây của một nốt tròn, như SECONDS trong hocsau/music/score.py
  let engine = null;

  function load() {
    engine ??= new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = folder + "abcjs-basic-min.js";
      script.onload = done;
      script.onerror = fail;
      document.head.append(script);
    });
    return engine;
  }

  // Nốt theo abcjs, cho bản ghi GPU chỉ còn chữ: [cao độ, bắt đầu, độ dài], giây.
  function heard(tune) {
    const audio = tune.setUpAudio({});
    return audio.tracks.flat().filter((e) => e.cmd === "note")
      .map((e) => [e.pitch, e.start * WHOLE, e.duration * WHOLE])
      .sort((a, b) => a[1] - b[1]);
  }

  async function engrave(box) {
    const abc = box.querySelector("pre").textContent;
    const staff = document.createElement("div");
    const name = /^T:(.*)$/m.exec(abc)?.[1] ?? "";
    try {
      await load();
      box.insertBefore(staff, box.querySelector("details, pre"));
      const [tune] = ABCJS.renderAbc(staff, abc, {
        responsive: "resize", add_classes: true, staffwidth: 520, paddingtop: 0,
        paddingbottom: 4, paddingleft: 0, paddingright: 0,
        ariaLabel: `Khuông nhạc của bài ${name}`,
      });
      if (!staff.querySelector(".abcjs-note")) throw new Error("không có nốt");
      if (!box.querySelector("button")) hsAbc(box, heard(tune)); // bản ghi GPU
      box.classList.add("hs-abc-on"); // cho người soát và phép thử
    } catch {
      staff.remove(); // hình nốt và văn bản vẫn còn đó
    }
  }

  const near = new IntersectionObserver(
    (entries) => entries.forEach((e) => {
      if (!e.isIntersecting) return;
      near.unobserve(e.target);
      engrave(e.target);
    }),
    { rootMargin: "800px 0px" }, // vẽ xong trước khi tới nơi, chữ dưới nó không nhảy
  );
  const boxes = document.querySelectorAll(".hs-abc");
  const buttons = [...boxes].map((box) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Khuông nhạc";
    button.onclick = () => {
      buttons.forEach((b) => b.remove());
      box.querySelector("button")?.focus();
      boxes.forEach((b) => near.observe(b));
    };
    box.insertBefore(button, box.querySelector("details, pre"));
    return button;
  });
})();
