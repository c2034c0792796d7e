// Starts `tcapi explorer` and a browser, and what the tests do on its page.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const { CHROMIUM, TCAPI, FOLDER } = process.env;

/** Starts a command of tcapi; returns its process, and the first line that it prints. */
export async function tcapi(args, home) {
  const child = spawn(TCAPI, args, { env: { PATH: process.env.PATH, HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`tcapi ${args.join(' ')} ended with ${code}`)));
  });
  return { child, line };
}

/** An Explorer with its own home directory, and a page in which it is open. Both end with the test. */
export async function explorer(test, { files = {}, ...options } = {}) {
  const home = mkdtempSync(join(FOLDER, 'home-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(home, path, '..'), { recursive: true });
    writeFileSync(join(home, path), text, { mode: 0o600 });
  }
  const program = await tcapi(['explorer', '--no-open'], home);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'], timeout: 120_000 });
  const end = async () => {
    await browser.close();
    program.child.kill();
    rmSync(home, { recursive: true, force: true });
  };
  test?.after(end);
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  // Long enough for a busy machine.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(`${message.text()} ${message.location().url}`));
  await page.goto(program.line, { waitUntil: 'networkidle' });
  await page.locator('#welcome:not([hidden]), #work:not([hidden])').waitFor();
  return {
    page,
    context,
    browser,
    /** What the page reported as an error: scripts, and what the content security policy refused. */
    errors,
    origin: new URL(program.line).origin,
    end,
  };
}

/** Searches and opens the first action that is found. */
export async function open(page, words, action) {
  await page.keyboard.press('Control+k');
  await page.locator('#q').fill(words);
  await page.locator('#found [role="option"]').filter({ hasText: action }).first().click();
  await page.locator('#action-title').filter({ hasText: action }).waitFor();
}

/** The field of a parameter in the form, or in a part of it. */
export const field = (scope, name) => scope.locator(`.field[data-name="${name}"]`).first();

/** Adds an item to a list and returns it. */
export async function add(list) {
  const items = list.locator(':scope > ol > li');
  const count = await items.count();
  await list.locator(':scope > .head > .add').click();
  await items.nth(count).waitFor();
  return items.nth(count);
}

/** Sets the control of a place: types into its box, or chooses from its menu. */
export async function type(place, text) {
  const menu = place.locator('select').first();
  if (await menu.count()) await menu.selectOption(text);
  else await place.locator('textarea, input:not([type="file"])').first().fill(text);
}

/** Waits until the page has copied a text, and returns it. The clipboard of a new browser is empty. */
export async function copied(page) {
  const text = await page.waitForFunction(() => navigator.clipboard.readText());
  return text.jsonValue();
}

/** Waits until the form was checked and has no violation. */
export const ready = (page) => page.locator('#violations .fine').waitFor();

/** Sends, and waits for the outcome. */
export async function send(page, state = 'ok') {
  await page.locator('#send').click();
  await page.locator(`#outcome.${state}`).waitFor();
}
