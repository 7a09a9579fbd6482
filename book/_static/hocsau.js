// Việc nhỏ trên trang: sáng tối, hai mục lục, chép mã, chú giải thuật ngữ, mở hết khi in.
(() => {
  "use strict";
  const root = document.documentElement;
  const own = document.currentScript.src;
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => document.querySelectorAll(selector);

  // Sáng, tối hoặc theo máy; nhớ trên máy của người đọc.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const MODES = { auto: "theo máy", light: "sáng", dark: "tối" };

  function setMode(mode) {
    root.dataset.mode = mode;
    root.dataset.theme = mode !== "auto" ? mode : dark.matches ? "dark" : "light";
    all(".hs-theme").forEach((button) => {
      button.title = `Giao diện: ${MODES[mode]}`;
      button.setAttribute("aria-label", button.title);
    });
  }

  function nextMode() {
    const order = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    const mode = order[(order.indexOf(root.dataset.mode) + 1) % 3];
    try {
      localStorage.setItem("mode", mode);
    } catch {
      // Trình duyệt cấm nhớ: vẫn đổi được trong trang này.
    }
    setMode(mode);
  }

  setMode(root.dataset.mode in MODES ? root.dataset.mode : "auto");
  dark.addEventListener("change", () => setMode(root.dataset.mode));
  all(".hs-theme").forEach((button) => button.addEventListener("click", nextMode));

  // Hai mục lục: nút bật tắt ô đánh dấu ẩn của giao diện; Esc đóng.
  for (const side of ["primary", "secondary"]) {
    const box = document.getElementById(`pst-${side}-sidebar-checkbox`);
    all(`.${side}-toggle`).forEach((button) => {
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", () => {
        box.checked = !box.checked;
        button.setAttribute("aria-expanded", box.checked);
      });
    });
    document.addEventListener("keydown", (e) => e.key === "Escape" && (box.checked = false));
    $(`.bd-sidebar-${side}`)?.addEventListener("click", (e) => {
      if (e.target.closest("a")) box.checked = false;
    });
  }
  const nav = $(".bd-sidebar-primary");
  const here = nav?.querySelector(".current.active");
  if (here && here.offsetTop > nav.clientHeight * 0.7) nav.scrollTop = here.offsetTop - nav.clientHeight / 3;

  // Mục đang đọc được tô trong mục lục của trang.
  const links = new Map();
  all(".bd-toc-nav a[href^='#']").forEach((a) => {
    const section = document.getElementById(decodeURIComponent(a.hash.slice(1)));
    if (section) links.set(section, a);
  });
  const watch = new IntersectionObserver(
    (entries) => {
      entries.forEach((e) => (e.target.hsSeen = e.isIntersecting));
      const seen = [...links.keys()].filter((section) => section.hsSeen);
      links.forEach((a, section) => a.classList.toggle("active", section === seen.at(-1)));
    },
    { rootMargin: "-64px 0px -60% 0px" },
  );
  links.forEach((_, section) => watch.observe(section));

  // Khối cuộn ngang được thì tới được bằng phím Tab.
  const sizes = new ResizeObserver((entries) => {
    const wide = entries.map(({ target }) => target.scrollWidth > target.clientWidth + 1);
    entries.forEach(({ target }, i) => (wide[i] ? (target.tabIndex = 0) : target.removeAttribute("tabindex")));
  });
  all("pre, .hs-eq-body, .pst-scrollable-table-container").forEach((block) => sizes.observe(block));

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
    const later = () => (timer = setTimeout(() => open === term && hide(), 250));
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

  all("div.highlight").forEach((block) => {
    if (block.querySelector("pre") && !block.closest(".cell_output")) addCopyButton(block);
  });
  all(".hs-term").forEach(addTerm);
  document.addEventListener("keydown", (e) => e.key === "Escape" && hide());
  document.addEventListener("pointerdown", (e) => {
    if (open && !e.target.closest(".hs-term, .hs-tip")) hide();
  });
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  // Bản nhạc ABC: phần vẽ và chơi chỉ tải ở trang có nhạc.
  if ($(".hs-abc")) {
    const music = document.createElement("script");
    music.src = own.replace(/hocsau\.js.*$/, "hocsau-abc.js");
    document.head.append(music);
  }

  addEventListener("beforeprint", () => {
    all("img[loading=lazy]").forEach((img) => (img.loading = "eager"));
    all("details:not([open])").forEach((d) => {
      d.open = true;
      d.dataset.printed = "";
    });
  });
  addEventListener("afterprint", () => {
    all("details[data-printed]").forEach((d) => {
      d.open = false;
      delete d.dataset.printed;
    });
  });
})();
