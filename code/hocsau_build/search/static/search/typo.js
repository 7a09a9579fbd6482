/* One slip of the finger: a word of four letters or more that the book does not have
   becomes the most frequent word of the book that differs in one letter. */
(function (ns) {
  "use strict";

  ns.vocabulary = function (bare) {
    const counts = new Map();
    (bare.match(/[a-z0-9]{2,}/g) || []).forEach(function (word) {
      counts.set(word, (counts.get(word) || 0) + 1);
    });
    return counts;
  };

  /* One letter added, dropped, changed, or two neighbours swapped. */
  ns.oneSlip = function (a, b) {
    if (a === b || Math.abs(a.length - b.length) > 1) return false;
    let i = 0, j = 0;
    while (i < a.length && a[i] === b[i]) i++;
    while (j < Math.min(a.length, b.length) - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
    const restA = a.slice(i, a.length - j), restB = b.slice(i, b.length - j);
    const swapped = restA.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
    return swapped || (restA.length <= 1 && restB.length <= 1);
  };

  function nearest(word, counts) {
    let best = "", most = 0;
    counts.forEach(function (count, other) {
      if (count > most && ns.oneSlip(word, other)) { best = other; most = count; }
    });
    return best;
  }

  /* The query with unknown words replaced; empty if nothing could be done. */
  ns.corrected = function (query, counts) {
    let changed = false;
    const words = ns.fold.words(query).map(function (word) {
      if (counts.has(word.bare) || word.bare.length < 4) return word.text;
      const other = nearest(word.bare, counts);
      changed = changed || Boolean(other);
      return other || word.text;
    });
    return changed ? words.join(" ") : "";
  };
})(window.hocsauSearch);
