// The panels beside the answer: code, signature, reference, history.

import { ask, element, copyButton, json, post, read } from './api.js';

const by = (id) => document.getElementById(id);
const pre = (text) => element('pre', { class: 'code', tabindex: '0' }, text);
const failed = (error) => element('p', { class: 'notice' }, error.message);

/** Connects the panels: `call()` is the open call, `open` opens another. */
export function start(call, open) {
  let language = 'tcapi';
  let written = '';
  const buttons = [...document.querySelectorAll('[data-language]')];
  const copy = copyButton('code', () => written);
  copy.id = 'copy-code';
  by('copy-code').replaceWith(copy);

  const code = async () => {
    for (const button of buttons) button.setAttribute('aria-pressed', button.dataset.language === language);
    const holder = by('code');
    try {
      written = (await ask('/code', { ...call(), language })).code;
      holder.textContent = written;
    } catch (error) {
      written = '';
      holder.textContent = error.message;
    }
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      language = button.dataset.language;
      code();
    });
  }
  if (buttons[0]) language = buttons[0].dataset.language;

  const steps = async () => {
    try {
      const found = await ask('/steps', { ...call(), at: by('at').value });
      const parts = found.steps.map((step, index) => element('section', { class: 'step' },
        element('h2', {}, element('span', { class: 'number' }, String(index + 1)), step.name, copyButton(step.name, step.text)),
        element('p', { class: 'quiet' }, step.how), pre(step.text)));
      by('steps').replaceChildren(...parts,
        element('section', { class: 'step' }, element('h2', {}, 'The request', copyButton('request', found.request)), pre(found.request)));
    } catch (error) {
      by('steps').replaceChildren(failed(error));
    }
  };
  by('at').addEventListener('change', steps);
  by('compare').addEventListener('click', async () => {
    const holder = by('comparison');
    try {
      const found = await ask('/compare', { ...call(), mine: by('mine').value });
      const rejected = found.right && found.warnings.length > 0;
      const title = rejected ? 'The request will be rejected. The HMAC itself is correct.' : found.right ? 'The signature is right.' : found.step ? `The signature is wrong; the step that differs is ${found.step}.` : 'The signature is wrong.';
      const list = (items, kind) => (items.length ? element('ul', { class: kind }, ...items.map((text) => element('li', {}, text))) : null);
      holder.replaceChildren(...[element('p', { class: found.right && !rejected ? 'fine' : 'broken' }, title), list(found.reasons, 'reasons'), list(found.warnings, 'warnings')].filter(Boolean),
        ...(found.right ? [] : found.steps.flatMap((step) => [element('h2', {}, `${step.name}, as it should be`), pre(step.text)])));
    } catch (error) {
      holder.replaceChildren(failed(error));
    }
  });

  let shown = '';
  const about = async () => {
    const { service, version, action, site } = call();
    const wanted = [service, version, action, site].join('/');
    if (wanted === shown) return;
    shown = wanted;
    const html = await read('/reference', { service, version, action, site });
    if (wanted === shown) by('panel-about').innerHTML = html;
  };

  const history = async () => {
    const { calls } = await json('/history');
    by('panel-history').replaceChildren(calls.length ? past(calls, open) : element('div', { class: 'empty' }, element('p', {}, 'No call yet.'),
      element('p', { class: 'quiet' }, 'Calls are kept in a file on this machine that only you can read, without secrets.')));
    if (calls.length) {
      const forget = element('button', { type: 'button', class: 'quiet', id: 'forget' }, 'Remove the history');
      forget.addEventListener('click', async () => {
        await post('/history', { forget: true });
        history();
      });
      by('panel-history').append(forget);
    }
  };
  return { code, steps, about, history };
}

/** A list of calls that can be opened again. */
export function past(calls, open) {
  const time = (seconds) => new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' });
  return element('ul', { class: 'past' }, ...calls.map((call) => element('li', {}, element('button', { type: 'button', onclick: () => open(call) },
    element('span', { class: `dot ${call.outcome === 'ok' ? 'ok' : 'failed'}`, 'aria-hidden': 'true' }),
    element('span', { class: 'what' }, element('span', { class: 'service' }, call.service), ' ', call.action),
    element('span', { class: 'quiet' }, `${call.outcome === 'ok' ? '' : `${call.outcome}, `}${call.to}, ${call.ms} ms`),
    element('time', {}, time(call.at))))));
}
