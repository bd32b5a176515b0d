// Opens a page of another origin in Chromium, which sends COUNT events by one of the clients.
// node browser.js CLIENT COLLECTOR KEY PERSON COUNT SITE CLOSING
'use strict';
const fs = require('fs');
const puppeteer = require('puppeteer-core');
const [client, collector, key, person, count, site, closing] = process.argv.slice(2);

/** The browser itself: it is not looked for on the PATH. */
function chromium() {
  const found = process.env.PATH.split(':').map((folder) => `${folder}/chromium`).find((file) => fs.existsSync(file));
  if (!found) throw new Error('there is no chromium on the PATH');
  return found;
}

async function main() {
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const page = await browser.newPage();
  page.on('pageerror', (e) => console.error('page: ' + e.message));
  const query = new URLSearchParams({ client, collector, key, person, count });
  await page.goto(`${site}/page.html?${query}`, { waitUntil: 'domcontentloaded' });
  await page.waitForFunction('window.sent === true', { timeout: 120_000 });
  if (closing === 'stay') {
    await page.waitForFunction('window.settled ? window.settled() : true', { timeout: 240_000, polling: 100 });
    await new Promise((done) => setTimeout(done, 1500));
  }
  const cookies = await page.evaluate('document.cookie');
  await page.close({ runBeforeUnload: true });
  await new Promise((done) => setTimeout(done, closing === 'stay' ? 0 : 1500));
  await browser.close();
  console.log('cookies: ' + cookies);
}

main().then(() => process.exit(0), (e) => { console.error(e); process.exit(1); });
