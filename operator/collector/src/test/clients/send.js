// Sends COUNT events of one visitor, who turns out to be a user half-way, by one of the clients.
// node send.js CLIENT BASE KEY PERSON COUNT PAUSE: milliseconds after each ten events
'use strict';
const [client, base, key, person, count, pause] = process.argv.slice(2);
const total = Number(count);
const start = Date.now() - 3600_000;

async function calls(send) {
  for (let n = 0; n < total; n++) {
    const at = new Date(start + n * 1000 + 7);
    const known = n >= total / 2;
    const who = known ? { userId: person } : { anonymousId: `${person}-visitor` };
    if (n === Math.ceil(total / 2)) {
      send.identify({ userId: person, anonymousId: `${person}-visitor`, traits: { plan: 'gold' }, timestamp: at });
    }
    const properties = { n, at: at.toISOString(), note: 'a\u0000b' };
    if (n % 10 === 9 && pause > 0) await new Promise((done) => setTimeout(done, pause));
    const kind = n % 3;
    if (kind === 0) send.track({ ...who, event: 'Product Viewed', properties, timestamp: at });
    if (kind === 1) send.page({ ...who, name: 'Home', properties, timestamp: at });
    if (kind === 2) send.screen({ ...who, name: 'Home', properties, timestamp: at });
  }
}

async function main() {
  if (client === 'segment-node') {
    const { Analytics } = require('@segment/analytics-node');
    const analytics = new Analytics({ writeKey: key, host: base, path: '/v1/batch', maxRetries: 50, flushAt: 20, flushInterval: 100 });
    const failed = [];
    analytics.on('error', (e) => failed.push(e.code));
    await calls(analytics);
    await analytics.closeAndFlush({ timeout: 240_000 });
    if (failed.length) throw new Error('errors: ' + failed.join());
  } else if (client === 'rudder-node') {
    const Rudder = require('@rudderstack/rudder-sdk-node');
    const analytics = new Rudder(key, { dataPlaneUrl: base, flushAt: 20, flushInterval: 100, maxInternalQueueSize: 100_000 });
    await calls(analytics);
    await analytics.flush();
    await new Promise((done) => setTimeout(done, 500));
    await analytics.flush();
  } else if (client === 'analytics-node') {
    const Analytics = require('analytics-node');
    const analytics = new Analytics(key, { host: base, flushAt: 20, flushInterval: 100 });
    await calls(analytics);
    await analytics.flush();
    await new Promise((done) => setTimeout(done, 500));
    await analytics.flush();
  } else {
    throw new Error('no client ' + client);
  }
}

main().then(() => process.exit(0), (e) => { console.error(e); process.exit(1); });
