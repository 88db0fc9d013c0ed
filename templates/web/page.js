// The page is whole without this. With it tables are filtered and sorted, and the print is larger.
// What a reader chose stands in the address and nowhere else, so that a link carries it.
(() => {
  const given = new URLSearchParams(location.search);

  const addressWith = (changes) => {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    return url;
  };

  const keep = (changes) => {
    const url = addressWith(changes);
    try {
      if (url.href !== location.href) history.replaceState(null, '', url);
    } catch {
      // A preview in a frame has no address of its own.
    }
    return url;
  };

  // Long work goes in steps, between which the page answers: at once, or by and by.
  const atOnce = (steps) => {
    while (!steps.next().done);
  };
  const byAndBy = (steps) => {
    const end = performance.now() + 6;
    while (performance.now() < end) if (steps.next().done) return;
    later(steps);
  };
  const later = (steps) => setTimeout(byAndBy, 0, steps);

  // Made when it is first needed: that takes a while.
  let collator;
  const compare = (a, b) => (collator ??= new Intl.Collator('zh-CN')).compare(a, b);
  const flat = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

  // -- large print

  const sizes = [...document.querySelectorAll('[data-large]')];
  const factors = { 1: 1.5, 2: 2 };
  // A window that holds fewer characters is laid out as a narrower one.
  // To a page that is opened from a disk, a style beside it is somebody else's, and kept from it.
  const rulesOf = (sheet) => {
    try {
      return [...sheet.cssRules];
    } catch {
      return [];
    }
  };
  const layouts = [...document.styleSheets].flatMap(rulesOf)
    .filter(({ media }) => media?.mediaText.includes('rem'))
    .map(({ media }) => ({ media, text: media.mediaText }));
  const enlarge = (step) => {
    document.documentElement.dataset.print = step;
    const factor = factors[step] ?? 1;
    for (const { media, text } of layouts) {
      const wanted = text.replace(/[\d.]+(?=rem)/g, (width) => width * factor);
      // Set to what it is, it would have the page laid out again.
      if (media.mediaText !== wanted) media.mediaText = wanted;
    }
    for (const one of sizes) one.setAttribute('aria-pressed', one.dataset.large === step);
  };
  for (const one of sizes) {
    one.hidden = false;
    one.addEventListener('click', () => {
      const step = one.getAttribute('aria-pressed') === 'true' ? '' : one.dataset.large;
      enlarge(step);
      keep({ large: step });
    });
  }
  enlarge(given.has('large') ? (given.get('large') === '2' ? '2' : '1') : '');

  // -- what the address names

  // Programs that send messages cut addresses off, within a character too.
  const named = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return '';
    }
  };

  // Addresses once held the first words of a heading: links that were sent then lead there still.
  const findOld = () => {
    const id = named();
    if (!id || document.getElementById(id)) return;
    const bare = (text) => text.replace(/[^\p{L}\p{N}]/gu, '');
    const old = bare(id.replace(/^attachment-\d+-/, ''));
    const heads = document.querySelectorAll(
      id.startsWith('attachment-') ? '.group, .group-row th' : 'article :is(h1, h2, h3, h4, h5, h6)');
    // A heading's number stands before its words.
    const found = old.length > 1 && [...heads].find((one) => {
      const at = bare(one.textContent).indexOf(old);
      return at >= 0 && at < 6;
    });
    if (found) found.scrollIntoView();
  };

  // -- tables

  // Rows that are drawn in one go: more than any window shows.
  const AT_ONCE = 50;
  // Of rows that no group holds together, so many at most stand in one body.
  const MOST_IN_BODY = 100;

  const setUp = function* (form, place) {
    const table = document.getElementById(form.dataset.table);
    const names = JSON.parse(form.dataset.names);
    const section = table.closest('section, article');
    const status = form.querySelector('[role="status"]');
    const link = form.querySelector('a');
    const prefix = place ? `${place + 1}-` : '';
    const choices = [...form.querySelectorAll('[data-column]')];
    const controls = [...form.elements].filter((one) => one.name);

    const columnOf = (row, id) => row.querySelector(`[headers~="${id}"]`);
    const entries = (cell) => {
      if (!cell) return [];
      const inner = cell.querySelector('time') || cell;
      return [...inner.childNodes].map((node) => node.textContent.trim()).filter(Boolean);
    };
    const known = (name) => names[name] || name;

    // Each with how many cells that name no group stand before it, and the rows it is left for.
    const headsIn = (row) => {
      const cells = [...row.cells];
      return cells.filter((cell) => cell.matches('.group')).map((cell) => ({
        cell,
        at: cells.slice(0, cells.indexOf(cell)).filter((one) => !one.matches('.group')).length,
        left: cell.rowSpan,
      }));
    };

    const groupOf = (body) => ({ body, banner: body.querySelector('.group-row:not(.alone)'), rows: [] });
    const readInto = function* (group, body) {
      const { banner } = group;
      let open = [];
      for (const row of body.rows) {
        if (row === banner) continue;
        // The names of its groups, the outermost first: they stand in the first row of each.
        open = [...open, ...headsIn(row)].filter((head) => head.left-- > 0);
        const heads = open.map(({ cell, at }) => ({ cell, at }));
        group.rows.push({
          row,
          group,
          heads,
          above: [banner, ...heads.map(({ cell }) => cell)],
          cells: Object.fromEntries(choices.map(({ dataset: { column } }) => [column, {
            names: entries(columnOf(row, column)).map(known),
            due: columnOf(row, column)?.querySelector('time')?.dateTime,
          }])),
        });
        yield;
      }
    };
    const groups = [];
    for (const body of table.tBodies) {
      if (body.id) groups.push(groupOf(body));
      yield* readInto(groups.at(-1), body);
    }
    const isParted = table.tBodies.length > groups.length;
    const rows = groups.flatMap((group) => group.rows);

    // A date comes before words without one; what is empty comes last. Few words are compared: many
    // rows have the same.
    const rankOf = ({ due, names: [name] }) => (due ? `0${due}` : name ? `1${name}` : '2');
    const places = {};
    const placesIn = (column) => {
      if (!places[column]) {
        const ranks = [...new Set(rows.map(({ cells }) => rankOf(cells[column])))].sort(compare);
        const placeOf = new Map(ranks.map((rank, place) => [rank, place]));
        places[column] = new Map(rows.map((one) => [one, placeOf.get(rankOf(one.cells[column]))]));
      }
      return places[column];
    };

    const fill = function* (select) {
      const { column } = select.dataset;
      const counts = new Map();
      const ranks = new Map();
      for (const one of rows) {
        for (const name of new Set(one.cells[column].names)) {
          counts.set(name, (counts.get(name) || 0) + 1);
          ranks.set(name, one.cells[column].due ? rankOf(one.cells[column]) : `1${name}`);
        }
        yield;
      }
      const sorted = [...counts].sort(([a], [b]) => compare(ranks.get(a), ranks.get(b)));
      for (const [name, count] of sorted) select.add(new Option(`${name}（${count}）`, name));
    };

    // Neighbours of one group share a body and its headings, whatever the order. Of thousands of rows
    // those that are seen first are there at once, the others by and by.
    let rest;
    let finish = () => {};
    const draw = (shown) => {
      clearTimeout(rest);
      for (const body of [...table.tBodies]) {
        body.remove();
        body.replaceChildren();
      }
      const used = new Set();
      const fresh = (one, isWhole) => {
        if (!used.has(one)) {
          used.add(one);
          return one;
        }
        const again = one.cloneNode(isWhole);
        for (const named of [again, ...again.querySelectorAll('[id]')]) named.removeAttribute('id');
        return again;
      };
      let last;
      let body;
      let drawn;
      let count = 0;
      let inBody = 0;
      // How high a body is before anybody looks at it.
      const finishBody = () => body?.style.setProperty('--rows', inBody);
      const place = ({ row, group, heads }) => {
        for (const head of row.querySelectorAll('.group')) head.remove();
        if (group !== last || (isParted && inBody === MOST_IN_BODY)) {
          finishBody();
          last = group;
          drawn = [];
          inBody = 0;
          body = fresh(group.body, false);
          table.append(body);
          if (group.banner) body.append(fresh(group.banner, true));
        }
        body.append(row);
        inBody += 1;
        const before = drawn;
        drawn = [];
        let added = 0;
        for (const [level, { cell, at }] of heads.entries()) {
          let head = before[level];
          if (head?.of === cell) {
            head.cell.rowSpan += 1;
          } else {
            head = { of: cell, cell: fresh(cell, true) };
            head.cell.rowSpan = 1;
            row.insertBefore(head.cell, row.children[at + added]);
            added += 1;
          }
          drawn.push(head);
        }
      };
      const go = (end) => {
        for (; count < Math.min(end, shown.length); count += 1) place(shown[count]);
        finishBody();
      };
      finish = () => {
        clearTimeout(rest);
        go(shown.length);
      };
      const goOn = () => {
        if (count < shown.length) {
          rest = setTimeout(() => {
            go(count + AT_ONCE);
            goOn();
          });
        }
      };
      go(AT_ONCE);
      goOn();
    };
    addEventListener('beforeprint', () => finish());

    // As it came, it is as it should be.
    let standing = rows;
    const wordsOf = (one) => {
      const own = [...one.row.cells].filter((cell) => !cell.matches('.group'));
      one.words ??= flat([...one.above, ...own].map((part) => part?.textContent ?? '').join(''));
      return one.words;
    };
    const update = () => {
      const wanted = form.elements.words.value.split(/\s+/).map(flat);
      const shown = rows.filter((one) => (
        choices.every(({ value, dataset }) => !value || one.cells[dataset.column].names.includes(value))
        && wanted.every((word) => !word || wordsOf(one).includes(word))
      ));
      const column = form.elements.sort?.value;
      if (column) {
        const order = placesIn(column);
        shown.sort((a, b) => order.get(a) - order.get(b));
      }
      if (shown.length !== standing.length || shown.some((one, at) => one !== standing[at])) {
        standing = shown;
        draw(shown);
      }
      for (const head of table.tHead.rows[0].cells) {
        if (head.id === column) head.setAttribute('aria-sort', 'ascending');
        else head.removeAttribute('aria-sort');
      }
      const { length } = shown;
      table.hidden = !length;
      // Fewer than there are: how many are shown.
      status.textContent = `${rows[length] ? length ? `显示 ${length} 项，` : '没有符合条件的项，' : ''}共 ${
        table.dataset.items || rows.length} 项`;
      const state = Object.fromEntries(controls.map((one) => [
        prefix + one.name,
        one.name === 'sort' ? one.selectedOptions[0].dataset.name : one.value.trim(),
      ]));
      const url = keep(state);
      url.hash = section.id;
      link.href = url;
      link.hidden = !Object.values(state).some(Boolean);
    };

    // A link to a row that the filter hides shows all rows.
    const uncover = () => {
      const id = named();
      finish();
      const target = [...rows.map(({ row }) => row), ...groups.map(({ body }) => body)]
        .find((one) => one.id === id);
      if (!id || !target || target.isConnected) return;
      form.reset();
      update();
      finish();
      target.scrollIntoView();
    };

    for (const select of choices) yield* fill(select);
    for (const one of controls) {
      const value = given.get(prefix + one.name);
      if (value === null) continue;
      if (one.name === 'sort') {
        const option = [...one.options].find(({ dataset }) => dataset.name === value);
        if (option) one.value = option.value;
      } else if (one.name === 'words' || [...one.options].some((option) => option.value === known(value))) {
        one.value = one.name === 'words' ? value : known(value);
      }
    }
    form.hidden = false;
    form.addEventListener('input', update);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(update));
    addEventListener('hashchange', uncover);
    update();
    uncover();
  };

  // Some browsers forget what a table is where the narrow layout draws its rows as blocks.
  const finishTable = function* (table) {
    table.setAttribute('role', 'table');
    for (const part of table.querySelectorAll('thead, tbody')) {
      part.setAttribute('role', 'rowgroup');
      const ofHeads = part.tagName === 'THEAD' ? 'columnheader' : 'rowheader';
      for (const row of part.rows) {
        row.setAttribute('role', 'row');
        for (const cell of row.cells) cell.setAttribute('role', cell.tagName === 'TD' ? 'cell' : ofHeads);
        const own = part.tagName === 'TBODY' && row.querySelector('th > a:not(.own)');
        if (own) own.title = '本项链接';
        yield;
      }
    }
  };

  // A long table can be read before it can be filtered.
  const isLong = (table) => table.rows.length > 100;
  for (const table of document.querySelectorAll('table')) {
    if (!table.closest('.blank-form')) (isLong(table) ? later : atOnce)(finishTable(table));
  }
  for (const [place, form] of document.querySelectorAll('form.tools').entries()) {
    const waits = isLong(document.getElementById(form.dataset.table)) && !location.search && !location.hash;
    if (waits) form.hidden = false;
    (waits ? later : atOnce)(setUp(form, place));
  }
  addEventListener('hashchange', findOld);
  findOld();
})();
