/* What to show of a unit: the stretch of text that holds most of the query, cut at words,
   in pieces of [text, matched]. */
(function (ns) {
  "use strict";
  const F = ns.fold;
  const WIDTH = 170;

  function matches(token, word) {
    const growing = word.bare.length > 3 && token.bare.startsWith(word.bare);
    return (token.bare === word.bare || growing) && F.agreement(word.text, token.text, 0);
  }

  function follows(a, b) {
    return a && b && a.index + 1 === b.index && a.word + 1 === b.word;
  }

  /* Places of typed words; those with other marks only if none has the right ones, and
     no stray syllables of a word that has several. */
  function places(text, words) {
    const found = [];
    F.words(text).forEach(function (token, index) {
      words.forEach(function (word, w) {
        const quality = matches(token, word);
        if (quality) found.push({ from: token.start, to: token.start + token.text.length, index: index, word: w, good: quality > 0.5 });
      });
    });
    const good = found.filter(function (place) { return place.good; });
    const list = good.length ? good : found;
    return list.filter(function (place) {
      const word = words[place.word];
      return word.alone || word.bare.length > 3 || list.some(function (other) {
        return follows(other, place) || follows(place, other);
      });
    });
  }

  /* Neighbours in the query that are neighbours in the text count most. */
  function worth(found, from) {
    const kinds = new Set();
    let value = 0;
    for (let i = from; i < found.length && found[i].to - found[from].from < WIDTH - 40; i++) {
      if (!kinds.has(found[i].word)) value += 1;
      kinds.add(found[i].word);
      if (i > from && follows(found[i - 1], found[i])) value += 2;
    }
    return value;
  }

  function window_(text, found) {
    if (!found.length) return [0, Math.min(text.length, WIDTH)];
    let best = 0, top = -1;
    found.forEach(function (place, i) {
      const value = worth(found, i);
      if (value > top) { top = value; best = i; }
    });
    const from = Math.max(0, found[best].from - 40);
    return [from, Math.min(text.length, from + WIDTH)];
  }

  function atWords(text, range) {
    let from = range[0], to = range[1];
    while (from > 0 && text[from - 1] !== " ") from--;
    while (to < text.length && text[to] !== " ") to++;
    return [from, to];
  }

  function pieces(text, found, from, to) {
    const out = [];
    let at = from;
    found.forEach(function (place) {
      if (place.from < at || place.to > to) return;
      if (place.from > at) out.push([text.slice(at, place.from), false]);
      out.push([text.slice(place.from, place.to), true]);
      at = place.to;
    });
    if (at < to) out.push([text.slice(at, to), false]);
    return joined(out);
  }

  /* Marked neighbours become one mark. */
  function joined(list) {
    const out = [];
    list.forEach(function (piece) {
      const last = out[out.length - 1], before = out[out.length - 2];
      if (piece[1] && last && !last[1] && last[0] === " " && before && before[1]) {
        out.pop();
        before[0] += " " + piece[0];
      } else out.push(piece);
    });
    return out;
  }

  ns.highlight = function (text, words) {
    return pieces(text, places(text, words), 0, text.length);
  };

  ns.excerpt = function (text, words) {
    const found = places(text, words);
    const range = atWords(text, window_(text, found));
    const out = pieces(text, found, range[0], range[1]);
    if (range[0] > 0) out.unshift(["… ", false]);
    if (range[1] < text.length) out.push([" …", false]);
    return out;
  };

  /* Names of code that hold most of what was asked for: "linear" shows nn.Linear. */
  ns.namesFound = function (names, words) {
    const all = names.split(" ").map(function (name) {
      return { name: name, hits: places(name, words).length };
    });
    const most = Math.max(1, ...all.map(function (it) { return it.hits; }));
    return all.filter(function (it) { return it.hits === most; }).slice(0, 2).map(function (it) { return it.name; });
  };
})(window.hocsauSearch);
