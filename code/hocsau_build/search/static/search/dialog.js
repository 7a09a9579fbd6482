/* The dialog: the browser's own <dialog>, which keeps the focus and closes on Escape. */
(function (ns) {
  "use strict";
  let dialog = null, view = null;

  function make() {
    dialog = document.createElement("dialog");
    dialog.className = "hs-dialog";
    dialog.setAttribute("aria-label", "Tìm kiếm");
    const box = document.createElement("div");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "hs-close";
    close.textContent = "Đóng";
    close.addEventListener("click", function () { dialog.close(); });
    dialog.append(box, close);
    document.body.append(dialog);
    view = ns.view.mount(box, { limit: 8, more: true });
    dialog.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return; // a search field would only be emptied
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("click", function (event) {
      const link = event.target.closest("a");
      if (event.target === dialog || (link && !event.ctrlKey && !event.metaKey)) dialog.close();
    });
  }

  ns.dialog = {
    open: function (text) {
      if (!dialog) make();
      if (text !== undefined) { view.input.value = text; view.update(); }
      if (!dialog.open) dialog.showModal();
      view.input.focus();
      view.input.select();
    },
    close: function () { dialog.close(); },
    isOpen: function () { return Boolean(dialog && dialog.open); },
  };
})(window.hocsauSearch);
