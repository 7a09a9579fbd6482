/* Finding typed words in many short texts: one joined, folded string, searched from end
   to end. Two million letters take a few milliseconds, keep every match's place (phrases
   need it, Vietnamese words being made of several syllables), and need no index to be
   downloaded beside the text that excerpts need anyway. */
(function (ns) {
  "use strict";
  const F = ns.fold;

  function Field(texts) {
    this.texts = texts;
    this.joined = texts.join("\n");
    this.bare = F.fold(this.joined);
    this.starts = new Int32Array(texts.length + 1);
    for (let i = 0; i < texts.length; i++) {
      this.starts[i + 1] = this.starts[i] + texts[i].length + 1;
    }
    this.cache = new Map();
  }

  /* Hits of a word: places, owning texts, qualities. Kept: while a reader types, only
     the last word changes. */
  Field.prototype.find = function (word, prefix) {
    const key = word.text + "\n" + prefix;
    let hits = this.cache.get(key);
    if (!hits) {
      if (this.cache.size > 60) this.cache.clear();
      hits = this.scan(word, prefix);
      this.cache.set(key, hits);
    }
    return hits;
  };

  Field.prototype.scan = function (word, prefix) {
    const bare = this.bare, size = word.bare.length;
    const hits = { at: [], owner: [], quality: [] };
    let owner = 0;
    for (let at = bare.indexOf(word.bare); at >= 0; at = bare.indexOf(word.bare, at + size)) {
      if (at > 0 && F.isWord(bare, at - 1)) continue;
      const whole = !F.isWord(bare, at + size);
      if (!whole && !prefix) continue;
      while (this.starts[owner + 1] <= at) owner++;
      const quality = F.agreement(word.text, this.joined, at) * (whole ? 1 : prefix);
      hits.at.push(at);
      hits.owner.push(owner);
      hits.quality.push(quality);
    }
    return hits;
  };

  Field.prototype.wordEnd = function (at) {
    while (F.isWord(this.bare, at)) at++;
    return at;
  };

  /* Where the word after this one starts, if nothing but a sign or a space parts them. */
  Field.prototype.nextWord = function (at) {
    let next = this.wordEnd(at);
    for (let gap = 0; gap < 3 && !F.isWord(this.bare, next); gap++) {
      if (this.bare.charCodeAt(next) === 10) return -1;
      next++;
    }
    return next;
  };

  /* Quality of the hit at a place (they are in order), 0 without one. */
  function qualityAt(hits, place) {
    let low = 0, high = hits.at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (hits.at[middle] < place) low = middle + 1;
      else high = middle;
    }
    return hits.at[low] === place ? hits.quality[low] : 0;
  }

  /* Hits of words that follow one another; the quality is that of the worst. */
  Field.prototype.follow = function (hitsOfWords) {
    const first = hitsOfWords[0];
    const found = { at: [], owner: [], quality: [] };
    for (let i = 0; i < first.at.length; i++) {
      let at = first.at[i], quality = first.quality[i];
      for (let w = 1; w < hitsOfWords.length && quality > 0; w++) {
        at = this.nextWord(at);
        quality = Math.min(quality, at < 0 ? 0 : qualityAt(hitsOfWords[w], at));
      }
      if (quality > 0) {
        found.at.push(first.at[i]);
        found.owner.push(first.owner[i]);
        found.quality.push(quality);
      }
    }
    return found;
  };

  /* Hits by the text that owns them, in order: the sum and the best of their qualities. */
  Field.prototype.tally = function (hits) {
    const owners = [], sum = [], best = [];
    for (let i = 0, last = -1; i < hits.at.length; i++) {
      if (hits.owner[i] !== last) {
        last = hits.owner[i];
        owners.push(last);
        sum.push(0);
        best.push(0);
      }
      const end = owners.length - 1;
      sum[end] += hits.quality[i];
      if (hits.quality[i] > best[end]) best[end] = hits.quality[i];
    }
    return { owners: owners, sum: sum, best: best };
  };

  /* How long each text is, in words, roughly. */
  Field.prototype.length = function (owner) {
    return (this.starts[owner + 1] - this.starts[owner]) / 5 + 1;
  };

  ns.Field = Field;
})(window.hocsauSearch);
