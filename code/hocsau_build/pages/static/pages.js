/* Lọc bảng thuật ngữ khi gõ; không có JavaScript thì ô này không hiện. */
(() => {
  const fold = (s) =>
    s.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const start = (root) => {
    const box = root.querySelector(".hp-filter");
    const terms = [...root.querySelectorAll(".hp-term")].map((el) => [el, fold(el.textContent)]);
    const filter = (query) => {
      const words = fold(query).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [el, text] of terms) {
        el.hidden = !words.every((w) => text.includes(w));
        shown += el.hidden ? 0 : 1;
      }
      for (const part of root.querySelectorAll(".hp-letter")) {
        part.hidden = !part.querySelector(".hp-term:not([hidden])");
      }
      box.querySelector("[role=status]").textContent = words.length
        ? `${shown} thuật ngữ`
        : "";
    };
    box.hidden = false;
    box.querySelector("input").addEventListener("input", (e) => filter(e.target.value));
    window.addEventListener("hashchange", () => {
      box.querySelector("input").value = "";
      filter("");
    });
  };
  document.querySelectorAll(".hp-glossary").forEach(start);
})();
