/* The field and its answers, in the dialog, on search.html and on the 404 page alike.
   Answers are plain links; arrows move between them, typing returns to the field. */
(function (ns) {
  "use strict";
  let number = 0;

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    node.append(...children);
    return node;
  }

  function marked(pieces) {
    return pieces.map(function (piece) { return piece[1] ? el("mark", {}, piece[0]) : piece[0]; });
  }

  function unit(it) {
    const link = el("a", { href: it.url, class: "hs-unit" }, el("span", { class: "hs-heading" }, ...marked(it.heading)));
    it.names.forEach(function (name) { link.append(" ", el("code", {}, name)); });
    if (it.excerpt.length) link.append(el("span", { class: "hs-excerpt" }, ...marked(it.excerpt)));
    return el("li", {}, link);
  }

  function page(it) {
    const link = el("a", { href: it.url, class: "hs-page" }, el("span", { class: "hs-title" }, ...marked(it.pieces)));
    if (it.part) link.append(el("span", { class: "hs-part" }, it.part));
    return el("li", {}, link, el("ul", {}, ...it.units.map(unit)));
  }

  function hint() {
    return "Không cần gõ dấu. Thử: «dao ham», «gradient descent», «nn.Linear».";
  }

  function status(answer) {
    if (ns.index.failed) return "Không tải được chỉ mục. Kiểm tra mạng rồi gõ lại.";
    if (!answer.query) return hint();
    if (!answer.count) return answer.complete ? "Không thấy trang nào. Thử ít chữ hơn, hoặc tên tiếng Anh." : "Đang tìm…";
    const found = answer.count + " trang";
    return answer.corrected ? "Không thấy «" + answer.query + "». Đang tìm «" + answer.corrected + "»: " + found : found;
  }

  function parts(id) {
    const input = el("input", {
      type: "search", name: "q", id: id, autocomplete: "off", autocapitalize: "off", autocorrect: "off",
      spellcheck: "false", enterkeyhint: "search", placeholder: "Tìm trong sách", "aria-label": "Tìm trong sách",
      "aria-controls": id + "-list", "aria-describedby": id + "-status",
    });
    const form = el("form", { role: "search", class: "hs-form", action: ns.root + "search.html" }, input);
    const line = el("p", { class: "hs-status", id: id + "-status", role: "status" });
    const list = el("ul", { class: "hs-list", id: id + "-list", "aria-label": "Kết quả" });
    return { input: input, form: form, line: line, list: list };
  }

  /* Down, Up: through the links, and back into the field. */
  function move(it, event) {
    const stops = [it.input, ...it.list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0) {
      event.preventDefault();
      stops[Math.max(0, Math.min(stops.length - 1, at + step))].focus();
    } else if (at > 0 && (event.key === "Backspace" || isLetter(event))) it.input.focus();
  }

  function isLetter(event) {
    return event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  }

  function remember(text) {
    const url = new URL(location.href);
    if (text) url.searchParams.set("q", text);
    else url.searchParams.delete("q");
    try { history.replaceState(null, "", url); } catch (error) { /* some browsers, from a disk */ }
  }

  /* options: limit of pages, fromUrl (read and keep ?q=), more (link to all answers). */
  ns.view = {
    mount: function (box, options) {
      const it = parts("hocsau-search-" + ++number);
      const settings = Object.assign({ limit: 8 }, options);

      it.update = function () {
        const answer = ns.search(it.input.value, settings.limit);
        it.line.textContent = status(answer);
        it.list.replaceChildren(...answer.pages.map(page));
        if (settings.more && answer.count > answer.pages.length) it.list.append(more(answer.query));
        if (settings.fromUrl) remember(answer.query);
        it.answer = answer;
      };
      function look() { ns.index.load().catch(function () {}); it.update(); }
      it.input.addEventListener("input", look);
      it.form.addEventListener("submit", function (event) {
        event.preventDefault();
        it.update();
        const first = it.list.querySelector("a");
        if (first) first.click();
      });
      box.addEventListener("keydown", function (event) { move(it, event); });
      ns.index.listeners.push(it.update);
      box.classList.add("hs-box");
      box.replaceChildren(it.form, it.line, it.list);
      if (settings.fromUrl) it.input.value = new URL(location.href).searchParams.get("q") || "";
      if (settings.fromUrl) it.input.focus();
      if (it.input.value) look();
      else it.update();
      return it;
    },
  };

  function more(query) {
    const url = ns.root + "search.html?q=" + encodeURIComponent(query);
    return el("li", {}, el("a", { href: url, class: "hs-more" }, "Xem mọi kết quả"));
  }
})(window.hocsauSearch);
