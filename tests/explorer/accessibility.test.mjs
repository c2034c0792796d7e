// axe-core looks for violations of the accessibility guidelines in every view, light and dark, wide and narrow.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { explorer } from './page.mjs';
import { views } from './views.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1440, 420]) {
    test(`no serious violation: ${colorScheme}, ${width} pixels`, async (t) => {
      const { page } = await explorer(t, { colorScheme, viewport: { width, height: 1000 } });
      for (const [name, show] of Object.entries(views)) {
        await show(page);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await window.axe.run()).violations.map(({ id, impact, nodes }) => (
          { id, impact, nodes: nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary.split('\n')[1] ?? ''}`) })));
        const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        assert.deepEqual(serious, [], `${name}: ${JSON.stringify(serious, null, 2)}`);
      }
    });
  }
}
