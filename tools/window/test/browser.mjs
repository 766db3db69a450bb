// A browser for tests in other languages: a line of JSON in, {"do": NAME, …}, a line of JSON out. Debian's
// Chromium, or that of VMODEM_CHROMIUM.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({
  executablePath: process.env.VMODEM_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const PATIENCE_MS = 15000;
let context;
let page;
let faults;
let requests;

const deeds = {
  async open({ url, theme = 'light', width = 1600, height = 950 }) {
    await context?.close();
    context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, acceptDownloads: true });
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    faults = [];
    requests = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => requests.push({ method: request.method(), url: request.url(), body: request.postData() }));
    const response = await page.goto(url);
    return { status: response?.status() ?? 0, headers: response?.headers() ?? {} };
  },
  click: ({ at }) => page.click(at),
  fill: ({ at, text }) => page.fill(at, text),
  choose: ({ at, value }) => page.selectOption(at, value),
  press: ({ at, key }) => (at ? page.press(at, key) : page.keyboard.press(key)),
  type: ({ text }) => page.keyboard.type(text),
  wait: async ({ at, state = 'visible' }) => { await page.waitForSelector(at, { state }); },
  // Not waitForFunction(), whose eval() the page's policy forbids.
  async until({ holds }) {
    for (const end = Date.now() + PATIENCE_MS; !(await page.evaluate(holds)); await page.waitForTimeout(20)) {
      if (Date.now() > end) throw new Error('it does not come');
    }
  },
  text: ({ at }) => page.locator(at).first().innerText(),
  texts: ({ at }) => page.locator(at).allInnerTexts(),
  count: ({ at }) => page.locator(at).count(),
  evaluate: ({ code }) => page.evaluate(code),
  shot: async ({ path }) => { await page.screenshot({ path }); },
  reload: async () => { await page.reload(); },
  offline: ({ is }) => context.setOffline(is),
  theme: ({ is }) => page.emulateMedia({ colorScheme: is }),
  files: ({ at, path }) => page.setInputFiles(at, path),
  async download({ at }) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(at)]);
    return { name: download.suggestedFilename(), hex: readFileSync(await download.path()).toString('hex') };
  },
  async axe({ within }) {
    // A policy that lets no script in lets none of a test in either, but the debugger's.
    await page.evaluate(axe);
    return page.evaluate(async (part) => (await window.axe.run(part ?? document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })).violations
      .map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.slice(0, 5).map((node) => `${node.html} ${node.failureSummary}`) })), within);
  },
  async everything() {
    const storage = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    return { dom: await page.content(), storage, cookies: JSON.stringify(await context.cookies()), requests: JSON.stringify(requests) };
  },
  faults: async () => faults,
  requests: async () => requests,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { is: (await deeds[name](given)) ?? null };
  } catch (error) {
    answer = { error: `${name} ${JSON.stringify(given)}: ${error.message}` };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
await browser.close();
