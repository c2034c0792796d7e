// What a person does with the mouse: search, fill, send, read, copy.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { add, copied, explorer, field, open, ready, send, tcapi, type } from './page.mjs';

const { FOLDER, ROOT } = process.env;

test('search, a violation that comes and goes, a call to the emulator, and its answer as a tree', async (t) => {
  const { page, errors } = await explorer(t);
  await open(page, 'person sample', 'DescribePersonSamples');
  const form = page.locator('#form');
  await type(field(form, 'Limit'), '101');
  const violation = field(form, 'Limit').locator('p.error');
  await violation.waitFor();
  assert.equal(await violation.textContent(), '`Limit` is 101; at most 100 is accepted');
  await type(field(form, 'Limit'), '20');
  await violation.waitFor({ state: 'hidden' });
  await type(await add(field(form, 'Names')), 'John Smith');
  await ready(page);
  assert.deepEqual(JSON.parse(await page.locator('#json').inputValue()), { Names: ['John Smith'], Limit: 20 });

  await send(page);
  for (const key of ['PersonSet', '0']) {
    const row = page.locator('.tree .row').filter({ has: page.locator('.key, .index').filter({ hasText: new RegExp(`^${key}$`) }) }).first();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
  }
  await page.locator('.tree .leaf.string').filter({ hasText: '"John Smith"' }).first().waitFor();
  assert.match(await page.locator('#request-id').textContent(), /^[0-9a-f-]{36}$/);
  assert.deepEqual(errors, []);
});

test('every violation is shown at once, in the words of the compiler', async (t) => {
  const { page } = await explorer(t);
  await open(page, 'person sample', 'DescribePersonSamples');
  await page.locator('#tab-json').click();
  const names = Array.from({ length: 21 }, (_, index) => `n${index}`);
  await page.locator('#json').fill(JSON.stringify({ Limit: 101, Names: names, Lmit: 1, Offset: 'x' }));
  const shown = page.locator('#violations li');
  await page.waitForFunction(() => document.querySelectorAll('#violations li').length === 4);
  const text = (await shown.allTextContents()).join('\n');
  for (const expected of ['`Limit` is 101; at most 100', '`Names` has 21 items; at most 20', 'Lmit', 'Offset']) {
    assert.ok(text.includes(expected), `${expected} in:\n${text}`);
  }
  await page.locator('#send').click();
  await page.waitForTimeout(300);
  assert.equal(await page.locator('#outcome').count(), 0, 'nothing is sent');
});

test('nested lists of cvm RunInstances are filled by the form and pasted as a curl command', async (t) => {
  const { page, errors } = await explorer(t);
  await open(page, 'cvm run instances', 'RunInstances');
  const form = page.locator('#form');
  const placement = field(form, 'Placement');
  if (!(await placement.locator('details').first().evaluate((details) => details.open))) await placement.locator('summary').first().click();
  await field(placement, 'Zone').waitFor();
  await type(field(placement, 'Zone'), 'ap-guangzhou-3');
  await type(field(form, 'ImageId'), 'img-8toqc6s3');
  const tags = await add(field(form, 'TagSpecification'));
  await type(field(tags, 'ResourceType'), 'instance');
  const tag = await add(field(tags, 'Tags'));
  await type(field(tag, 'Key'), 'city');
  await type(field(tag, 'Value'), 'shenzhen');
  await type(await add(field(form, 'SecurityGroupIds')), 'sg-1');
  await type(await add(field(form, 'SecurityGroupIds')), 'sg-2');
  const expected = {
    Placement: { Zone: 'ap-guangzhou-3' },
    ImageId: 'img-8toqc6s3',
    TagSpecification: [{ ResourceType: 'instance', Tags: [{ Key: 'city', Value: 'shenzhen' }] }],
    SecurityGroupIds: ['sg-1', 'sg-2'],
  };
  assert.deepEqual(JSON.parse(await page.locator('#json').inputValue()), expected);
  await ready(page);
  await send(page);

  await page.locator('#paste-open').click();
  await page.locator('#pasted').fill(`curl -X POST https://cvm.tencentcloudapi.com -H 'X-TC-Action: RunInstances' -H 'X-TC-Version: 2017-03-12' -d '${JSON.stringify({ ...expected, InstanceCount: 3 })}'`);
  await page.locator('#paste-use').click();
  await page.waitForFunction(() => document.getElementById('json').value.includes('InstanceCount'));
  assert.deepEqual(JSON.parse(await page.locator('#json').inputValue()), { ...expected, InstanceCount: 3 });
  // The server writes the form again, after the JSON has changed; the old form may still be there.
  await page.waitForFunction(() => document.querySelector('#form .field[data-name="InstanceCount"] input')?.value === '3');
  assert.deepEqual(errors, []);
});

test('events of a stream appear one by one', async (t) => {
  const { page, errors } = await explorer(t);
  await open(page, 'hunyuan chat completions', 'ChatCompletions');
  await page.locator('#tab-json').click();
  await page.locator('#json').fill(JSON.stringify({ Model: 'hunyuan-lite', Messages: [{ Role: 'user', Content: 'hello' }], Stream: true }));
  await ready(page);
  await page.evaluate(() => {
    window.counts = [];
    new MutationObserver(() => {
      const count = document.querySelectorAll('#events > li').length;
      if (count && window.counts.at(-1) !== count) window.counts.push(count);
    }).observe(document.getElementById('panel-answer'), { childList: true, subtree: true });
  });
  await send(page);
  const counts = await page.evaluate(() => window.counts);
  assert.ok(counts.length > 1, `the events came at ${JSON.stringify(counts)}`);
  assert.ok((await page.locator('#events > li').count()) > 1);
  assert.deepEqual(errors, []);
});

test('a fault is injected, and the retry is shown', async (t) => {
  const { page } = await explorer(t);
  await open(page, 'person sample', 'DescribePersonSamples');
  await page.locator('#fault').selectOption({ label: 'code' });
  await page.locator('#fault-value').fill('RequestLimitExceeded');
  await send(page);
  assert.match(await page.locator('#outcome').textContent(), /attempts 2/);
});

test('the copied Rust code compiles, and makes the same call', async (t) => {
  const home = mkdtempSync(join(FOLDER, 'home-'));
  const emulator = await tcapi(['emulator', '--seconds', '3600', '--quiet'], home);
  t.after(() => emulator.child.kill());
  const host = emulator.line;
  const { page, context, origin } = await explorer(t, {
    files: { '.tccli/default.configure': JSON.stringify({ region: 'ap-guangzhou', mps: { endpoint: host } }) },
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await open(page, 'person sample', 'DescribePersonSamples');
  await type(await add(field(page.locator('#form'), 'Names')), 'John Smith');
  await type(field(page.locator('#form'), 'Limit'), '20');
  await ready(page);
  await page.locator('#kind').selectOption('cloud');
  await page.locator('#tab-code').click();
  await page.locator('#language-rust').click();
  await page.waitForFunction((url) => document.getElementById('code').textContent.includes(url), host);
  await page.locator('#copy-code').click();
  const code = await copied(page);
  assert.equal(code, await page.locator('#code').textContent());

  const crate = join(FOLDER, 'snippet');
  mkdirSync(join(crate, 'src'), { recursive: true });
  writeFileSync(join(crate, 'src', 'main.rs'), code);
  writeFileSync(join(crate, 'Cargo.toml'), `[package]
name = "snippet"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
tc-core = { path = "${ROOT}/tc-core", features = ["catalog"] }
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
`);
  copyFileSync(join(ROOT, 'Cargo.lock'), join(crate, 'Cargo.lock'));
  const output = execFileSync('cargo', ['run', '--quiet', '--offline', '--manifest-path', join(crate, 'Cargo.toml')], {
    env: {
      ...process.env,
      // Shared with tests/outside, which builds most of the same crates.
      CARGO_TARGET_DIR: join(ROOT, 'target', 'outside', 'target'),
      TENCENTCLOUD_SECRET_ID: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
      TENCENTCLOUD_SECRET_KEY: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
    },
    encoding: 'utf8',
  });
  assert.match(output, /name: "John Smith"/);
});
