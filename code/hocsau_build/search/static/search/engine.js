/* The index in memory, the wordings of a query, and its answer. */
(function (ns) {
  "use strict";
  const F = ns.fold;
  const index = (ns.index = { fields: null, complete: false, listeners: [] });
  let head = null, body = null, started = null, forms = [], vocabulary = null;

  ns.head = function (data) { head = data; };
  ns.body = function (data) { body = data; };

  /* First the head (titles, headings), which answers at once, then the text. */
  index.load = function () {
    if (!started) {
      started = ns.script("index-head.js").then(useHead).then(useTexts);
      started.catch(function () { started = null; index.failed = true; index.changed(); });
    }
    return started;
  };
  index.changed = function () { index.listeners.forEach(function (tell) { tell(); }); };

  function column(i) { return head.units.map(function (unit) { return unit[i]; }); }

  function useHead() {
    index.pageOf = column(0);
    index.fields = {
      title: new ns.Field(head.pages.map(function (page) { return page[1]; })),
      heading: new ns.Field(column(1)),
    };
    forms = head.terms.map(function (group) {
      return group.map(function (name) { return { name: name, bare: bareWords(name) }; });
    });
    index.failed = false;
    index.changed();
    return ns.script("index-text.js", "?" + head.digest); // never another build's text
  }

  function useTexts() {
    const field = new ns.Field(body.texts);
    field.mean = field.joined.length / 5 / Math.max(1, body.texts.length) + 1;
    index.fields.text = field;
    index.fields.names = new ns.Field(body.names);
    index.complete = true;
    index.changed();
    const idle = window.requestIdleCallback || setTimeout;
    idle(function () { ns.search("mạng học sâu"); }); // the first real answer finds the code warm
  }

  function bareWords(text) {
    return F.words(text).map(function (word) { return word.bare; }).join(" ");
  }

  /* The query, and what the glossary calls the same thing, with how sure that is. */
  function wordings(query) {
    const bare = bareWords(query), found = new Map([[query, 1]]);
    forms.forEach(function (group) {
      group.forEach(function (form) {
        const sure = likeness(bare, query, form);
        if (!sure) return;
        group.forEach(function (other) {
          if (other.bare === form.bare) return;
          const wording = sure === 0.8 ? replaced(bare, form.bare, other.name) : other.name;
          if (!found.has(wording)) found.set(wording, sure);
        });
      });
    });
    return chosen([...found].sort(function (a, b) { return b[1] - a[1]; }));
  }

  /* A name typed in full is not the beginning of another. */
  function chosen(list) {
    const whole = list.some(function (it) { return it[1] === 0.95; });
    return list.filter(function (it) { return it[1] > 0.6 || !whole; }).slice(0, whole ? 5 : 4);
  }

  /* 0.95 the whole query is this name; 0.8 it contains it; 0.6 it starts it. */
  function likeness(bare, query, form) {
    if (!form.bare) return 0;
    if (bare === form.bare) return F.agreement(query, form.name, 0) > 0.5 ? 0.95 : 0;
    if (form.bare.length > 2 && (" " + bare + " ").includes(" " + form.bare + " ")) {
      return form.bare.includes(" ") || form.bare.length > 4 ? 0.8 : 0;
    }
    return bare.length > 4 && form.bare.startsWith(bare) ? 0.6 : 0;
  }

  function replaced(bare, from, to) {
    return (" " + bare + " ").replace(" " + from + " ", " " + to + " ").trim();
  }

  /* Every wording is ranked; a page keeps its best, and a little of the others. */
  function ranked(query) {
    const pages = new Map(), words = [];
    wordings(query).forEach(function (wording) {
      const answer = ns.rank(index.fields, index.pageOf, wording[0]);
      words.push(...answer.words);
      answer.pages.forEach(function (it, page) { join(pages, page, it, wording[1]); });
    });
    const list = [...pages.values()].sort(function (a, b) { return b.score - a.score; });
    return { list: list, words: distinct(words) };
  }

  function distinct(words) {
    return [...new Map(words.map(function (word) { return [word.text, word]; })).values()];
  }

  function join(pages, page, it, sure) {
    const kept = pages.get(page) || { page: page, score: 0, units: new Map() };
    const score = sure * it.score;
    kept.score = Math.max(kept.score, score) + 0.1 * Math.min(kept.score, score);
    it.units.slice(0, 4).forEach(function (u) {
      kept.units.set(u.unit, Math.max(kept.units.get(u.unit) || 0, sure * u.score));
    });
    pages.set(page, kept);
  }

  function shown(kept, words) {
    const page = head.pages[kept.page];
    const units = [...kept.units].sort(function (a, b) { return b[1] - a[1]; });
    const good = units.filter(function (u, i) { return i < 3 && u[1] > 0.4 * units[0][1]; });
    return {
      url: ns.root + page[0], title: page[1], part: page[2], score: kept.score,
      pieces: ns.highlight(page[1], words),
      units: good.map(function (u) { return section(head.units[u[0]], page, u[0], words); }),
    };
  }

  function section(unit, page, number, words) {
    return {
      url: ns.root + page[0] + (unit[2] ? "#" + unit[2] : ""),
      heading: unit[2] ? ns.highlight(unit[1], words) : [["Đầu trang", false]],
      names: body ? ns.namesFound(body.names[number], words) : [],
      excerpt: body ? ns.excerpt(body.texts[number], words) : [],
    };
  }

  /* Every section that an answer may lead to. */
  ns.links = function () {
    return head.units.filter(function (unit) { return unit[2]; }).map(function (unit) {
      return head.pages[unit[0]][0] + "#" + unit[2];
    });
  };

  /* Answer: pages best first, at most limit of them, each with its best sections. */
  ns.search = function (text, limit) {
    const query = F.tidy(text);
    const empty = { query: query, pages: [], count: 0, complete: index.complete };
    if (!index.fields || !F.words(query).length) return empty;
    let answer = ranked(query), corrected = "";
    if (!answer.list.length && index.complete) {
      vocabulary = vocabulary || ns.vocabulary(index.fields.text.bare + " " + index.fields.heading.bare);
      corrected = ns.corrected(query, vocabulary);
      if (corrected) answer = ranked(corrected);
    }
    const best = answer.list.length ? answer.list[0].score : 0;
    const list = answer.list.filter(function (kept) { return kept.score > 0.04 * best; });
    return {
      query: query, corrected: corrected, complete: index.complete, count: list.length,
      pages: list.slice(0, limit || 8).map(function (kept) { return shown(kept, answer.words); }),
    };
  };
})(window.hocsauSearch);
