// Sends what happens on a page to a Lettershop collector. See docs/collector.md.
(function (w, d) {
  'use strict';
  var tag = d.currentScript, key = tag.dataset.key;
  var base = tag.dataset.host || new URL(tag.src).origin;
  var name = 'ls_id', stored = 'ls_queue', chosen = 'ls_consent';
  var queue = [], timer = 0, wait = 0, sending = false, user, hash;
  var memory = {}, waiting = (w.lettershop && w.lettershop.q) || [];

  function id() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join('');
  }
  // Storage may be forbidden; then everything ends with the page.
  function read(k) { try { return localStorage.getItem(k); } catch (e) { return memory[k]; } }
  function write(k, v) {
    try { v == null ? localStorage.removeItem(k) : localStorage.setItem(k, v); } catch (e) { memory[k] = v; }
  }
  function cookie(value, age) {
    d.cookie = name + '=' + value + ';path=/;max-age=' + age + ';samesite=lax' +
      (location.protocol === 'https:' ? ';secure' : '');
  }
  function visitor() {
    var found = d.cookie.match('(?:^|; )' + name + '=([0-9a-f]{32})');
    var value = found ? found[1] : memory.id || (memory.id = id());
    cookie(value, 31536000);
    return value;
  }
  function consent() { return read(chosen) === '1'; }
  function refused() {
    return read(chosen) === '0' || (!consent() && navigator.globalPrivacyControl === true);
  }

  function add(type, fields) {
    if (refused()) return;
    var call = {
      type: type, messageId: id(), timestamp: new Date().toISOString(), userId: user,
      context: { page: { url: location.href.split('#')[0], path: location.pathname, title: d.title,
        referrer: d.referrer }, library: { name: 'lettershop' }, userHash: hash }
    };
    for (var f in fields) call[f] = fields[f];
    queue.push(call);
    queue = queue.slice(-100);
    later(200);
  }
  function keep() { write(stored, queue.length ? JSON.stringify(queue) : null); }
  function later(ms) { if (!timer) timer = setTimeout(function () { timer = 0; flush(); }, ms); }
  function body(calls) {
    var who = visitor();
    calls.forEach(function (c) { c.anonymousId = c.anonymousId || who; });
    return JSON.stringify({ batch: calls, sentAt: new Date().toISOString() });
  }
  // Text, and the key in the address: a request that needs no preflight.
  function url() { return base + '/v1/batch?writeKey=' + encodeURIComponent(key); }

  function flush() {
    if (sending || !consent() || !queue.length) return;
    var calls = queue.slice(0, 20), text = body(calls);
    keep();
    sending = true;
    fetch(url(), { method: 'POST', body: text, keepalive: text.length < 60000, credentials: 'omit' })
      .then(function (r) {
        sending = false;
        if (r.status === 429 || r.status >= 500) {
          return again(1000 * (parseInt(r.headers.get('retry-after'), 10) || 0));
        }
        // Answered, or never to be taken.
        var done = {};
        calls.forEach(function (c) { done[c.messageId] = 1; });
        queue = queue.filter(function (c) { return !done[c.messageId]; });
        wait = 0;
        keep();
        if (queue.length) later(0);
      }, function () { sending = false; again(0); });
  }
  function again(least) {
    wait = Math.min(60000, wait * 2 || 500);
    later(Math.max(least, wait * (0.5 + Math.random() / 2)));
  }
  // What is not answered yet goes once more with the page; whatever arrives twice counts once.
  function leave() {
    if (consent() && queue.length) {
      var text = body(queue.slice(-60));
      keep();
      navigator.sendBeacon(url(), new Blob([text], { type: 'text/plain' }));
    }
  }

  var api = {
    consent: function (given) {
      write(chosen, given ? '1' : '0');
      if (given) return later(0);
      queue = [];
      memory = {};
      write(stored, null);
      cookie('', 0);
    },
    page: function (properties) { add('page', { properties: properties || { title: d.title } }); },
    event: function (event, properties) { add('track', { event: event, properties: properties || {} }); },
    identify: function (userId, traits, userHash) {
      user = String(userId);
      hash = userHash;
      add('identify', { traits: traits || {} });
    },
    reset: function () { user = hash = undefined; memory.id = id(); cookie(memory.id, consent() ? 31536000 : 0); }
  };
  function run(args) { if (api[args[0]]) api[args[0]].apply(null, [].slice.call(args, 1)); }
  w.lettershop = function () { run(arguments); };

  function properties(element) {
    var all = {};
    for (var p in element.dataset) {
      if (p.indexOf('lettershop') !== 0) all[p.replace(/[A-Z]/g, function (c) { return '_' + c.toLowerCase(); })] = element.dataset[p];
    }
    return all;
  }
  d.addEventListener('click', function (e) {
    var el = e.target.closest && e.target.closest('[data-lettershop-click]');
    if (el) api.event(el.dataset.lettershopClick, properties(el));
  }, true);
  d.addEventListener('submit', function (e) {
    var form = e.target.closest('[data-lettershop-form]');
    // The form's name, never what somebody has written into it.
    if (form) api.event('form_submitted', { form: form.dataset.lettershopForm });
  }, true);
  function seen() {
    api.page();
    d.querySelectorAll('[data-lettershop-view]').forEach(function (el) {
      api.event(el.dataset.lettershopView, properties(el));
    });
  }
  var push = history.pushState;
  history.pushState = function () {
    push.apply(history, arguments);
    setTimeout(seen, 0);
  };
  w.addEventListener('popstate', seen);
  w.addEventListener('pagehide', leave);
  d.addEventListener('visibilitychange', function () { if (d.visibilityState === 'hidden') leave(); });

  if (!refused()) { try { queue = JSON.parse(read(stored) || '[]'); } catch (e) { write(stored, null); } }
  waiting.forEach(run);
  d.readyState === 'loading' ? d.addEventListener('DOMContentLoaded', seen) : seen();
  later(0);
})(window, document);
