/* Which unit (section or glossary term) answers best. A query is scored by its single
   words and, above all, by its neighbouring pairs: "hồi quy" together is a word, "hồi"
   here and "quy" there is not. */
(function (ns) {
  "use strict";
  const F = ns.fold;
  const WEIGHT = { heading: 5, names: 1.5, text: 1, title: 4 };
  const MAX_WORDS = 10;

  /* The last word may still be growing; English words also match their plural. */
  function prefixOf(word, last) {
    if (last && word.bare.length > 2) return 0.6;
    if (last && word.bare.length > 1) return 0.3;
    return word.bare.length > 3 ? 0.5 : 0;
  }

  function termsOf(words) {
    const n = words.length, terms = [];
    for (let i = 0; i < n; i++) terms.push({ from: i, to: i + 1, weight: n > 1 ? 0.35 : 1 });
    for (let i = 0; i + 1 < n; i++) terms.push({ from: i, to: i + 2, weight: 1 });
    if (n > 2) terms.push({ from: 0, to: n, weight: 1 });
    return terms;
  }

  function tallies(field, words, terms) {
    const last = words.length - 1;
    const hits = words.map(function (word, i) { return field.find(word, prefixOf(word, i === last)); });
    return terms.map(function (term) {
      const slice = hits.slice(term.from, term.to);
      return field.tally(slice.length > 1 ? field.follow(slice) : slice[0]);
    });
  }

  /* Rare terms say more. */
  function rarity(count, total) {
    return Math.log(1 + (total - count + 0.5) / (count + 0.5));
  }

  function countOwners(parts, size) {
    const seen = new Uint8Array(size);
    let count = 0;
    parts.forEach(function (part) {
      part.owners.forEach(function (owner, i) {
        if (part.best[i] > 0.2 && !seen[owner]) { seen[owner] = 1; count++; }
      });
    });
    return count;
  }

  /* A term that fills a short heading says more than one inside a long one. Glossary
     headings read "hạ gradient (gradient descent)": the fuller half counts. */
  function filling(field, owner, words) {
    const lengths = field.texts[owner].split(" (").map(function (half) { return F.words(half).length; });
    const fit = lengths.map(function (length) { return length >= words ? words / length : 0; });
    return 0.4 + 0.6 * Math.max(...fit);
  }

  /* Scores of texts (units or pages), and by word how well each has it. */
  function Board(size, words) {
    this.score = new Float32Array(size);
    this.has = words.map(function () { return new Float32Array(size); });
  }

  Board.prototype.heading = function (field, part, term, weight) {
    const score = this.score;
    part.owners.forEach(function (owner, i) {
      score[owner] += weight * part.best[i] * filling(field, owner, term.to - term.from);
    });
  };

  Board.prototype.name = function (part, weight) {
    const score = this.score;
    part.owners.forEach(function (owner, i) { score[owner] += weight * part.best[i]; });
  };

  /* A better match (marks, whole word) tells more than many worse ones. */
  Board.prototype.text = function (field, part, weight) {
    const score = this.score;
    part.owners.forEach(function (owner, i) {
      const room = 0.6 + 0.6 * Math.min(3, field.length(owner) / field.mean);
      score[owner] += weight * part.best[i] * (0.5 + part.sum[i] / (part.sum[i] + room));
    });
  };

  Board.prototype.keep = function (part, word) {
    const has = this.has[word];
    part.owners.forEach(function (owner, i) { has[owner] = Math.max(has[owner], part.best[i]); });
  };

  /* Scores of all units and pages for one wording of the query. */
  ns.rank = function (fields, pageOf, wording) {
    const words = F.words(wording).slice(0, MAX_WORDS);
    words.forEach(function (word) { word.alone = words.length === 1; });
    const terms = termsOf(words), found = {};
    const names = Object.keys(fields).filter(function (name) { return name !== "title"; });
    for (const name in fields) found[name] = tallies(fields[name], words, terms);
    const units = new Board(pageOf.length, words), pages = new Board(fields.title.texts.length, words);
    const rare = [];
    let potential = 0;
    terms.forEach(function (term, i) {
      const parts = names.map(function (name) { return found[name][i]; });
      const count = Math.max(countOwners(parts, pageOf.length), found.title[i].owners.length);
      const value = rarity(count, pageOf.length), weight = term.weight * value;
      potential += weight;
      pages.heading(fields.title, found.title[i], term, weight * WEIGHT.title);
      units.heading(fields.heading, found.heading[i], term, weight * WEIGHT.heading);
      if (fields.text) units.text(fields.text, found.text[i], weight * WEIGHT.text);
      if (fields.names) units.name(found.names[i], weight * WEIGHT.names);
      if (term.to - term.from > 1) return;
      rare.push(value);
      parts.forEach(function (part) { units.keep(part, i); });
      pages.keep(found.title[i], i);
    });
    return { words: words, pages: byPage(units, pages, pageOf, rare, potential) };
  };

  /* How much of the query, by rarity, a unit has, its page's title included. */
  function share(units, pages, unit, page, rare) {
    let sum = 0, total = 0;
    rare.forEach(function (value, word) {
      sum += value * Math.max(unit < 0 ? 0 : units.has[word][unit], pages.has[word][page]);
      total += value;
    });
    const complete = sum / total;
    return 0.15 + 0.85 * complete * complete;
  }

  /* Pages with their units, best first; a page is worth its title and its best units. */
  function byPage(units, pages, pageOf, rare, potential) {
    const out = new Map();
    const entry = function (page) {
      if (!out.has(page)) out.set(page, { units: [], score: 0 });
      return out.get(page);
    };
    units.score.forEach(function (score, unit) {
      const page = pageOf[unit];
      if (score > 0) entry(page).units.push({ unit: unit, score: (score / potential) * share(units, pages, unit, page, rare) });
    });
    pages.score.forEach(function (score, page) {
      if (score > 0) entry(page).score = (score / potential) * share(units, pages, -1, page, rare);
    });
    out.forEach(function (it) {
      it.units.sort(function (a, b) { return b.score - a.score; });
      it.units.slice(0, 3).forEach(function (u, i) { it.score += u.score * [1, 0.3, 0.15][i]; });
    });
    return out;
  }
})(window.hocsauSearch);
