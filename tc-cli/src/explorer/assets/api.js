// Requests to the program.

/** An error response of the program. */
export class Refused extends Error {
  constructor(status, data) {
    super(data.error || `The program answered with status ${status}.`);
    this.status = status;
    this.data = data;
  }
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...options });
  } catch (error) {
    if (error.name !== 'AbortError') document.getElementById('offline').hidden = false;
    throw error;
  }
  document.getElementById('offline').hidden = true;
  if (!response.ok) {
    let data = {};
    try {
      data = await response.json();
    } catch { /* no JSON */ }
    throw new Refused(response.status, data);
  }
  return response;
}

/** Reads HTML. */
export async function read(path, query, signal) {
  return (await request(`${path}?${new URLSearchParams(query)}`, { signal })).text();
}

/** Reads JSON. */
export async function json(path) {
  return (await request(path, {})).json();
}

/** Posts JSON and gives the response. */
export function post(path, body, signal) {
  return request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal });
}

/** Posts JSON and reads JSON. */
export async function ask(path, body, signal) {
  return (await post(path, body, signal)).json();
}

/** Makes an element. Texts are never read as HTML. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'class') made.className = value;
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Says something to screen readers. */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}

/** Copies a text and says so. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    announce(`${what} copied`);
    return true;
  } catch {
    announce(`${what} could not be copied`);
    return false;
  }
}

/** A button that copies. */
export function copyButton(what, text) {
  const button = element('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${what}` }, 'Copy');
  button.addEventListener('click', async () => {
    const copied = await copy(typeof text === 'function' ? text() : text, what);
    button.textContent = copied ? 'Copied' : 'Failed';
    setTimeout(() => { button.textContent = 'Copy'; }, 1200);
  });
  return button;
}

/** Makes a list of `role="tab"` buttons work by mouse and by arrow keys. */
export function tablist(list, choose) {
  const tabs = [...list.querySelectorAll('[role="tab"]')];
  const select = (tab) => {
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute('aria-selected', chosen);
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute('aria-controls')).hidden = !chosen;
    }
    choose(tab);
  };
  list.addEventListener('click', (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) select(tab);
  });
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab.focus();
    select(tab);
  });
  return (id) => select(document.getElementById(id));
}
