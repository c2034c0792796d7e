// A call: its attempts, events and answer as they come.

import { copyButton, element, post, Refused } from './api.js';
import { parse, tree } from './tree.js';

const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** Sends a call. `asked` asks the user about a write, `broken` is given the violations of a request, and `show` the element that
 * shows what comes. */
export async function send(body, asked, broken, show) {
  let response;
  try {
    response = await post('/send', body);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 409) {
      if (await asked(error.data.text)) await send({ ...body, confirm: error.data.confirm }, asked, broken, show);
    } else if (error.status === 422) broken(error.data.violations);
    else show(element('div', { class: 'outcome failed', role: 'alert' }, element('b', {}, 'Not sent'), element('span', {}, error.message)));
    return;
  }
  const view = begin();
  show(view.holder);
  await lines(response, (line) => view.line(line));
  view.end();
}

/** Calls `each` with every line of a response as it arrives. */
async function lines(response, each) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const complete = rest.split('\n');
    rest = complete.pop();
    for (const line of complete) if (line) each(JSON.parse(line));
    if (done) return;
  }
}

function begin() {
  const outcome = element('div', { class: 'outcome', role: 'status', id: 'outcome' }, element('b', {}, 'Sending …'));
  const events = element('ol', { class: 'events', id: 'events' });
  const log = element('div', { role: 'log', 'aria-label': 'Events' }, events);
  const content = element('div', { class: 'content', id: 'answer' });
  const attempts = element('ol', { class: 'attempts' });
  const headers = element('dl', { class: 'headers' });
  const seen = element('details', { class: 'seen', hidden: true }, element('summary', {}, 'Attempts and headers'), attempts, headers);
  const holder = element('div', { class: 'call' }, outcome, content, seen);
  let ended = false;

  const fact = (name, value) => element('span', { class: 'fact' }, element('span', { class: 'quiet' }, `${name} `), value);
  const requestId = (id) => (id ? element('span', { class: 'fact id' }, element('span', { class: 'quiet' }, 'RequestId '), element('code', { id: 'request-id' }, id), copyButton('RequestId', id)) : null);
  const count = (number) => (number > 1 ? fact('attempts', String(number)) : null);
  const head = (state, title, ...facts) => {
    outcome.className = `outcome ${state}`;
    outcome.replaceChildren(element('b', {}, title), ...facts.filter(Boolean));
  };

  const shows = {
    attempt(line) {
      seen.hidden = false;
      attempts.append(element('li', {}, `${line.ms} ms  attempt ${line.number}: ${line.method} ${line.host}, ${line.bytes} bytes`));
    },
    response(line) {
      attempts.append(element('li', {}, `${line.ms} ms  HTTP ${line.status}, ${line.bytes} bytes`));
      headers.replaceChildren(...line.headers.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
    },
    failure(line) {
      attempts.append(element('li', { class: 'broken' }, `${line.ms} ms  ${line.message}${line.retryable ? ' (may succeed when it is sent again)' : ''}`));
    },
    event(line) {
      if (!content.contains(log)) content.replaceChildren(log);
      head('running', `${line.number} ${line.number === 1 ? 'event' : 'events'}`, fact('after', `${line.ms} ms`));
      const label = `${line.number}  ${line.ms} ms${line.name ? `  ${line.name}` : ''}`;
      events.append(element('li', {}, element('details', { open: line.number < 6 }, element('summary', {}, label), element('pre', { tabindex: '0' }, pretty(line.text)))));
    },
    ended(line) {
      head('ok', `${line.events} ${line.events === 1 ? 'event' : 'events'}`, fact('in', `${line.ms} ms`), requestId(line.requestId));
    },
    answer(line) {
      head('ok', 'Answered', fact('in', `${line.ms} ms`), count(line.attempts), requestId(line.requestId));
      const parts = [];
      if (line.warning) parts.push(element('p', { class: 'notice' }, line.warning));
      if (line.broken.length) {
        parts.push(element('details', { class: 'notice', open: true, id: 'broken-schema' },
          element('summary', {}, `This answer broke its own schema (${line.broken.length})`),
          element('ul', {}, ...line.broken.map((text) => element('li', {}, text)))));
      }
      const raw = element('pre', { class: 'code', tabindex: '0', id: 'answer-raw', 'aria-label': 'Answer as JSON' });
      const isRaw = element('input', { type: 'checkbox', id: 'answer-as-json' });
      isRaw.addEventListener('change', () => {
        if (!raw.textContent) raw.textContent = pretty(line.text);
        shown.show(isRaw.checked ? raw : null);
      });
      const view = element('span', { class: 'view' }, element('label', { class: 'check' }, isRaw, 'As JSON'), copyButton('answer', () => pretty(line.text)));
      const shown = tree(parse(line.text), view);
      parts.push(shown);
      content.replaceChildren(...parts);
    },
    error(line) {
      head('failed', line.code || 'Failed', fact('after', `${line.ms} ms`), count(line.attempts), requestId(line.requestId));
      const parts = [element('p', { class: 'message', id: 'error-message' }, line.message)];
      if (line.advice) parts.push(element('p', { class: 'advice' }, line.advice));
      else if (line.retryable) parts.push(element('p', { class: 'advice' }, 'Sending it again may succeed.'));
      if (line.body) parts.push(element('details', {}, element('summary', {}, 'Body of the last response'), element('pre', { class: 'code', tabindex: '0' }, pretty(line.body))));
      if (content.contains(log)) content.append(...parts);
      else content.replaceChildren(...parts);
    },
    failed(line) {
      head('failed', 'Not sent', element('span', {}, line.message));
    },
  };
  return {
    holder,
    line(line) {
      if (['ended', 'answer', 'error', 'failed'].includes(line.kind)) ended = true;
      if (shows[line.kind]) shows[line.kind](line);
      if (line.notSaved) content.prepend(element('p', { class: 'notice' }, `The call is not in the history: ${line.notSaved}`));
    },
    end() {
      if (!ended) head('failed', 'Interrupted', element('span', {}, 'the program ended the call without an answer'));
    },
  };
}
