// Writes the pictures of docs/explorer: six views, light and dark, wide and narrow.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { explorer } from './page.mjs';
import { views } from './views.mjs';

const folder = join(process.env.ROOT, 'docs', 'explorer');
mkdirSync(folder, { recursive: true });
for (const colorScheme of ['light', 'dark']) {
  for (const width of [1440, 420]) {
    const { page, end } = await explorer(null, { colorScheme, viewport: { width, height: width === 420 ? 900 : 1000 } });
    for (const [name, show] of Object.entries(views)) {
      await show(page);
      await page.mouse.move(0, 0);
      if (width === 420 && !['search', 'form'].includes(name)) await page.locator('#results').scrollIntoViewIfNeeded();
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`) });
    }
    await end();
  }
}
