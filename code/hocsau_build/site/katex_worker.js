// Reads one JSON request a line, writes one JSON answer a line.
// argv: path of katex.min.js
const katex = require(process.argv[2]);
const letters =
  "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

// Whole Vietnamese letters from the page's own font, never built from accents.
for (const c of letters + letters.toUpperCase()) {
  for (const mode of ["text", "math"]) {
    katex.__defineSymbol(mode, "main", "textord", c, c);
  }
}
console.warn = () => {};

function render({ tex, display, macros }) {
  try {
    const options = { displayMode: display, macros, throwOnError: true, strict: false };
    const html = katex.renderToString(tex, options);
    // KaTeX writes í, ì as a dotless i and an accent, which text fonts misplace.
    return { html: html.replace(/\u0131([\u0300\u0301])/g, (_, a) => ("i" + a).normalize()) };
  } catch (error) {
    return { error: String(error.message || error) };
  }
}

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    process.stdout.write(JSON.stringify(render(JSON.parse(line))) + "\n");
  });
