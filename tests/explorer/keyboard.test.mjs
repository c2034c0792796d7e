// The same flow without a mouse: every step is a key.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copied, explorer } from './page.mjs';

/** Presses Tab until the element with the focus matches. */
async function tabTo(page, matches, key = 'Tab') {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press(key);
    if (await page.evaluate((selector) => document.activeElement.matches(selector), matches)) return;
  }
  throw new Error(`the focus never reached ${matches}`);
}

test('search, fill, see a violation, send, read the answer and copy the code, by keyboard alone', async (t) => {
  const { page, context, origin, errors } = await explorer(t);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await page.keyboard.press('/');
  await page.keyboard.type('person sample');
  // The selected option changes with the list and with the arrow keys.
  const selected = (isDescribe) => page.waitForFunction((wanted) => {
    const option = document.querySelector('#found [aria-selected="true"]');
    return option && (option.dataset.service === 'mps' && option.dataset.action === 'DescribePersonSamples') === wanted;
  }, isDescribe);
  await page.waitForLoadState('networkidle');
  await selected(true);
  await page.keyboard.press('ArrowDown');
  await selected(false);
  await page.keyboard.press('ArrowUp');
  await selected(true);
  await page.keyboard.press('Enter');
  await page.locator('#action-title').filter({ hasText: 'DescribePersonSamples' }).waitFor();

  await tabTo(page, '.field[data-name="Names"] .add');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.closest('.field[data-name="Names"] li'));
  await page.keyboard.type('John Smith');
  await tabTo(page, '.field[data-name="Limit"] input');
  await page.keyboard.type('101');
  await page.locator('.field[data-name="Limit"] p.error').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-invalid')), 'true');
  await page.keyboard.press('Backspace');
  await page.locator('#violations .fine').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.locator('#outcome.ok').waitFor();

  await tabTo(page, '.tree');
  for (let presses = 0; presses < 60; presses += 1) {
    const row = await page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent ?? '');
    if (row.includes('John Smith') && row.startsWith('Name')) break;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
  }
  assert.match(await page.locator('#answer-path').textContent(), /^PersonSet\[0\]\.Name$/);

  await tabTo(page, '#tab-answer', 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, '#language-rust');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('code').textContent.includes('request!'));
  await tabTo(page, '#copy-code');
  await page.keyboard.press('Enter');
  assert.match(await copied(page), /names: \["John Smith"\]/);
  assert.deepEqual(errors, []);
});
