// The form: from its fields to JSON, and violations at their fields.

import { element, read as load } from './api.js';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

const child = (parent, selector) => parent.querySelector(`:scope > ${selector}`);

/** The parameters as the text of a JSON object. Numbers are written as they were typed. */
export function write(root) {
  const fields = child(root, '.fields');
  return (fields && object(fields, 0)) || '{}';
}

function object(fields, depth) {
  const indent = '  '.repeat(depth + 1);
  const members = [];
  for (const field of fields.children) {
    const text = value(field, depth + 1);
    field.classList.toggle('filled', text !== null);
    if (text !== null) members.push(`${indent}${JSON.stringify(field.dataset.name)}: ${text}`);
  }
  return members.length ? `{\n${members.join(',\n')}\n${'  '.repeat(depth)}}` : null;
}

function value(field, depth) {
  const given = field.hasAttribute('data-given');
  switch (field.dataset.shape) {
    case 'object': {
      const fields = child(field, 'details').querySelector(':scope > .fields');
      const text = fields && object(fields, depth);
      return text || (given || (fields && field.classList.contains('required')) ? '{}' : null);
    }
    case 'list': {
      const items = [];
      let nested = false;
      for (const li of child(field, 'ol').children) {
        const fields = li.querySelector(':scope > .inner > .fields');
        nested = nested || Boolean(fields);
        const text = fields ? object(fields, depth + 1) || '{}' : control(li.querySelector(':scope > .inner'));
        li.toggleAttribute('data-empty', text === null);
        if (text !== null) items.push(text);
      }
      if (!items.length) return given ? '[]' : null;
      if (!nested) return `[${items.join(', ')}]`;
      const indent = '  '.repeat(depth + 1);
      return `[\n${items.map((item) => indent + item).join(',\n')}\n${'  '.repeat(depth)}]`;
    }
    default:
      return control(field);
  }
}

/** The JSON of one control; null if nothing was typed. */
function control(holder) {
  const box = holder.querySelector('select, textarea, input:not([type="file"])');
  if (!box) return null;
  let text = box.value;
  if (box.selectedOptions && box.selectedOptions[0] && box.selectedOptions[0].hasAttribute('data-other')) {
    text = box.parentElement.querySelector('input').value;
  }
  if (text === '') return box.hasAttribute('data-empty') ? '""' : null;
  switch (box.dataset.raw) {
    case 'word': {
      const word = text.trim();
      return NUMBER.test(word) || word === 'true' || word === 'false' ? word : JSON.stringify(text);
    }
    case 'json':
      try {
        JSON.parse(text);
        return text.trim();
      } catch {
        return JSON.stringify(text);
      }
    default:
      return JSON.stringify(text);
  }
}

/** The field or the item at a path such as `Filters.0.Values`, or the nearest one that is shown. */
function locate(root, path) {
  let fields = child(root, '.fields');
  let found = null;
  const steps = path.split('.');
  for (let at = 0; at < steps.length && fields; at += 1) {
    const field = [...fields.children].find((candidate) => candidate.dataset.name === steps[at]);
    if (!field) break;
    found = field;
    fields = null;
    if (field.dataset.shape === 'object') {
      fields = child(field, 'details').querySelector(':scope > .fields');
    } else if (field.dataset.shape === 'list' && /^\d+$/.test(steps[at + 1] || '')) {
      at += 1;
      const item = [...child(field, 'ol').children].filter((li) => !li.hasAttribute('data-empty'))[Number(steps[at])];
      if (!item) break;
      found = item;
      fields = item.querySelector(':scope > .inner > .fields');
    }
  }
  return found;
}

const boxOf = (place) => place.querySelector('select, textarea, input:not([type="file"]), summary, button.add');

/** Moves the focus to the field at a path. */
export function focus(root, path) {
  const place = locate(root, path);
  if (!place) return;
  for (let parent = place.parentElement.closest('details'); parent; parent = parent.parentElement.closest('details')) parent.open = true;
  const box = boxOf(place);
  place.scrollIntoView({ block: 'center' });
  if (box) box.focus({ preventScroll: true });
}

/** Shows violations at their fields; what is missing only after the user tried to send. */
export function show(root, violations, tried) {
  for (const error of root.querySelectorAll('p.error:not([hidden])')) {
    error.hidden = true;
    error.textContent = '';
  }
  for (const box of root.querySelectorAll('[aria-invalid]')) box.removeAttribute('aria-invalid');
  for (const violation of violations) {
    if (violation.missing && !tried) continue;
    const place = violation.path && locate(root, violation.path);
    const error = place && child(place, 'p.error');
    if (!error) continue;
    error.textContent = error.hidden ? violation.text : `${error.textContent}; ${violation.message}`;
    error.hidden = false;
    const box = boxOf(place);
    if (box && box.matches('input, select, textarea')) box.setAttribute('aria-invalid', 'true');
  }
}

/** Fills the summary above the form. */
export function summarize(holder, checked, tried, go) {
  const broken = checked.violations.filter((violation) => tried || !violation.missing);
  const missing = tried ? [] : checked.violations.filter((violation) => violation.missing);
  const link = (violation, text) => element('button', { type: 'button', class: 'link', onclick: () => go(violation.path) }, text);
  const content = [];
  if (checked.problem) content.push(element('p', { class: 'broken' }, checked.problem));
  if (broken.length) {
    const count = broken.length === 1 ? '1 problem' : `${broken.length} problems`;
    content.push(element('p', { class: 'broken' }, `${count}; nothing is sent until ${broken.length === 1 ? 'it is' : 'they are'} solved`));
    const shown = broken.slice(0, 30).map((violation) => element('li', {}, violation.path ? link(violation, violation.text) : violation.text));
    content.push(element('ul', {}, ...shown));
  }
  if (missing.length) {
    const line = element('p', { class: 'missing' }, 'Required: ');
    missing.forEach((violation, index) => line.append(index ? ', ' : '', link(violation, violation.path)));
    content.push(line);
  }
  if (!content.length) content.push(element('p', { class: 'fine' }, 'Checked: ready to send'));
  const made = element('div', {}, ...content);
  // A live region speaks whenever it changes, so it changes only when its text does.
  if (made.textContent !== holder.textContent) holder.replaceChildren(...content);
}

/** Makes a form work: menus, lists, objects that are loaded when they are opened, files. */
export function activate(form, query, changed) {
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', (event) => {
    const box = event.target;
    box.removeAttribute('data-empty');
    for (let field = box.closest('.field'); field; field = field.parentElement.closest('.field')) field.removeAttribute('data-given');
    if (box.type === 'file') return;
    if (box.tagName === 'SELECT') other(box);
    changed();
  });
  form.addEventListener('keydown', (event) => {
    // A line feed is typed with Shift: most values have none.
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey || !event.target.matches('textarea[rows="1"]')) return;
    event.preventDefault();
    const item = event.target.closest('.item[data-shape="one"]');
    if (item) item.closest('.field').querySelector(':scope > .head > .add').click();
  });
  form.addEventListener('change', (event) => {
    if (event.target.type === 'file' && event.target.files[0]) readFile(form, event.target, changed);
  });
  form.addEventListener('toggle', async (event) => {
    const details = event.target;
    if (!details.open || !details.dataset.part) return;
    const path = details.dataset.part;
    details.removeAttribute('data-part');
    details.append(await part(query, path));
    changed();
  }, true);
  form.addEventListener('click', async (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.classList.contains('add')) {
      const number = Number(button.dataset.next);
      button.dataset.next = number + 1;
      const item = await part(query, `${button.dataset.part}.${number}`);
      child(button.closest('.field'), 'ol').append(item);
      const box = item.querySelector('select, textarea, input');
      if (box) box.focus();
      changed();
    } else if (button.classList.contains('remove')) {
      const field = button.closest('.field');
      button.closest('li').remove();
      field.removeAttribute('data-given');
      field.querySelector(':scope > .head > .add').focus();
      changed();
    }
  });
}

function other(select) {
  const input = select.parentElement.querySelector('input');
  if (!input) return;
  input.hidden = !select.selectedOptions[0].hasAttribute('data-other');
  if (!input.hidden) input.focus();
}

async function part(query, path) {
  const holder = document.createElement('template');
  holder.innerHTML = await load('/part', { ...query(), path });
  return holder.content.firstElementChild;
}

function readFile(form, input, changed) {
  const reader = new FileReader();
  reader.addEventListener('load', () => {
    form.querySelector(`[id="${CSS.escape(input.dataset.for)}"]`).value = String(reader.result).split(',')[1] || '';
    changed();
  });
  reader.readAsDataURL(input.files[0]);
}
