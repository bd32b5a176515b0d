// Opens pages of another origin in one Chromium, each of which sends events by one of the clients.
// node browser.js '[{"client", "collector", "key", "person", "count", "site", "closing", "pause"}]'
// pause: milliseconds after each event
// closing: "stay" (until standard input ends) or "leave" (at once, while the browser goes on).
'use strict';
const fs = require('fs');
const puppeteer = require('puppeteer-core');
const cases = JSON.parse(process.argv[2]);
const told = new Promise((done) => process.stdin.on('end', done).resume());

/** The browser itself: it is not looked for on the PATH. */
function chromium() {
  const found = process.env.PATH.split(':').map((folder) => `${folder}/chromium`).find((file) => fs.existsSync(file));
  if (!found) throw new Error('there is no chromium on the PATH');
  return found;
}

/** With cookies and storage of its own. */
async function visit(browser, { client, collector, key, person, count, site, closing, pause: between }) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.on('console', (said) => console.error(`console: ${person}: ${said.text()}`));
  page.on('pageerror', (e) => console.error(`page: ${person}: ${e.message}`));
  const query = new URLSearchParams({ client, collector, key, person, count, pause: between });
  await page.goto(`${site}/page.html?${query}`, { waitUntil: 'domcontentloaded' });
  await page.waitForFunction('window.sent === true', { timeout: 240_000 });
  console.log(`cookies of ${person}: ${await page.evaluate('document.cookie')}.`);
  if (closing === 'stay') await told;
  await page.close({ runBeforeUnload: true });
  // Beacons go out behind the page.
  await told;
}

async function main() {
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    headless: true,
    protocolTimeout: 300_000,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows'],
  });
  await Promise.all(cases.map((one) => visit(browser, one)));
  await browser.close();
}

main().then(() => process.exit(0), (e) => { console.error(e); process.exit(1); });
