// The page: its address, tabs, form and panels.

import { announce, ask, element, json, post, read, tablist } from './api.js';
import * as form from './form.js';
import { past, start as startPanels } from './panels.js';
import { start as startSearch } from './search.js';
import { send } from './send.js';

const by = (id) => document.getElementById(id);
const tabs = [];
let current = null;
let checks = 0;
let panel = 'answer';

const same = (a, b) => a.service === b.service && a.version === b.version && a.action === b.action && a.site === b.site;
const names = (tab) => ({ service: tab.service, version: tab.version, action: tab.action, site: tab.site });

function later(wait, act) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), wait);
  };
}

// --- Where calls go ---

/** What stands after a fault: its label, and a value to begin with. */
const ARGUMENTS = {
  ERRORCODE: ['Error code', 'RequestLimitExceeded'],
  SECONDS: ['Seconds', '2'],
  NUMBER: ['Status', '502'],
  BYTES: ['Bytes', '1000000'],
  TYPE: ['Content-Type', 'text/html'],
  URL: ['URL', 'https://example.com/'],
};

function destination() {
  const kind = by('kind').value;
  const region = by('region').value.trim();
  if (kind === 'cloud') return { kind, profile: by('profile').value, region };
  const [name, argument] = by('fault').value.split(':');
  const value = argument ? `${name}:${by('fault-value').value.trim()}` : name;
  const times = by('fault-times').value.trim();
  return { kind, region, items: by('items').value, fault: name ? `${value} ${times === 'always' ? times : `x${times || 1}`}` : '' };
}

function showDestination() {
  const cloud = by('kind').value === 'cloud';
  by('to-emulator').hidden = cloud;
  by('identity').hidden = !cloud;
  if (!cloud) by('region').placeholder = 'default';
  by('to-cloud').hidden = !cloud;
  if (cloud) identity();
  const [name, argument] = by('fault').value.split(':');
  by('times-label').hidden = !name;
  by('fault-label').hidden = !argument;
  const [label, usual] = ARGUMENTS[argument] || [argument, ''];
  if (argument && by('fault-name').textContent !== label) {
    by('fault-name').textContent = label;
    by('fault-value').value = usual;
  }
}

/** Says whose key is used in which region. */
async function identity() {
  const profile = by('profile').value;
  let text;
  try {
    const found = await json(`/identity?${new URLSearchParams({ profile })}`);
    by('region').placeholder = found.region;
    text = `Signed with ${found.credential}`;
  } catch (error) {
    text = error.message;
  }
  if (profile === by('profile').value) by('identity').textContent = text;
}

const call = () => ({ ...names(current), params: current.params, to: destination() });

// --- The address ---

function address(tab, params) {
  const query = new URLSearchParams();
  if (tab.site !== 'china') query.set('site', tab.site);
  if (params && params !== '{}') query.set('params', params);
  const text = query.toString();
  return `#/${tab.service}/${tab.version}/${tab.action}${text ? `?${text}` : ''}`;
}

function readAddress() {
  const match = /^#\/([^/]+)\/([^/]+)\/([^/?]+)(?:\?(.*))?$/.exec(location.hash);
  if (!match) return null;
  const query = new URLSearchParams(match[4] || '');
  const [service, version, action] = match.slice(1, 4).map(decodeURIComponent);
  return { service, version, action, site: query.get('site') || 'china', params: query.get('params') };
}

// --- Tabs ---

const save = later(800, () => post('/history', { tabs: tabs.map((tab) => ({ ...names(tab), params: tab.params })) }).catch(() => {}));

function showTabs() {
  by('tabs').replaceChildren(...tabs.map((tab) => element('li', { class: tab === current ? 'current' : '' },
    element('button', { type: 'button', class: 'tab', 'aria-current': tab === current ? 'page' : undefined, onclick: () => show(tab) },
      element('span', { class: 'service' }, tab.service), ' ', tab.action),
    element('button', { type: 'button', class: 'close', 'aria-label': `Close ${tab.action}`, onclick: () => close(tab) }, '×'))));
  const chosen = by('tabs').querySelector('.current');
  if (chosen) chosen.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function close(tab) {
  const at = tabs.indexOf(tab);
  tabs.splice(at, 1);
  if (tab === current) {
    const next = tabs[at] || tabs[at - 1];
    if (next) show(next);
    else welcome();
  }
  showTabs();
  save();
}

/** Opens an action in its tab, or in a new one. */
async function open(target) {
  const wanted = { site: 'china', ...target };
  let tab = tabs.find((other) => same(other, wanted));
  if (!tab) {
    tab = { ...names(wanted), params: '{}', tried: false };
    tabs.push(tab);
  }
  if (wanted.params) tab.params = wanted.params;
  await show(tab);
}

async function show(tab) {
  current = tab;
  by('site').value = tab.site;
  by('welcome').hidden = true;
  by('work').hidden = false;
  history.replaceState(null, '', address(tab, tab.link));
  showTabs();
  by('panel-answer').replaceChildren(...(tab.answer ? [tab.answer] : nothing()));
  let html;
  try {
    html = await read('/action', names(tab));
  } catch (error) {
    if (tab !== current) return;
    by('action').replaceChildren(element('h1', { id: 'action-title' }, tab.action), element('p', { class: 'notice' }, error.message));
    by('form').replaceChildren();
    by('violations').replaceChildren();
    by('json').value = '';
    by('send').disabled = true;
    refresh();
    return;
  }
  if (tab !== current) return;
  by('send').disabled = false;
  by('action').innerHTML = html;
  by('form').replaceChildren(by('form-root'));
  document.title = `${tab.action} · tcapi explorer`;
  by('json').value = tab.params;
  if (tab.params === '{}') tab.params = form.write(by('form-root'));
  else await fill();
  by('json').value = tab.params;
  filter();
  changed();
  refresh();
  save();
}

const empty = [...by('panel-answer').childNodes].map((node) => node.cloneNode(true));
const nothing = () => empty.map((node) => node.cloneNode(true));

function welcome() {
  current = null;
  document.title = 'tcapi explorer';
  history.replaceState(null, '', '/');
  by('work').hidden = true;
  by('welcome').hidden = false;
}

// --- The form and its JSON ---

/** Fills the form from the JSON, if that can be read. */
async function fill() {
  const tab = current;
  try {
    const response = await post('/form', { ...names(tab), params: tab.params });
    const html = await response.text();
    if (tab === current) by('form-root').innerHTML = html;
    filter();
  } catch { /* the check says what is wrong */ }
}

async function check() {
  const tab = current;
  if (!tab) return;
  checks += 1;
  const mine = checks;
  const found = await ask('/check', { ...names(tab), params: tab.params });
  if (tab !== current || mine !== checks) return;
  if (found.link !== undefined) {
    tab.link = found.link;
    const wanted = address(tab, found.link);
    if (wanted.length < 8000) history.replaceState(null, '', wanted);
  }
  tab.found = found;
  violations();
}

function violations() {
  form.show(by('form-root'), current.found.violations, current.tried);
  form.summarize(by('violations'), current.found, current.tried, (path) => {
    choose('tab-form');
    form.focus(by('form-root'), path);
  });
}

const checkSoon = later(60, check);
const refreshSoon = later(250, refresh);
const fillSoon = later(200, async () => {
  await fill();
  if (current.found) violations();
});

function changed() {
  checkSoon();
  refreshSoon();
  save();
}

form.activate(by('form'), () => names(current), () => {
  current.params = form.write(by('form-root'));
  by('json').value = current.params;
  changed();
});
by('json').addEventListener('input', () => {
  current.params = by('json').value;
  changed();
  fillSoon();
});
const choose = tablist(document.querySelector('.bar [role="tablist"]'), () => {});

function filter() {
  const wanted = by('filter').value.toLowerCase();
  const fields = by('form-root').querySelectorAll(':scope > .fields > .field');
  for (const field of fields) field.classList.toggle('filtered', !field.dataset.name.toLowerCase().includes(wanted));
}
by('filter').addEventListener('input', filter);
by('required-only').addEventListener('change', () => by('form').classList.toggle('required-only', by('required-only').checked));
by('clear').addEventListener('click', async () => {
  current.params = '{}';
  current.tried = false;
  await fill();
  current.params = form.write(by('form-root'));
  by('json').value = current.params;
  changed();
});

// --- Panels ---

const panels = startPanels(call, open);

function refresh() {
  if (current && panels[panel]) panels[panel]();
}
const choosePanel = tablist(document.querySelector('.panels'), (tab) => {
  panel = tab.id.replace('tab-', '');
  refresh();
});

// --- Sending ---

const confirm = by('confirm');
function confirmed(text) {
  by('confirm-text').textContent = text;
  confirm.returnValue = '';
  confirm.showModal();
  return new Promise((resolve) => {
    confirm.addEventListener('close', () => resolve(confirm.returnValue === 'send'), { once: true });
  });
}
by('confirm-send').addEventListener('click', () => confirm.close('send'));

async function sendNow() {
  if (!current || by('send').disabled || by('send').getAttribute('aria-busy') === 'true') return;
  const tab = current;
  by('send').setAttribute('aria-busy', 'true');
  choosePanel('tab-answer');
  if (matchMedia('(max-width: 900px)').matches) by('results').scrollIntoView();
  try {
    await send(call(), confirmed, (found) => {
      tab.tried = true;
      tab.found = { violations: found };
      violations();
      if (found[0] && found[0].path) form.focus(by('form-root'), found[0].path);
      announce(`Not sent: ${found.length === 1 ? '1 problem' : `${found.length} problems`}`);
    }, (answer) => {
      tab.answer = answer;
      if (tab === current) by('panel-answer').replaceChildren(answer);
    });
  } finally {
    by('send').removeAttribute('aria-busy');
  }
}
by('send').addEventListener('click', sendNow);
for (const id of ['kind', 'profile', 'fault', 'fault-value', 'fault-times', 'region', 'items']) {
  by(id).addEventListener('change', () => {
    showDestination();
    refresh();
  });
}

// --- Dialogs and keys ---

for (const button of document.querySelectorAll('[data-close]')) button.addEventListener('click', () => button.closest('dialog').close());
by('paste-open').addEventListener('click', () => {
  by('paste-error').hidden = true;
  by('paste').showModal();
  by('pasted').focus();
});
async function usePasted(text) {
  try {
    const found = await ask('/paste', { ...(current ? names(current) : {}), text });
    by('paste').close();
    by('pasted').value = '';
    if (found.region) by('region').value = found.region;
    await open(found);
  } catch (error) {
    by('pasted').value = text;
    by('paste-error').textContent = error.message;
    by('paste-error').hidden = false;
    if (!by('paste').open) by('paste').showModal();
  }
}
by('paste-use').addEventListener('click', () => usePasted(by('pasted').value));

// A request can also be pasted into the JSON, or anywhere outside of a text box.
document.addEventListener('paste', (event) => {
  const text = event.clipboardData.getData('text/plain');
  const typing = event.target.closest('input, textarea, [contenteditable]');
  const isRequest = /^\s*(\$ )?(curl(\.exe)?|tcapi|tccli|POST|GET)\s|^\s*https?:\/\/\S+Action=/.test(text);
  if (document.querySelector('dialog[open]') || (typing && !(typing === by('json') && isRequest))) return;
  if (!isRequest && !text.trim().startsWith('{')) return;
  event.preventDefault();
  usePasted(text);
});

const search = startSearch(() => by('site').value, async (target) => {
  await open(target);
  by('request').focus({ preventScroll: true });
});
by('search-open').addEventListener('click', search);
document.querySelector('.skip').addEventListener('click', (event) => {
  // The address names the action, so it stays as it is.
  event.preventDefault();
  by(current ? 'request' : 'welcome').focus();
});
by('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  document.cookie = `tcapi_theme=${root.dataset.theme}; Path=/; SameSite=Strict; Max-Age=31536000`;
});
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, textarea, select, [contenteditable]');
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    search();
  } else if (event.key === '/' && !typing && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    search();
  } else if (event.key === 'F6' && current && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    by(by('request').contains(document.activeElement) ? 'results' : 'request').focus();
  } else if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    sendNow();
  }
});

// --- The start ---

addEventListener('hashchange', () => {
  const target = readAddress();
  if (target) open(target);
});

async function begin() {
  showDestination();
  const target = readAddress();
  if (target) await open(target);
  const saved = await json('/history');
  for (const tab of saved.tabs) if (!tabs.some((other) => same(other, tab))) tabs.push({ ...tab, tried: false });
  showTabs();
  if (saved.calls.length) by('recent').replaceChildren(element('h2', {}, 'Recent calls'), past(saved.calls.slice(0, 8), open));
}
begin();
