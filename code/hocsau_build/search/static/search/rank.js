/* Which unit (section or glossary term) answers best. A query is scored by its single
   words and, above all, by its neighbouring pairs: "hồi quy" together is a word, "hồi"
   here and "quy" there is not. */
(function (ns) {
  "use strict";
  const F = ns.fold;
  const WEIGHT = { heading: 5, names: 3, text: 1, title: 4 };
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

  /* Rare terms say more. Titles are counted with the units of their pages. */
  function rarity(count, total) {
    return Math.log(1 + (total - count + 0.5) / (count + 0.5));
  }

  function countUnits(parts) {
    const seen = new Set();
    parts.forEach(function (part) { part.best.forEach(function (q, unit) { if (q > 0.2) seen.add(unit); }); });
    return seen.size;
  }

  /* A term that fills a short heading says more than one inside a long one. */
  function filling(field, owner, words) {
    return 0.4 + 0.6 * Math.min(1, words / F.words(field.texts[owner]).length);
  }

  function add(map, key, value) { map.set(key, (map.get(key) || 0) + value); }

  function Scores() {
    this.unit = new Map();
    this.page = new Map();
    this.covered = new Map();
    this.titled = new Map();
  }

  Scores.prototype.short = function (field, part, term, into, weight) {
    part.best.forEach(function (quality, owner) {
      add(into, owner, weight * quality * filling(field, owner, term.to - term.from));
    });
  };

  Scores.prototype.long = function (field, part, weight) {
    const unit = this.unit;
    part.sum.forEach(function (sum, owner) {
      const saturation = 0.6 + 0.6 * Math.min(3, field.length(owner) / field.mean);
      // A better match (marks, whole word) tells more than many worse ones.
      add(unit, owner, weight * part.best.get(owner) * (0.5 + sum / (sum + saturation)));
    });
  };

  /* What share of the query, by rarity, a unit has; kept at its best field. */
  function cover(into, part, rare) {
    part.best.forEach(function (quality, owner) {
      const entry = into.get(owner) || new Map();
      entry.set(rare.index, Math.max(entry.get(rare.index) || 0, quality * rare.value));
      into.set(owner, entry);
    });
  }

  function share(scores, unit, page, total) {
    const own = scores.covered.get(unit) || new Map();
    const title = scores.titled.get(page) || new Map();
    let sum = 0;
    new Set([...own.keys(), ...title.keys()]).forEach(function (index) {
      sum += Math.max(own.get(index) || 0, title.get(index) || 0);
    });
    return total ? Math.min(1, sum / total) : 0;
  }

  /* Scores of all units and pages for one wording of the query. */
  ns.rank = function (fields, pageOf, wording) {
    const words = F.words(wording).slice(0, MAX_WORDS);
    const terms = termsOf(words), scores = new Scores();
    const found = {};
    for (const name in fields) found[name] = tallies(fields[name], words, terms);
    let potential = 0, total = 0;
    terms.forEach(function (term, i) {
      const inUnits = ["heading", "names", "text"].filter(function (name) { return fields[name]; });
      const count = Math.max(countUnits(inUnits.map(function (name) { return found[name][i]; })), found.title[i].best.size);
      const rare = { index: i, value: rarity(count, pageOf.length) };
      const weight = term.weight * rare.value;
      potential += weight;
      scores.short(fields.title, found.title[i], term, scores.page, weight * WEIGHT.title);
      scores.short(fields.heading, found.heading[i], term, scores.unit, weight * WEIGHT.heading);
      scores.short(fields.names, found.names[i], term, scores.unit, weight * WEIGHT.names * 0.5);
      if (fields.text) scores.long(fields.text, found.text[i], weight * WEIGHT.text);
      if (term.to - term.from > 1) return;
      total += rare.value;
      inUnits.forEach(function (name) { cover(scores.covered, found[name][i], rare); });
      cover(scores.titled, found.title[i], rare);
    });
    return { words: words, pages: byPage(scores, pageOf, potential, total) };
  };

  /* Pages with their units, best first; a page is worth its title and its best units. */
  function byPage(scores, pageOf, potential, total) {
    const pages = new Map();
    const entry = function (page) {
      if (!pages.has(page)) pages.set(page, { page: page, units: [] });
      return pages.get(page);
    };
    scores.unit.forEach(function (value, unit) {
      const complete = share(scores, unit, pageOf[unit], total);
      const score = (value / potential) * (0.15 + 0.85 * complete * complete);
      entry(pageOf[unit]).units.push({ unit: unit, score: score });
    });
    scores.page.forEach(function (value, page) { entry(page).title = value / potential; });
    pages.forEach(function (it) {
      it.units.sort(function (a, b) { return b.score - a.score; });
      const best = it.units.slice(0, 3).map(function (u) { return u.score; });
      const title = (it.title || 0) * (0.15 + 0.85 * Math.pow(share(scores, -1, it.page, total), 2));
      it.score = title + (best[0] || 0) + 0.3 * (best[1] || 0) + 0.15 * (best[2] || 0);
    });
    return pages;
  }
})(window.hocsauSearch);
