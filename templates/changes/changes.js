// The page is whole without this. With it one goes from change to change, hides a weight, sees both sides.
(() => {
  const root = document.documentElement;
  const form = document.querySelector('.settings');
  const steps = document.querySelector('.steps');
  const at = steps.querySelector('.at');
  const of = steps.querySelector('.of');
  // In the order of the list, which numbers what was moved where it stood before.
  const badges = [...document.querySelectorAll('.changes tbody th a')]
    .map((one) => document.getElementById(one.hash.slice(1)))
    .filter((one) => one.classList.contains('badge'));
  const styles = ['substance', 'wording', 'form'];

  const styleOf = (badge) => styles.find((one) => badge.classList.contains(one));
  const isShown = (badge) => !root.classList.contains(`no-${styleOf(badge)}`);

  // -- weights

  const count = () => {
    const shown = badges.filter(isShown);
    const place = shown.indexOf(current);
    at.textContent = place < 0 ? '—' : place + 1;
    of.textContent = shown.length;
  };

  const weigh = () => {
    for (const box of form.elements.weight) root.classList.toggle(`no-${box.value}`, !box.checked);
    for (const part of document.querySelectorAll('.changes tbody')) {
      part.hidden = [...part.rows].slice(1).every((row) => (
        root.classList.contains(`no-${styles.find((one) => row.classList.contains(one))}`)));
    }
    count();
  };

  // -- from change to change

  let current;

  const show = (badge) => {
    current = badge;
    const box = [...form.elements.weight].find((one) => one.value === styleOf(badge));
    if (!box.checked) {
      box.checked = true;
      weigh();
    }
    count();
    badge.focus({ preventScroll: true });
    badge.scrollIntoView({ block: 'center' });
  };

  const isInSight = (badge) => {
    const { top, bottom } = badge.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };

  // From the change that was shown last, or from what is in sight if the reader has gone elsewhere.
  const step = (by) => {
    const shown = badges.filter(isShown);
    let place = current && isInSight(current) ? shown.indexOf(current) : -1;
    if (place < 0) {
      const below = shown.findIndex((badge) => badge.getBoundingClientRect().top > 0);
      const first = below < 0 ? shown.length : below;
      place = by > 0 ? first - 1 : first;
    }
    const next = shown[place + by];
    if (next) {
      history.replaceState(null, '', `#${next.id}`);
      show(next);
    }
  };

  // A link to what is folded away opens it.
  const follow = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    let target = document.getElementById(name);
    if (!target) return;
    for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    if (target.classList.contains('badge')) show(target);
    else if (target.matches('.note, .from')) {
      // What went stands in the column of what was.
      if (!target.getClientRects().length) target = document.querySelector(`[data-was="${CSS.escape(name)}"]`);
      if (target.nextElementSibling?.matches('details')) target.nextElementSibling.open = true;
      target?.scrollIntoView({ block: 'center' });
    }
  };

  // -- side by side

  const blocks = [...document.querySelectorAll('.document .part > .block')];

  const sideOf = (name, said) => {
    const side = document.createElement('div');
    side.className = name;
    side.dataset.name = said;
    return side;
  };

  // A number stands before the words that it is of.
  const isOfDeletion = (badge) => badge.nextElementSibling?.matches('del');

  const oldOf = (block) => {
    const copy = block.cloneNode(true);
    for (const one of copy.querySelectorAll('[id]')) {
      one.dataset.was = one.id;
      one.removeAttribute('id');
    }
    for (const one of copy.querySelectorAll('.badge')) if (!isOfDeletion(one)) one.remove();
    for (const one of copy.querySelectorAll('ins, .from:not([data-was]), .note, .was')) one.remove();
    const label = copy.querySelector('.label');
    if (label) label.textContent = label.dataset.old;
    const words = copy.querySelector('.words');
    if (!words) return copy;
    const plain = document.createElement('p');
    plain.className = words.className;
    plain.append(...words.childNodes);
    words.replaceWith(plain);
    return copy;
  };

  const pair = (block) => {
    const grid = document.createElement('div');
    grid.className = 'two';
    block.replaceWith(grid);
    const isGone = block.matches('.removed, .moved-from');
    if (!isGone && !block.matches('.added, .moved-to')) {
      const old = sideOf('old', '修改前');
      old.append(oldOf(block));
      grid.append(old);
    }
    const side = isGone ? sideOf('old gone', '修改前') : sideOf('new', '修改后');
    side.append(block);
    grid.append(side);
  };

  const lay = (inTwo) => {
    for (const one of document.querySelectorAll('.sides')) one.remove();
    for (const block of blocks) {
      const grid = block.closest('.two');
      if (inTwo && !grid) pair(block);
      else if (!inTwo && grid) grid.replaceWith(block);
    }
    if (!inTwo) return;
    for (const part of new Set(blocks.map((block) => block.closest('.part')))) {
      const head = document.createElement('div');
      head.className = 'two sides';
      for (const said of ['修改前', '修改后']) head.append(Object.assign(document.createElement('p'), { textContent: said }));
      part.querySelector('h3').after(head);
    }
  };

  // Some browsers forget what a table is where the narrow layout draws its rows as blocks.
  const roles = { TABLE: 'table', THEAD: 'rowgroup', TBODY: 'rowgroup', TR: 'row', TD: 'cell' };
  for (const one of document.querySelectorAll('table, thead, tbody, tr, td, th')) {
    const ofHead = one.closest('thead') ? 'columnheader' : 'rowheader';
    one.setAttribute('role', roles[one.tagName] ?? ofHead);
  }

  // -- what the reader does

  form.hidden = false;
  steps.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', ({ target }) => {
    if (target.name === 'weight') weigh();
    if (target.name === 'layout') lay(target.value === 'two');
  });
  form.addEventListener('click', ({ target }) => {
    if (!('open' in target.dataset)) return;
    for (const fold of document.querySelectorAll('.fold')) fold.open = Boolean(target.dataset.open);
  });
  steps.addEventListener('click', ({ target }) => {
    if (target.dataset.step) step(Number(target.dataset.step));
  });
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !form.elements.keys.checked) return;
    if (event.target.matches('input:not([type="checkbox"], [type="radio"]), select, textarea')) return;
    const by = { j: 1, n: 1, k: -1, p: -1 }[event.key.toLowerCase()];
    if (by) step(by);
  });
  addEventListener('hashchange', follow);
  // A browser may remember what was chosen before.
  weigh();
  lay(form.elements.layout.value === 'two');
  follow();
})();
