// Việc nhỏ trên trang: chép mã, chú giải thuật ngữ, mở hết khi in.
(() => {
  "use strict";
  const root = document.documentElement;

  // Nút "Chép" cho mỗi khối mã; mã của ô sống chép kèm dòng đánh dấu.
  function addCopyButton(block) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hs-copy";
    button.textContent = "Chép";
    button.addEventListener("click", async () => {
      const text = block.querySelector("pre").textContent.replace(/\n$/, "");
      const done = await copy(text);
      button.textContent = done ? "Đã chép" : "Không chép được";
      setTimeout(() => (button.textContent = "Chép"), 1600);
    });
    block.append(button);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  // Thuật ngữ: rê chuột, chạm hoặc Tab tới thì hiện; Esc hoặc chạm ngoài thì ẩn.
  let open = null;

  function hide() {
    if (!open) return;
    open.setAttribute("aria-expanded", "false");
    document.getElementById(open.getAttribute("aria-describedby")).hidden = true;
    open = null;
  }

  function show(term) {
    if (open === term) return;
    hide();
    const tip = document.getElementById(term.getAttribute("aria-describedby"));
    tip.hidden = false;
    const at = term.getClientRects()[0];
    const edge = root.clientWidth - tip.offsetWidth - 8;
    const below = at.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(at.left, edge)) + scrollX}px`;
    tip.style.top = `${scrollY + (below ? at.bottom + 6 : at.top - tip.offsetHeight - 6)}px`;
    term.setAttribute("aria-expanded", "true");
    open = term;
  }

  function addTerm(term) {
    const tip = document.getElementById(term.getAttribute("aria-describedby"));
    if (!tip) return;
    document.body.append(tip);
    let timer = 0;
    const later = () => (timer = setTimeout(hide, 250));
    const stay = () => clearTimeout(timer);
    term.addEventListener("focus", () => show(term));
    term.addEventListener("blur", hide);
    term.addEventListener("click", () => show(term));
    for (const node of [term, tip]) {
      node.addEventListener("pointerleave", (e) => e.pointerType === "mouse" && later());
    }
    term.addEventListener("pointerenter", (e) => {
      stay();
      if (e.pointerType === "mouse") show(term);
    });
    tip.addEventListener("pointerenter", stay);
  }

  // Liên kết tới một bài giải đang gấp thì mở nó ra.
  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    const inside = target.querySelector(":scope > details.hs-fold");
    for (let d = inside || target; d; d = d.parentElement) if (d.tagName === "DETAILS") d.open = true;
    target.scrollIntoView();
  }

  document.querySelectorAll("div.highlight").forEach((block) => {
    if (block.querySelector("pre") && !block.closest(".cell_output")) addCopyButton(block);
  });
  document.querySelectorAll(".hs-term").forEach(addTerm);
  document.addEventListener("keydown", (e) => e.key === "Escape" && hide());
  document.addEventListener("pointerdown", (e) => {
    if (open && !e.target.closest(".hs-term, .hs-tip")) hide();
  });
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  addEventListener("beforeprint", () => {
    document.querySelectorAll("details:not([open])").forEach((d) => {
      d.open = true;
      d.dataset.printed = "";
    });
  });
  addEventListener("afterprint", () => {
    document.querySelectorAll("details[data-printed]").forEach((d) => {
      d.open = false;
      delete d.dataset.printed;
    });
  });
})();
