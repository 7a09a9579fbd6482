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
    return { html: katex.renderToString(tex, options) };
  } catch (error) {
    return { error: String(error.message || error) };
  }
}

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    process.stdout.write(JSON.stringify(render(JSON.parse(line))) + "\n");
  });
