// An answer as a tree. Only the rows on the screen are in the page, so a long answer stays quick.

import { copy, element } from './api.js';

const ROW = 24;
const MARGIN = 12;

/** A number whose digits a double cannot keep. */
class Exact {
  constructor(text) { this.text = text; }
}

/** Parses JSON and keeps the digits of every number, where the browser can. */
export function parse(text) {
  return JSON.parse(text, (key, value, context) => (
    typeof value === 'number' && context && context.source && String(value) !== context.source ? new Exact(context.source) : value
  ));
}

const isBranch = (value) => value !== null && typeof value === 'object' && !(value instanceof Exact);
const entries = (value) => (Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value));
const size = (value) => (Array.isArray(value) ? value.length : Object.keys(value).length);

function leaf(value) {
  if (value instanceof Exact) return [value.text, 'number'];
  if (value === null) return ['null', 'null'];
  if (typeof value === 'string') return [JSON.stringify(value), 'string'];
  return [String(value), typeof value];
}

function preview(value) {
  if (Array.isArray(value)) return value.length === 1 ? '1 item' : `${value.length} items`;
  const names = entries(value).filter(([, inner]) => !isBranch(inner)).slice(0, 3);
  const text = names.map(([name, inner]) => `${name}: ${leaf(inner)[0]}`).join(', ');
  return text.length > 90 ? `${text.slice(0, 90)}…` : text || `${size(value)} members`;
}

/** A path as JMESPath writes it: `InstanceSet[0].InstanceId`. */
const step = (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path ? `${path}.${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}` : key);

/** A tree of a parsed value. `view` stands at the end of its tools; `show(other)` shows something else in its place. */
export function tree(root, view) {
  const open = new Set(['']);
  let rows = [];
  let current = 0;
  let matches = [];
  let match = -1;

  const body = element('div', { class: 'rows', role: 'presentation' });
  const scroller = element('div', { class: 'tree', role: 'tree', tabindex: '0', 'aria-label': 'Answer' }, body);
  const query = element('input', { type: 'search', placeholder: 'Find in the answer', 'aria-label': 'Find in the answer', id: 'answer-find', autocomplete: 'off' });
  const count = element('span', { class: 'quiet', role: 'status', id: 'answer-matches' });
  const path = element('code', { class: 'path', id: 'answer-path' });
  const button = (id, text, act) => element('button', { type: 'button', class: 'quiet', id, onclick: act }, text);

  const flatten = () => {
    rows = [];
    const add = (key, value, depth, where) => {
      rows.push({ key, value, depth, path: where });
      if (isBranch(value) && open.has(where)) for (const [name, inner] of entries(value)) add(name, inner, depth + 1, step(where, name));
    };
    for (const [name, inner] of entries(root)) add(name, inner, 0, step('', name));
    body.style.height = `${rows.length * ROW}px`;
    current = Math.min(current, Math.max(rows.length - 1, 0));
  };

  const row = (index) => {
    const { key, value, depth, path: where } = rows[index];
    const branch = isBranch(value);
    const made = element('div', {
      class: `row${index === current ? ' current' : ''}${matches[match] === where ? ' match' : ''}`,
      role: 'treeitem', id: `row-${index}`, 'data-index': index, 'aria-level': depth + 1,
      'aria-selected': String(index === current), 'aria-expanded': branch ? String(open.has(where)) : undefined,
    });
    made.style.top = `${index * ROW}px`;
    made.style.paddingLeft = `${depth * 16 + 6}px`;
    made.append(element('span', { class: 'fold', 'aria-hidden': 'true' }, branch && size(value) ? (open.has(where) ? '▾' : '▸') : ''));
    made.append(element('span', { class: typeof key === 'number' ? 'index' : 'key' }, String(key)));
    if (branch) {
      made.append(element('span', { class: 'preview' }, Array.isArray(value) ? `[ ${preview(value)} ]` : open.has(where) ? '{ }' : `{ ${preview(value)} }`));
    } else {
      const [text, type] = leaf(value);
      made.append(element('span', { class: `leaf ${type}` }, text));
    }
    return made;
  };

  const paint = () => {
    const first = Math.max(Math.floor(scroller.scrollTop / ROW) - MARGIN, 0);
    const last = Math.min(Math.ceil((scroller.scrollTop + scroller.clientHeight) / ROW) + MARGIN, rows.length);
    body.replaceChildren();
    for (let index = first; index < last; index += 1) body.append(row(index));
    if (rows[current]) {
      scroller.setAttribute('aria-activedescendant', `row-${current}`);
      path.textContent = rows[current].path;
    }
  };

  const reveal = () => {
    const top = current * ROW;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + ROW > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + ROW - scroller.clientHeight;
    paint();
  };

  const toggle = (index, wanted) => {
    const { value, path: where } = rows[index];
    if (!isBranch(value)) return;
    if (wanted ?? !open.has(where)) open.add(where);
    else open.delete(where);
    flatten();
    paint();
  };

  const all = (value, where) => {
    if (!isBranch(value)) return;
    open.add(where);
    for (const [name, inner] of entries(value)) all(inner, step(where, name));
  };

  const find = () => {
    const wanted = query.value.toLowerCase();
    matches = [];
    match = -1;
    const look = (value, where) => {
      for (const [name, inner] of entries(value)) {
        const at = step(where, name);
        const text = isBranch(inner) ? '' : leaf(inner)[0];
        if (String(name).toLowerCase().includes(wanted) || text.toLowerCase().includes(wanted)) matches.push(at);
        if (isBranch(inner)) look(inner, at);
      }
    };
    if (wanted) look(root, '');
    if (matches.length) go(0);
    else {
      count.textContent = wanted ? 'not found' : '';
      paint();
    }
  };

  const go = (to) => {
    match = (to + matches.length) % matches.length;
    const wanted = matches[match];
    // Open everything above it.
    const above = (value, where) => {
      for (const [name, inner] of entries(value)) {
        const at = step(where, name);
        if (at === wanted) return true;
        if (isBranch(inner) && wanted.startsWith(at) && above(inner, at)) {
          open.add(at);
          return true;
        }
      }
      return false;
    };
    above(root, '');
    flatten();
    current = rows.findIndex((candidate) => candidate.path === wanted);
    count.textContent = `${match + 1} of ${matches.length}`;
    reveal();
  };

  scroller.addEventListener('scroll', paint, { passive: true });
  new ResizeObserver(paint).observe(scroller);
  scroller.addEventListener('click', (event) => {
    const chosen = event.target.closest('.row');
    if (!chosen) return;
    current = Number(chosen.dataset.index);
    if (event.target.closest('.fold, .preview, .key, .index')) toggle(current);
    else paint();
  });
  scroller.addEventListener('keydown', (event) => {
    const here = rows[current];
    if (!here) return;
    const page = Math.max(Math.floor(scroller.clientHeight / ROW) - 1, 1);
    const to = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1, PageDown: current + page, PageUp: current - page }[event.key];
    if (to !== undefined) {
      current = Math.min(Math.max(to, 0), rows.length - 1);
      reveal();
    } else if (event.key === 'ArrowRight') {
      if (isBranch(here.value) && open.has(here.path)) current = Math.min(current + 1, rows.length - 1);
      else toggle(current, true);
      reveal();
    } else if (event.key === 'ArrowLeft') {
      if (isBranch(here.value) && open.has(here.path)) toggle(current, false);
      else {
        for (let up = current - 1; up >= 0; up -= 1) {
          if (rows[up].depth < here.depth) {
            current = up;
            break;
          }
        }
        reveal();
      }
    } else if (event.key === 'Enter' || event.key === ' ') toggle(current);
    else if (event.key === 'c' && !event.ctrlKey && !event.metaKey) copy(here.path, 'Path');
    else return;
    event.preventDefault();
  });
  query.addEventListener('input', find);
  query.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && matches.length) go(match + (event.shiftKey ? -1 : 1));
  });

  // Open what is short; a long list shows its items folded.
  const begin = (value, where, depth) => {
    open.add(where);
    if (depth < 3 && size(value) <= 20) for (const [name, inner] of entries(value)) if (isBranch(inner)) begin(inner, step(where, name), depth + 1);
  };
  begin(root, '', 0);
  flatten();
  const tools = element('div', { class: 'tools' }, query, count,
    button('answer-open', 'Open all', () => { all(root, ''); flatten(); paint(); }),
    button('answer-fold', 'Fold all', () => { open.clear(); open.add(''); flatten(); reveal(); }),
    button('answer-copy-path', 'Copy path', () => { if (rows[current]) copy(rows[current].path, 'Path'); }), view);
  requestAnimationFrame(paint);
  const where = element('p', { class: 'where' }, path);
  const made = element('div', { class: 'answer-tree' }, tools, scroller, where);
  made.show = (other) => {
    if (other) scroller.replaceWith(other);
    else made.querySelector('#answer-raw').replaceWith(scroller);
    for (const part of [where, query, count, ...tools.querySelectorAll(':scope > button')]) part.hidden = Boolean(other);
    if (!other) paint();
  };
  return made;
}
