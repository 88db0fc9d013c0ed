// The lists are whole without this. With it they are searched and filtered: the catalogue is fetched
// once somebody asks for something, and of the index the pieces alone that a search needs.
(() => {
  // What is opened from a disk may fetch nothing.
  if (location.protocol === 'file:') return;
  const form = document.querySelector('form.search');
  form.hidden = false;
  document.getElementById('unsearched').hidden = true;
  const list = document.getElementById('policies');
  const status = document.getElementById('count');
  const pages = document.getElementById('pages');
  // As the page came: shown again where a search fails.
  const whole = [list, pages.querySelector('ul')].map((node) => [node, [...node.childNodes]]);
  const isOne = pages.hidden;
  const PER_PAGE = 50;
  const FILTERS = ['year', 'kind', 'organ', 'subject', 'status'];

  let given = new URLSearchParams(location.search);
  const flat = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const wordsOf = (text) => text.split(/[\s，。、；：]+/).map(flat).filter(Boolean);

  const fetched = new Map();
  const get = (name) => {
    if (!fetched.has(name)) {
      fetched.set(name, fetch(`site/${name}`).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }));
    }
    return fetched.get(name);
  };

  // Each number is told by how much it is above the one before, in base 36.
  const numbersIn = (told) => {
    let last = 0;
    return new Set((told ?? '').split(' ').filter(Boolean).map((step) => (last += parseInt(step, 36))));
  };
  const pieceOf = (character, count) => get(`search/${character.codePointAt(0) % count}.json`);

  const holding = async (word, count) => {
    const characters = [...word];
    if (characters.length === 1) {
      const piece = await pieceOf(word, count);
      const all = new Set();
      for (const [gram, told] of Object.entries(piece)) {
        if (gram.startsWith(word)) for (const number of numbersIn(told)) all.add(number);
      }
      return all;
    }
    const grams = characters.slice(1).map((character, at) => characters[at] + character);
    const pieces = await Promise.all(grams.map((gram) => pieceOf(gram, count)));
    const sets = grams.map((gram, at) => numbersIn(pieces[at][gram])).sort((a, b) => a.size - b.size);
    return new Set([...sets[0]].filter((number) => sets.every((set) => set.has(number))));
  };

  const find = async ({ rows, pieces: count }) => {
    const words = wordsOf(given.get('q') ?? '');
    const held = await Promise.all(words.map((word) => holding(word, count)));
    const entries = rows.map((row, number) => ({ ...row, number })).filter((row) => (
      FILTERS.every((name) => !given.get(name) || row[name] === given.get(name)
        || (name === 'organ' && row.organ.split('、').includes(given.get(name))))
      && held.every((numbers) => numbers.has(row.number))
    )).reverse();
    if (!words.length) return entries;
    // What has the words in its title or 文号 comes first, each lot with the newest first.
    const named = ({ title, number_words: own }) => words.every((word) => flat(title + own).includes(word));
    return [...entries.filter(named), ...entries.filter((row) => !named(row))];
  };

  const element = (name, text, made = {}) => {
    const node = Object.assign(document.createElement(name), made);
    node.append(text);
    return node;
  };

  // The words that were asked for, where they stand together in a title.
  const marked = (title) => {
    const node = document.createDocumentFragment();
    const sought = (given.get('q') ?? '').split(/\s+/).filter(Boolean)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    if (!sought.length) return title;
    for (const [at, piece] of title.split(new RegExp(`(${sought.join('|')})`, 'i')).entries()) {
      node.append(at % 2 ? element('mark', piece) : piece);
    }
    return node;
  };

  const drawn = (row) => {
    const item = document.createElement('li');
    const head = document.createElement('h2');
    head.append(element('a', marked(row.title), { href: `${encodeURIComponent(row.slug)}/` }));
    const line = document.createElement('p');
    if (row.status) line.append(element('span', row.status, { className: row.ended ? 'status ended' : 'status' }), ' ');
    for (const words of [row.number_words, row.organ, row.kind]) if (words) line.append(element('span', words), ' ');
    if (row.day) line.append(element('time', row.day, { dateTime: row.day }));
    item.append(head, line);
    return item;
  };

  const link = (label, page, current) => {
    const item = document.createElement('li');
    if (!page) {
      item.append(element('span', label));
      return item;
    }
    const target = new URLSearchParams(given);
    target.set('page', page);
    const made = element('a', label, { href: `?${target}` });
    if (current) made.setAttribute('aria-current', 'page');
    item.append(made);
    return item;
  };

  const show = (entries) => {
    const count = Math.max(1, Math.ceil(entries.length / PER_PAGE));
    const page = Math.min(count, Math.max(1, parseInt(given.get('page'), 10) || 1));
    list.replaceChildren(...entries.slice((page - 1) * PER_PAGE, page * PER_PAGE).map(drawn));
    status.textContent = entries.length
      ? `符合条件的 ${entries.length} 份${count > 1 ? `，第 ${page} 页，共 ${count} 页` : ''}`
      : '没有符合条件的公文。可以少写几个字，或放宽年份、文种等条件。';
    const near = [...new Set([1, page - 2, page - 1, page, page + 1, page + 2, count])]
      .filter((number) => number >= 1 && number <= count).sort((a, b) => a - b);
    const links = near.flatMap((number, at) => [
      ...(at && number > near[at - 1] + 1 ? [link('……')] : []),
      link(String(number), number, number === page),
    ]);
    pages.querySelector('ul').replaceChildren(...links);
    pages.hidden = count === 1;
  };

  const run = async () => {
    status.textContent = '正在查找……';
    // What stands below the list stays out of the window while it changes.
    list.classList.add('asked');
    const asked = given;
    try {
      const { fields, rows, ...about } = await get('catalogue.json');
      const named = rows.map((row) => Object.fromEntries(fields.map((field, at) => [field, row[at]])));
      const entries = await find({ rows: named, ...about });
      // An answer that comes late is none to what was asked since.
      if (asked === given) show(entries);
    } catch {
      if (asked !== given) return;
      fetched.clear();
      for (const [node, held] of whole) node.replaceChildren(...held);
      pages.hidden = isOne;
      status.textContent = '没有取到目录数据，请检查网络后再试；也可以按年份或逐页浏览。';
    }
  };

  const NAMES = ['q', ...FILTERS];
  const asks = () => NAMES.some((name) => given.get(name));

  for (const name of NAMES) {
    const control = form.elements[name];
    if (control && given.get(name)) control.value = given.get(name);
  }
  // An address that carries no empty conditions can be read and sent. Who chooses with the arrow keys
  // passes by what comes between: the list changes in its place, and the focus stays where it is.
  const ask = () => {
    given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    if (!asks()) location.assign('index.html');
    else {
      history.pushState(null, '', `?${given}`);
      run();
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener('change', (event) => {
    if (event.target.matches('select')) ask();
  });
  addEventListener('popstate', () => location.reload());
  if (asks()) {
    list.replaceChildren();
    pages.hidden = true;
    run();
  }
})();
