/* The only search script that every page loads. It opens the dialog on Ctrl+K, "/" or
   the button, and brings the rest (engine, index, looks) on the first sign of interest.
   Classic scripts throughout: modules and fetch() fail on pages opened from a disk. */
(function () {
  "use strict";
  const ns = (window.hocsauSearch = window.hocsauSearch || {});
  const here = document.currentScript.src;
  const version = new URL(here).search;
  ns.base = here.slice(0, here.lastIndexOf("/") + 1);
  ns.root = new URL("../../", ns.base).href;
  const PARTS = ["fold", "match", "rank", "excerpt", "typo", "engine", "view", "dialog"];

  ns.script = function (name, query) {
    return new Promise(function (done, failed) {
      const node = document.createElement("script");
      node.src = ns.base + name + (query === undefined ? version : query);
      node.async = false; // in order, downloaded together
      node.onload = done;
      node.onerror = function () { failed(new Error(name)); };
      document.head.append(node);
    });
  };

  function style() {
    const node = document.createElement("link");
    node.rel = "stylesheet";
    node.href = ns.base + "search.css" + version;
    return new Promise(function (done) {
      node.onload = node.onerror = done;
      document.head.append(node);
    });
  }

  let ready = null;
  ns.load = function () {
    if (!ready) {
      const scripts = PARTS.map(function (part) { return ns.script(part + ".js"); });
      ready = Promise.all(scripts.concat(style()));
      ready.catch(function () { ready = null; }); // offline for a moment: try again
    }
    return ready;
  };

  /* The index grows with the book: it comes for who is about to type. */
  function warm() { return ns.load().then(function () { ns.index.load().catch(function () {}); }); }

  ns.open = function (text) {
    return warm().then(function () { ns.dialog.open(text); }, ns.fallback);
  };
  ns.fallback = function () { location.href = ns.root + "search.html"; };

  /* Put a search field with its results into an element (search page, 404 page). */
  ns.mount = function (element, options) {
    return ns.load().then(function () { return ns.view.mount(element, options); });
  };

  function typing(target) {
    const field = target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
    return field && target.getClientRects().length > 0; // not one in a closed dialog
  }

  function shortcut(event) {
    if (event.shiftKey || event.altKey) return false;
    if (/^k$/i.test(event.key)) return event.ctrlKey !== event.metaKey;
    return event.key === "/" && !event.ctrlKey && !event.metaKey && !typing(event.target);
  }

  /* Before the theme's own Ctrl+K, which looks for a field that is no longer there. */
  window.addEventListener("keydown", function (event) {
    if (!shortcut(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (ns.dialog && ns.dialog.isOpen()) ns.dialog.close();
    else ns.open();
  }, true);

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-search-open]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ns.open();
  });

  ["pointerover", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function near(event) {
      if (!event.target.closest || !event.target.closest("[data-search-open]")) return;
      document.removeEventListener(kind, near);
      warm().catch(function () {});
    });
  });

  /* Deferred: the page is parsed by now. */
  document.querySelectorAll("[data-hocsau-search]").forEach(function (element) {
    const page = element.dataset.hocsauSearch === "page";
    ns.mount(element, { fromUrl: page, limit: page ? 30 : 8 }).catch(function () {
      element.textContent = "Không tải được phần tìm kiếm. Hãy tải lại trang.";
    });
  });
})();
