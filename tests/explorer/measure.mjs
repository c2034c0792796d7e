// Prints what BENCHMARKS.md says of the Explorer, measured in the browser: medians of several loads.

import { explorer, open, send } from './page.mjs';

const ROUNDS = 9;
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const print = (what, values, unit = 'ms') => console.log(`${what}: median ${median(values).toFixed(1)} ${unit}, highest ${Math.max(...values).toFixed(1)} ${unit}`);

const { page, origin, end } = await explorer(null);

const paints = [];
for (let round = 0; round < ROUNDS; round += 1) {
  await page.goto(origin, { waitUntil: 'networkidle' });
  paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
}
print('first contentful paint', paints);

/** The time from a click on a link to an action until its form was painted. */
async function form(service, version, action) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto(`${origin}/`, { waitUntil: 'networkidle' });
    times.push(await page.evaluate(async (hash) => {
      document.querySelector('#tabs').replaceChildren();
      const start = performance.now();
      const shown = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          if (document.querySelector('#form .field') && document.querySelector('#action-title')?.textContent === hash.split('/').at(-1)) {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
          }
        });
        observer.observe(document.body, { childList: true, subtree: true });
      });
      location.hash = hash;
      return shown;
    }, `#/${service}/${version}/${action}`));
  }
  const fields = await page.locator('#form .field').count();
  print(`form of ${service} ${action} (${fields} fields)`, times);
}
// The action with the most parameters.
await form('apm', '2021-06-22', 'ModifyApmApplicationConfig');
await form('cvm', '2017-03-12', 'RunInstances');
await form('mps', '2019-06-12', 'DescribePersonSamples');

// An answer of many rows: the tree of ten thousand items.
await open(page, 'person sample', 'DescribePersonSamples');
await page.locator('#items').fill('12345');
await page.locator('#items').blur();
await page.locator('#tab-json').click();
await page.locator('#json').fill('{"Limit": 100}');
await page.locator('#violations .fine').waitFor();
await send(page);
await page.evaluate(async () => {
  const { parse, tree } = await import('/assets/tree.js');
  const items = Array.from({ length: 10_000 }, (_, index) => ({ Id: `ins-${index}`, Name: `name ${index}`, Size: index }));
  const text = JSON.stringify({ TotalCount: items.length, Items: items });
  const start = performance.now();
  const made = tree(parse(text), document.createElement('span'));
  document.getElementById('answer').replaceChildren(made);
  window.made = performance.now() - start;
});
print('tree of 10,000 items (30,000 members), parsed and shown', [await page.evaluate(() => window.made)]);
const scroller = page.locator('.tree');
await scroller.press('ArrowDown');
const opened = [];
const openAll = page.getByRole('button', { name: 'Open all' });
opened.push(await openAll.evaluate(async (button) => {
  const start = performance.now();
  button.click();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - start;
}));
print('all 40,000 rows opened', opened);
const frames = await scroller.evaluate(async (tree) => {
  const times = [];
  for (let step = 0; step < 60; step += 1) {
    const start = performance.now();
    tree.scrollTop += 5000;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    times.push(performance.now() - start);
  }
  return times;
});
print('a frame while scrolling through them', frames);
console.log(`rows in the page at one time: ${await page.locator('.tree .row').count()}`);
await end();
