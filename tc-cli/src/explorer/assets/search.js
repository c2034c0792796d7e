// The search over all actions.

import { read } from './api.js';

const dialog = document.getElementById('search');
const input = document.getElementById('q');
const list = document.getElementById('found');
let asked = 0;
let shown = 0;
let pending = Promise.resolve();

/** Connects the search with the page: `site()` is the chosen site, `open` opens an action. */
export function start(site, open) {
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const choose = (option) => {
    for (const other of options()) other.setAttribute('aria-selected', other === option);
    if (option) {
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  };
  const use = (option) => {
    if (!option) return;
    dialog.close();
    open({ service: option.dataset.service, version: option.dataset.version, action: option.dataset.action, site: site() });
  };
  const update = async () => {
    asked += 1;
    const mine = asked;
    const html = await read('/search', { q: input.value, site: site() });
    // A slow answer does not replace a newer one.
    if (mine < shown) return;
    shown = mine;
    list.innerHTML = html;
    list.scrollTop = 0;
    choose(options()[0]);
  };
  const ask = () => { pending = update().catch(() => {}); };
  input.addEventListener('input', ask);
  input.addEventListener('keydown', async (event) => {
    if (!['Enter', 'ArrowDown', 'ArrowUp', 'PageDown', 'PageUp'].includes(event.key)) return;
    event.preventDefault();
    // A key is about the list of what was typed, also where that list is still to come.
    await pending;
    const all = options();
    const at = all.findIndex((option) => option.getAttribute('aria-selected') === 'true');
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (event.key === 'Enter') {
      use(all[at]);
    } else if (all.length) {
      choose(all[Math.min(Math.max(to, 0), all.length - 1)]);
    }
  });
  list.addEventListener('click', (event) => use(event.target.closest('[role="option"]')));
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  return () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    ask();
  };
}
