// Six views of the page, for the pictures and for the check of accessibility. Each begins where the one before ended.

import { add, field, open, send, type } from './page.mjs';

export const views = {
  async search(page) {
    await page.keyboard.press('Control+k');
    await page.locator('#q').fill('person sample');
    await page.locator('#found [role="option"]').first().waitFor();
  },

  async form(page) {
    await page.keyboard.press('Escape');
    await open(page, 'person sample', 'DescribePersonSamples');
    await type(await add(field(page.locator('#form'), 'Names')), 'John Smith');
    await type(field(page.locator('#form'), 'Limit'), '101');
    await field(page.locator('#form'), 'Limit').locator('p.error').waitFor();
  },

  async answer(page) {
    await type(field(page.locator('#form'), 'Limit'), '20');
    await page.locator('#violations .fine').waitFor();
    await send(page);
    for (let presses = 0; presses < 4; presses += 1) {
      await page.locator('.tree').press('ArrowRight');
      await page.locator('.tree').press('ArrowDown');
    }
  },

  async code(page) {
    await page.locator('#tab-code').click();
    await page.locator('#language-rust').click();
    await page.waitForFunction(() => document.getElementById('code').textContent.includes('request!'));
  },

  async signature(page) {
    await page.locator('#tab-steps').click();
    await page.locator('#steps').getByText('TC3-HMAC-SHA256').first().waitFor();
  },

  async reference(page) {
    await page.locator('#tab-about').click();
    await page.locator('#panel-about table').first().waitFor();
  },
};
