/* Draws the documents of this page from its data, as text only, and lets people filter, open and print what was found.
   Plain script without a library, for browsers of 2019 and later. */
(function () {
  'use strict';

  const KINDS = ['error', 'warning', 'info', 'crash'];
  const GAP = 5;
  const LONG = 420;      // characters; a longer cell is folded
  const TOGETHER = 40;   // documents that a browser draws at once without a long wait
  const SHORT = /^(.{1,6}|[\d.,%％≥≤=<>＝≧≦－\-\s]+)$/;
  const words = read('words'), rules = read('rules'), index = read('index'), leftOut = read('left');
  const wide = window.matchMedia('screen and (min-width: 1080px)');
  const chosen = { levels: words.levels.map(function () { return true; }), rule: '', organization: '', table: '', find: '' };
  const overview = byId('overview'), view = byId('view'), home = document.title;
  const rows = new Map(); // the overview's rows by number of their document
  let drawn = [];    // the documents on the page: {number, article, tables, notes}
  let picked = null; // the note that is open

  function byId(name) { return document.getElementById(name); }

  function read(name) { return JSON.parse(byId('data-' + name).textContent); }

  function fill(text) {
    const values = [].slice.call(arguments, 1);
    return text.replace(/\{(\d)\}/g, function (_, place) { return values[place]; });
  }

  /* Returns an element; everything that comes from a document goes in as text. */
  function make(tag, kind, content) {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    (Array.isArray(content) ? content : [content]).forEach(function (part) {
      if (part || part === 0) element.append(part.nodeType ? part : document.createTextNode(part));
    });
    return element;
  }

  function refill(element, content) {
    element.textContent = '';
    element.append.apply(element, content);
  }

  function button(kind, content, act) {
    const element = make('button', kind, content);
    element.type = 'button';
    element.addEventListener('click', act);
    return element;
  }

  function nameOf(entry) {
    const year = entry.y ? fill(words.year, entry.y) : '';
    return [entry.o || entry.p, year].filter(Boolean).join(' · ') || words.unnamed;
  }

  /* ---- which findings pass the filters ---- */

  function passes(rule, level) { return chosen.levels[level] && passesRule(rule); }

  function passesRule(rule) { return chosen.rule === '' || Number(chosen.rule) === rule; }

  function matches(text) { return !chosen.find || text.toLowerCase().indexOf(chosen.find) >= 0; }

  function passesDocument(entry) {
    return (!chosen.organization || entry.o === chosen.organization) && matches([entry.o, entry.y, entry.p, entry.t].join('\n'));
  }

  function isFiltering() {
    return chosen.levels.indexOf(false) >= 0 || chosen.rule !== '' || Boolean(chosen.organization || chosen.find || chosen.table);
  }

  /* Returns findings by severity of one document; with *whole* the severities switched off count too. */
  function count(entry, whole) {
    const numbers = zeros();
    entry.c.forEach(function (one) {
      if (whole ? passesRule(one[0]) : passes(one[0], one[1])) numbers[one[1]] += one[2];
    });
    return numbers;
  }

  function zeros() { return words.levels.map(function () { return 0; }); }

  function sum(numbers) { return numbers.reduce(function (total, number) { return total + number; }, 0); }

  /* ---- the overview ---- */

  function filterOverview() {
    let places = 0, documents = 0;
    const totals = zeros();
    index.forEach(function (entry, number) {
      const fits = passesDocument(entry), numbers = count(entry), shown = sum(numbers);
      const row = rows.get(number);
      if (fits) count(entry, true).forEach(function (value, level) { totals[level] += value; });
      if (fits && shown) { places += shown; documents += 1; }
      if (!row) return;
      row.hidden = !fits || (!shown && (chosen.rule !== '' || chosen.levels.indexOf(false) >= 0));
      numbers.forEach(function (value, level) {
        refill(row.cells[2 + level], [value ? String(value) : make('span', '', '0')]);
      });
    });
    showCounts(totals, places, documents);
    if (byId('all')) byId('all').hidden = fitting().length > TOGETHER;
    showRules();
  }

  function showCounts(totals, places, documents) {
    document.querySelectorAll('[data-level]').forEach(function (one) {
      one.querySelector('b').textContent = totals[one.dataset.level];
    });
    byId('told').textContent = isFiltering() ? fill(words.told, places, documents) : '';
  }

  function tallyRules() {
    const tally = new Map();
    index.filter(passesDocument).forEach(function (entry) {
      entry.c.forEach(function (one) {
        if (!passes(one[0], one[1])) return;
        const key = one[0] + ' ' + one[1], known = tally.get(key) || { rule: one[0], level: one[1], places: 0, documents: 0 };
        known.places += one[2];
        known.documents += 1;
        tally.set(key, known);
      });
    });
    return Array.from(tally.values()).sort(function (a, b) { return a.level - b.level || b.places - a.places || a.rule - b.rule; });
  }

  let everyRule = false;

  function showRules() {
    const tally = tallyRules(), few = everyRule ? tally : tally.slice(0, index.length > 1 ? 12 : 5);
    const box = byId('rules');
    refill(box, []);
    if (!tally.length) return;
    const title = make('h2', '', index.length > 1 ? words.often : words.found), table = make('table', 'often'), body = make('tbody');
    title.id = 'often';
    table.setAttribute('aria-labelledby', 'often');
    table.append(ruleHead(), body);
    few.forEach(function (one) { body.append(ruleRow(one)); });
    box.append(title, table);
    if (few.length < tally.length) {
      box.append(button('', fill(words.more_rules, tally.length), function () { everyRule = true; showRules(); }));
    }
  }

  function ruleHead() {
    const row = make('tr');
    [['', ''], [words.rule, ''], [words.places, 'number'], [words.in_documents, 'number']].forEach(function (one, place) {
      if (place === 3 && index.length < 2) return;
      const cell = make(place ? 'th' : 'td', one[1], one[0]);
      if (place) cell.scope = 'col';
      row.append(cell);
    });
    return make('thead', '', row);
  }

  function ruleRow(one) {
    const choose = button('', rules[one.rule].title, function () { set('rule', String(one.rule)); });
    const cells = [make('td', 'kind ' + KINDS[one.level], words.levels[one.level]), make('td', '', choose), make('td', 'number', one.places)];
    if (index.length > 1) cells.push(make('td', 'number', one.documents));
    return make('tr', '', cells);
  }

  function sortDocuments(head) {
    const place = Number(head.dataset.sort), cell = head.closest('th');
    const down = cell.getAttribute('aria-sort') ? cell.getAttribute('aria-sort') === 'ascending' : place > 0;
    document.querySelectorAll('.documents th').forEach(function (one) { one.removeAttribute('aria-sort'); });
    cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const body = document.querySelector('.documents tbody');
    Array.from(body.rows).map(function (row) {
      const text = row.cells[place].textContent;
      return { row: row, key: place ? Number(text) : text, number: Number(row.dataset.document) };
    }).sort(function (a, b) {
      const order = place ? a.key - b.key : a.key.localeCompare(b.key, document.documentElement.lang);
      return (down ? -order : order) || a.number - b.number;
    }).forEach(function (one) { body.append(one.row); });
  }

  /* ---- a document ---- */

  function drawDocument(number) {
    const isHere = Boolean(byId('data-d' + number)), data = isHere ? read('d' + number) : {}, entry = index[number], article = make('article', 'document');
    const one = { number: number, entry: entry, article: article, tables: [], notes: [] };
    const head = make('header', '', [walk(number), make('h2', '', nameOf(entry)), entry.o && make('p', 'path', entry.p)]);
    const loose = make('div', 'notes');
    article.append(head, loose);
    (data.tables || []).forEach(function (table) { one.tables.push(drawTable(table)); });
    (data.notes || []).forEach(function (note, place) { addNote(one, note, place + 1, loose); });
    if (one.tables.length > 1) head.append(contents(one));
    one.tables.forEach(function (table) { article.append(table.section); });
    if (!isHere) article.append(make('p', 'faultless', words.not_here + ' ' + entry.p));
    else if (!one.notes.length) article.append(make('p', 'faultless', words.nothing));
    article.append.apply(article, listUndecided(data.unknowns || []).concat(listSuppressed(data.suppressed || [])));
    return one;
  }

  function walk(number) {
    const nav = make('nav', 'walk');
    if (index.length < 2) return nav;
    [[words.all_documents, ''], [words.previous_document, neighbour(number, -1)], [words.next_document, neighbour(number, 1)]]
      .forEach(function (one) {
        if (one[1] === null) return;
        const link = make('a', '', one[0]);
        link.href = one[1] === '' ? '#' : '#d' + one[1];
        nav.append(link);
      });
    return nav;
  }

  /* Returns the next document in which something passes the filters, null when there is none. */
  function neighbour(number, step) {
    for (let other = number + step; other >= 0 && other < index.length; other += step) {
      if (passesDocument(index[other]) && (!isFiltering() || sum(count(index[other])))) return other;
    }
    return null;
  }

  function contents(one) {
    const list = make('ul', 'contents');
    one.tables.forEach(function (table) {
      const link = make('a', '', table.name);
      link.href = '#';
      link.addEventListener('click', function (event) {
        event.preventDefault();
        table.section.scrollIntoView();
        table.section.focus({ preventScroll: true });
      });
      table.counter = make('span', 'counts');
      list.append(make('li', '', [link, table.counter]));
    });
    const nav = make('nav', '', list);
    nav.setAttribute('aria-label', words.tables);
    return nav;
  }

  function drawTable(data) {
    const section = make('section', 'table'), heading = make('div', 'heading', make('h3', '', data.t || data.n));
    if (data.t && data.n) heading.append(make('p', '', data.n));
    section.tabIndex = -1;
    section.setAttribute('aria-label', data.n || data.t || '');
    const table = { name: data.n || data.t, section: section, heading: heading, notes: make('div', 'notes'), blocks: [] };
    section.append(heading, table.notes);
    data.b.forEach(function (block) { table.blocks.push(drawBlock(block, section)); });
    return table;
  }

  function drawBlock(data, section) {
    const title = make('h4', '', data.t), box = make('div', 'block', title), notes = make('div', 'notes');
    const block = { box: box, title: title, notes: notes, rows: [] };
    const form = make('table', 'form'), body = make('tbody'), scroll = make('div', 'scroll', form);
    let hanging = 0;
    data.r.forEach(function (cells, place) {
      const row = make('tr'), inner = hanging > 0;
      if (!inner && cells.length) hanging = cells[0][2] > 1 && Array.isArray(cells[0]) ? cells[0][2] : 1;
      hanging -= 1;
      block.rows.push(cells.map(function (cell, column) {
        const element = drawCell(cell, place, data.r.length);
        if (inner && !column) element.classList.add('inner');
        row.append(element);
        return element;
      }));
      body.append(row);
    });
    form.append(body);
    form.setAttribute('aria-label', data.t);
    if (data.r.length) box.append(scroll);
    section.append(box, notes);
    return block;
  }

  function drawCell(cell, row, rows) {
    const plain = !Array.isArray(cell), text = plain ? cell : cell[0], isHeading = !plain && cell[3] === 1;
    const element = make(isHeading ? 'th' : 'td', '', text.length > LONG ? null : text);
    if (isHeading) element.scope = row ? 'row' : 'col';
    if (!plain && cell[1] > 1) element.colSpan = cell[1];
    if (!plain && cell[2] > 1) element.rowSpan = cell[2];
    if (row + (plain ? 1 : cell[2]) >= rows) element.classList.add('foot');
    if (!isHeading && SHORT.test(text)) element.classList.add('short');
    if (text.length > LONG) fold(element, text);
    return element;
  }

  function fold(element, text) {
    const box = make('div', 'fold', make('div', 'long', text));
    const more = button('unfold', words.more, function (event) {
      event.stopPropagation();
      unfold(box, !box.classList.contains('open'));
      arrange();
    });
    more.setAttribute('aria-expanded', 'false');
    box.append(more);
    element.append(box);
  }

  function unfold(box, open) {
    const more = box.querySelector('.unfold');
    box.classList.toggle('open', open);
    more.textContent = open ? words.less : words.more;
    more.setAttribute('aria-expanded', String(open));
  }

  function afterwards(title, items) {
    const list = make('ul', '', items), details = make('details', 'after', [make('summary', '', title), list]);
    details.addEventListener('toggle', arrange);
    return items.length ? [details] : [];
  }

  function listUndecided(unknowns) {
    let number = 0;
    const items = unknowns.map(function (one) {
      number += one[2].length;
      const rule = rules[one[0]];
      return make('li', '', [rule.title + '：' + one[1], make('small', '', one[2].join('；'))]);
    });
    return afterwards(fill(words.unknown, number), items);
  }

  function listSuppressed(suppressed) {
    return afterwards(fill(words.suppressed, suppressed.length), suppressed.map(function (one) {
      const until = one[3] ? ' · ' + fill(words.until, one[3]) : '';
      return make('li', '', [one[0] + '：' + one[1], make('small', '', one[2] + until)]);
    }));
  }

  /* ---- annotations ---- */

  function addNote(one, data, number, loose) {
    const at = data.a, table = one.tables[at[0]], block = table && table.blocks[at[1]];
    const cell = at.length === 4 && block ? block.rows[at[2]][at[3]] : null;
    const note = { data: data, number: number, table: table || null, cell: cell };
    note.target = cell || (block ? block.box : table ? table.heading : null);
    note.element = drawNote(one, note);
    if (note.target) addMark(note, cell || (block ? block.title : table.heading.firstChild));
    (block ? block.notes : table ? table.notes : loose).append(note.element);
    note.others = (data.o || []).map(function (anchor) { return one.tables[anchor[0]].blocks[anchor[1]].rows[anchor[2]][anchor[3]]; });
    one.notes.push(note);
  }

  function addMark(note, holder) {
    const kind = KINDS[note.data.s];
    let marks = holder.querySelector(':scope > .marks');
    if (!marks) {
      marks = make('span', 'marks');
      if (holder.firstElementChild && holder.firstElementChild.classList.contains('fold')) holder.prepend(marks);
      else holder.append(marks);
      note.target.addEventListener('click', function () { pickNext(note.target); });
    }
    note.mark = button('mark ' + kind, String(note.number), function (event) {
      event.stopPropagation();
      if (picked === note) close(true); else pick(note, true);
    });
    note.mark.setAttribute('aria-label', words.note + ' ' + note.number + ' ' + words.levels[note.data.s] + '：' + note.data.m);
    note.mark.setAttribute('aria-expanded', 'false');
    marks.append(note.mark);
  }

  function drawNote(one, note) {
    const data = note.data, kind = KINDS[data.s], detail = drawDetail(note);
    const grave = make('span', 'grave', words.levels[data.s]);
    const brief = make('span', 'brief', [grave, ' ' + data.m]);
    const head = button('', [make('span', 'chip ' + kind, String(note.number)), make('span', 'said', brief)], function () {
      if (picked === note) close(false); else pick(note, false);
    });
    detail.id = 'n' + one.number + '-' + note.number;
    detail.hidden = true;
    head.setAttribute('aria-expanded', 'false');
    head.setAttribute('aria-controls', detail.id);
    note.head = head;
    note.detail = detail;
    return make('div', 'note ' + kind, [head, detail]);
  }

  function drawDetail(note) {
    const data = note.data, rule = rules[data.r], list = make('dl');
    function add(kind, term, content) {
      if (!content || !content.length) return;
      list.append(make('dt', kind, term), make('dd', kind, content));
    }
    add('fix', words.fix, data.f || (kindOf(note) === 'crash' ? '' : rule.fix));
    add('why', words.why, rule.why);
    add('source', words.source, rule.sources.map(drawSource));
    add('maybe', words.maybe, rule.notes);
    const place = [data.l, data.p].filter(Boolean).join(' · ');
    const meta = make('p', 'meta', [place, make('br'), rule.id + ' ' + rule.name]);
    const back = note.data.a.length ? button('back', words.back, function () { show(note.target); note.mark.focus(); }) : null;
    return make('div', 'detail', [list, meta, back]);
  }

  function drawSource(source) {
    let cited = source[0];
    if (source[2]) {
      cited = make('a', '', source[0]);
      cited.href = source[2];
      cited.rel = 'noreferrer noopener';
      cited.target = '_blank';
    }
    return make('div', '', [cited, make('span', source[1] ? 'state' : 'state no', source[1] ? words.checked : words.unchecked)]);
  }

  function kindOf(note) { return KINDS[note.data.s]; }

  function isShown(note) { return !note.element.hidden && !(note.table && note.table.section.hidden); }

  function shownNotes() {
    return drawn.reduce(function (all, one) { return all.concat(one.notes.filter(isShown)); }, []);
  }

  function pick(note, moveFocus) {
    if (picked) shut(picked);
    picked = note;
    note.element.classList.add('picked');
    note.detail.hidden = false;
    setExpanded(note, true);
    if (note.target) note.target.classList.add('picked');
    const box = note.cell && note.cell.querySelector('.fold');
    if (box) unfold(box, true);
    note.others.forEach(function (cell) { cell.classList.add('looked'); });
    arrange();
    show(note.target || note.element);
    show(note.element);
    if (moveFocus) note.head.focus({ preventScroll: true });
  }

  function shut(note) {
    note.element.classList.remove('picked');
    note.detail.hidden = true;
    setExpanded(note, false);
    if (note.target) note.target.classList.remove('picked');
    note.others.forEach(function (cell) { cell.classList.remove('looked'); });
  }

  function setExpanded(note, open) {
    [note.head, note.mark].forEach(function (one) { if (one) one.setAttribute('aria-expanded', String(open)); });
  }

  function close(toMark) {
    const note = picked;
    if (!note) return;
    shut(note);
    picked = null;
    arrange();
    if (toMark) (note.mark || note.head).focus();
  }

  /* A click on a cell opens its first annotation, further clicks the others. */
  function pickNext(target) {
    const here = shownNotes().filter(function (note) { return note.target === target; });
    if (here.length) pick(here[(here.indexOf(picked) + 1) % here.length], false);
  }

  function step(by) {
    const all = shownNotes();
    if (!all.length) return;
    const start = picked ? all.indexOf(picked) : by > 0 ? -1 : 0;
    pick(all[(start + by + all.length) % all.length], true);
  }

  function show(element) {
    const box = element.getBoundingClientRect(), top = byId('told').closest('.bar').getBoundingClientRect().bottom;
    if (box.top < Math.max(top, 0) || box.bottom > window.innerHeight) {
      element.scrollIntoView({ block: box.height > window.innerHeight / 2 ? 'start' : 'center' });
    }
  }

  /* ---- the margin ---- */

  /* Puts each annotation beside its cell, and none over another: the open one keeps its place, the others make room. */
  function arrange() {
    if (drawn.length !== 1) return;
    const inMargin = wide.matches;
    drawn[0].article.classList.toggle('margin', inMargin);
    drawn[0].tables.forEach(function (table) {
      const notes = drawn[0].notes.filter(function (note) { return note.table === table; });
      if (!inMargin) {
        table.section.style.minHeight = '';
        notes.forEach(function (note) { note.element.style.top = ''; });
      } else if (!table.section.hidden) arrangeTable(table, notes.filter(isShown));
    });
  }

  function arrangeTable(table, notes) {
    const zero = table.section.getBoundingClientRect().top;
    const items = notes.map(function (note) {
      const anchor = (note.mark.offsetParent ? note.mark : note.target).getBoundingClientRect();
      return { note: note, wanted: Math.max(0, anchor.top - zero - 8), height: note.element.offsetHeight + GAP };
    }).sort(function (a, b) { return a.wanted - b.wanted || a.note.number - b.note.number; });
    const tops = spread(items, items.findIndex(function (item) { return item.note === picked; }));
    items.forEach(function (item, place) {
      item.note.element.style.top = tops[place] + 'px';
      item.note.element.classList.add('placed');
    });
    const last = items.length - 1;
    table.section.style.minHeight = last < 0 ? '' : tops[last] + items[last].height + 'px';
  }

  function spread(items, fixed) {
    const tops = [];
    function down(from, floor) {
      for (let place = from; place < items.length; place += 1) {
        tops[place] = Math.max(items[place].wanted, floor);
        floor = tops[place] + items[place].height;
      }
    }
    if (fixed > 0) {
      let ceiling = items[fixed].wanted;
      for (let place = fixed - 1; place >= 0; place -= 1) {
        tops[place] = Math.min(items[place].wanted, ceiling - items[place].height);
        ceiling = tops[place];
      }
      if (ceiling >= 0) { down(fixed, items[fixed].wanted); return tops; }
    }
    down(0, 0);
    return tops;
  }

  /* ---- filters ---- */

  function filterDocument(one) {
    const whole = matches([one.entry.o, one.entry.y, one.entry.p].join('\n'));
    one.tables.forEach(function (table, place) {
      table.section.hidden = (chosen.table !== '' && Number(chosen.table) !== place) || !(whole || matches(table.section.textContent));
      table.section.querySelectorAll('.hit').forEach(function (cell) { cell.classList.remove.apply(cell.classList, ['hit'].concat(KINDS)); });
      table.numbers = zeros();
    });
    one.notes.slice().sort(function (a, b) { return b.data.s - a.data.s; }).forEach(function (note) {
      const on = passes(note.data.r, note.data.s);
      note.element.hidden = !on;
      if (note.mark) note.mark.hidden = !on;
      if (!on || !note.target) return;
      note.target.classList.remove.apply(note.target.classList, KINDS);
      note.target.classList.add('hit', KINDS[note.data.s]);
      note.table.numbers[note.data.s] += 1;
    });
    one.tables.forEach(function (table) { if (table.counter) refill(table.counter, counters(table.numbers)); });
    if (picked && !isShown(picked)) close(false);
  }

  function counters(numbers) {
    return numbers.map(function (value, level) {
      return value ? make('span', 'count ' + KINDS[level], words.levels[level] + ' ' + value + ' ') : '';
    });
  }

  function apply() {
    if (view.childElementCount) {
      drawn.forEach(filterDocument);
      const totals = zeros();
      drawn.forEach(function (one) {
        one.notes.forEach(function (note) { if (passesRule(note.data.r)) totals[note.data.s] += 1; });
      });
      if (index.length > 1) showCounts(totals, shownNotes().length, drawn.length);
    }
    if (!overview.hidden) filterOverview();
    arrange();
  }

  function set(name, value) {
    chosen[name] = value;
    const select = byId('choose-' + name);
    if (select) select.value = value;
    apply();
  }

  function fillSelect(name, all, options) {
    const select = byId('choose-' + name);
    refill(select, []);
    [['', all]].concat(options).forEach(function (one) {
      const option = make('option', '', one[1]);
      option.value = one[0];
      select.append(option);
    });
    select.value = chosen[name];
    if (select.selectedIndex < 0) { select.value = chosen[name] = ''; }
    select.closest('label').hidden = options.length < 2;
  }

  function organizations() {
    const names = new Set(index.map(function (entry) { return entry.o; }));
    return Array.from(names).filter(Boolean).map(function (name) { return [name, name]; });
  }

  /* ---- where we are ---- */

  function fitting() {
    return index.map(function (_, number) { return number; }).filter(function (number) {
      return passesDocument(index[number]) && (!isFiltering() || sum(count(index[number])));
    });
  }

  function route() {
    const address = location.hash, one = /^#d(\d+)$/.exec(address);
    if (address === '#main') return;
    const numbers = address === '#all' ? fitting().slice(0, TOGETHER)
      : one && Number(one[1]) < index.length ? [Number(one[1])]
        : index.length === 1 ? [0] : [];
    open(numbers);
  }

  function open(numbers) {
    picked = null;
    chosen.table = '';
    drawn = numbers.map(drawDocument);
    refill(view, drawn.map(function (one) { return one.article; }));
    overview.hidden = numbers.length > 0 && index.length > 1;
    document.title = numbers.length === 1 ? nameOf(index[numbers[0]]) + ' · ' + home : home;
    const tables = drawn.length === 1 ? drawn[0].tables : [];
    fillSelect('table', words.all_tables, tables.map(function (table, place) { return [String(place), table.name]; }));
    byId('choose-organization').closest('label').hidden = overview.hidden || organizations().length < 2;
    ['previous', 'next'].forEach(function (name) { byId(name).hidden = drawn.length !== 1; });
    apply();
    if (index.length > 1) window.scrollTo(0, 0);
  }

  function start() {
    document.documentElement.classList.add('ready');
    document.querySelectorAll('[data-document]').forEach(function (row) { rows.set(Number(row.dataset.document), row); });
    if (leftOut) overview.before(make('p', 'left-out', fill(words.left_out, index.length - leftOut, index.length)));
    fillSelect('rule', words.all_rules, rules.map(function (rule, place) { return [String(place), rule.id + ' ' + rule.title]; }));
    fillSelect('organization', words.all_organizations, organizations());
    ['rule', 'organization', 'table'].forEach(function (name) {
      byId('choose-' + name).addEventListener('change', function (event) { set(name, event.target.value); });
    });
    document.querySelectorAll('[data-level]').forEach(function (one) {
      one.addEventListener('click', function () {
        const level = Number(one.dataset.level);
        chosen.levels[level] = !chosen.levels[level];
        one.setAttribute('aria-pressed', String(chosen.levels[level]));
        apply();
      });
    });
    byId('find').addEventListener('input', function (event) { set('find', event.target.value.trim().toLowerCase()); });
    byId('previous').addEventListener('click', function () { step(-1); });
    byId('next').addEventListener('click', function () { step(1); });
    byId('print').addEventListener('click', function () { window.print(); });
    document.querySelectorAll('[data-sort]').forEach(function (head) { head.addEventListener('click', function () { sortDocuments(head); }); });
    document.addEventListener('keydown', onKey);
    window.addEventListener('hashchange', route);
    window.addEventListener('resize', arrange);
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(arrange);
    route();
  }

  function onKey(event) {
    if (event.key === 'Escape' && picked) { close(true); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === 'n' || event.key === 'p') { event.preventDefault(); step(event.key === 'n' ? 1 : -1); }
  }

  start();
})();
