/* Vietnamese letters without case and marks, position by position: folded text has the
   length of the original, so a match in one is a place in the other.
   FOLD[code] is the bare letter; MARK[code] is what was taken off:
   bits 0-2 the tone (0 none), bits 3-7 the shape (circumflex, breve, horn, bar, other). */
(function (ns) {
  "use strict";
  const SIZE = 0x2000;
  const TONES = { 0x300: 1, 0x301: 2, 0x303: 3, 0x309: 4, 0x323: 5 };
  const SHAPES = { 0x302: 8, 0x306: 16, 0x31b: 32 };
  const BAR = 64, OTHER = 128, TONE = 7;
  const FOLD = new Uint16Array(SIZE);
  const MARK = new Uint8Array(SIZE);
  const WORD = new Uint8Array(SIZE);

  function enter(code) {
    const letter = String.fromCharCode(code);
    const parts = letter.toLowerCase().normalize("NFD");
    WORD[code] = /[\p{L}\p{N}]/u.test(letter) ? 1 : 0;
    FOLD[code] = WORD[code] ? parts.charCodeAt(0) : code;
    for (let i = 1; WORD[code] && i < parts.length; i++) {
      const mark = parts.charCodeAt(i);
      MARK[code] |= TONES[mark] || SHAPES[mark] || OTHER;
    }
    if (parts === "đ") { FOLD[code] = 0x64; MARK[code] = BAR; } // NFD leaves đ whole
  }
  for (let code = 0; code < SIZE; code++) enter(code);

  const decoder = new TextDecoder("utf-16le", { ignoreBOM: true });

  function fold(text) {
    const codes = new Uint16Array(text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      codes[i] = code < SIZE ? FOLD[code] : code;
    }
    return decoder.decode(codes);
  }

  function isWord(text, at) {
    const code = text.charCodeAt(at); // NaN past the end
    return code < SIZE ? WORD[code] === 1 : code >= 0x3040 && code < 0xfe00;
  }

  /* What the reader typed: composed, one line, no mark without a letter. */
  function tidy(text) {
    return text.normalize("NFC").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ").trim();
  }

  function words(text) {
    const found = [], bare = fold(text);
    for (let i = 0; i < bare.length; ) {
      const start = i;
      while (i < bare.length && isWord(bare, i)) i++;
      if (i > start) found.push({ start: start, text: text.slice(start, i), bare: bare.slice(start, i) });
      else i++;
    }
    return found;
  }

  /* How well the marks of a typed syllable agree with text[at...]:
     1 the same; 0.85 the reader typed fewer; 0.15 they contradict. A tone counts for the
     syllable, not for its letter, so that hoà and hòa are the same. */
  function agreement(typed, text, at) {
    let toneTyped = 0, toneText = 0, same = true;
    for (let i = 0; i < typed.length; i++) {
      const a = typed.charCodeAt(i), b = text.charCodeAt(at + i);
      const ma = a < SIZE ? MARK[a] : 0, mb = b < SIZE ? MARK[b] : 0;
      if ((ma & ~TONE) & ~mb) return 0.15;
      if ((ma & ~TONE) !== (mb & ~TONE)) same = false;
      toneTyped |= ma & TONE;
      toneText |= mb & TONE;
    }
    if (toneTyped === toneText) return same ? 1 : 0.85;
    return toneTyped ? 0.15 : 0.85;
  }

  ns.fold = { fold: fold, isWord: isWord, tidy: tidy, words: words, agreement: agreement };
})(window.hocsauSearch);
