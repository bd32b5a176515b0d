// Makes client-support.tsv of the data in the npm package caniemail (MIT), which are those of
// caniemail.com. Usage, in a folder of its own:
//   npm pack caniemail && tar xzf caniemail-*.tgz
//   node derive.mjs package >client-support.tsv
import {readFileSync} from 'node:fs';

const folder = process.argv[2];
const {version, license} = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const {data, last_update_date: updated} = JSON.parse(readFileSync(`${folder}/data/caniemail.json`, 'utf8'));

// The clients in which most mails are opened, and what to call them.
const CLIENTS = [
  ['gmail', 'desktop-webmail', 'Gmail'], ['gmail', 'ios', 'Gmail (iOS)'], ['gmail', 'android', 'Gmail (Android)'],
  ['apple-mail', 'macos', 'Apple Mail'], ['apple-mail', 'ios', 'Apple Mail (iOS)'],
  ['outlook', 'windows', 'Outlook (Windows)'], ['outlook', 'outlook-com', 'Outlook.com'],
  ['outlook', 'macos', 'Outlook (macOS)'], ['outlook', 'ios', 'Outlook (iOS)'], ['outlook', 'android', 'Outlook (Android)'],
  ['yahoo', 'desktop-webmail', 'Yahoo'], ['yahoo', 'ios', 'Yahoo (iOS)'], ['yahoo', 'android', 'Yahoo (Android)'],
  ['samsung-email', 'android', 'Samsung Email'],
];

// What a mail loses nothing by: it only looks plainer where this is missing. Selectors are left out
// because rules are inlined.
const GRACEFUL = new Set(`accent-color animation at-font-face at-keyframes at-media at-media-hover at-media-orientation
  at-media-device-pixel-ratio at-media-prefers-color-scheme at-media-prefers-reduced-motion at-supports backdrop-filter
  background-blend-mode background-clip background-origin background-position background-repeat background-size
  border-radius border-radius-logical border-image box-shadow caption-side color-scheme comments cursor empty-cells
  filter font-kerning font-stretch hyphens hyphenate-character hyphenate-limit-chars important letter-spacing
  max-width min-width mix-blend-mode opacity orphans outline outline-offset overflow overflow-wrap resize scroll-snap
  tab-size text-align-last text-decoration-color text-decoration-line text-decoration-skip-ink text-decoration-style
  text-decoration-thickness text-emphasis text-emphasis-position text-justify text-overflow text-shadow
  text-underline-offset text-underline-position text-wrap transform transition user-select widows word-break
  word-spacing word-wrap white-space-collapse sytem-ui box-sizing list-style-image
  list-style-position mask-image object-fit object-position background-image height max-height min-height
  border-spacing table-layout white-space visibility z-index`.split(/\s+/));

const PROPERTIES = {
  'border-inline-block-individual': [],
  'border-inline-block-longhand': [],
  'block-inline-size': ['block-size', 'inline-size'],
  'border-inline-block': ['border-inline', 'border-block'],
  'column-layout-properties': ['columns', 'column-width', 'column-span', 'column-fill', 'column-rule'],
  gap: ['gap', 'column-gap', 'row-gap'],
  'grid-template': ['grid-template', 'grid-template-columns', 'grid-template-rows', 'grid-template-areas'],
  'left-right-top-bottom': ['left', 'right', 'top', 'bottom'],
  'margin-block-start-end': ['margin-block-start', 'margin-block-end'],
  'margin-inline-block': ['margin-inline', 'margin-block'],
  'margin-inline-start-end': ['margin-inline-start', 'margin-inline-end'],
  'padding-block-start-end': ['padding-block-start', 'padding-block-end'],
  'padding-inline-block': ['padding-inline', 'padding-block'],
  'padding-inline-start-end': ['padding-inline-start', 'padding-inline-end'],
};
const ELEMENTS = {
  'button-submit': 'button', form: 'form', audio: 'audio', video: 'video', dialog: 'dialog', marquee: 'marquee',
  meter: 'meter', object: 'object', progress: 'progress', select: 'select', svg: 'svg',
  textarea: 'textarea', 'image-maps': 'map',
};
const INPUTS = ['checkbox', 'radio', 'text', 'submit', 'reset'];
const ATTRIBUTES = {background: ['background'], popover: ['popover'], required: ['required']};
const IMAGES = {svg: 'svg', webp: 'webp', avif: 'avif', apng: 'apng', heif: 'heif', bmp: 'bmp', tiff: 'tiff', ico: 'ico', hdr: 'hdr', base64: 'data:'};

function keys(slug) {
  const [, category, name] = slug.match(/^(css|html|image)-(.*)$/) ?? [];
  if (category === 'css') {
    if (GRACEFUL.has(name) || name.startsWith('selector-') || name.startsWith('pseudo-') || name.startsWith('at-')) {
      return name === 'at-import' ? ['at:import'] : [];
    }
    if (name.startsWith('unit-')) return /calc|initial|percent|px/.test(name) ? (name === 'unit-calc' ? ['function:calc'] : []) : ['unit:' + name.slice(5)];
    if (name.startsWith('function-')) return ['function:' + name.slice(9)];
    if (name.endsWith('-gradient')) return ['function:' + name];
    if (name === 'modern-color') return ['lch', 'oklch', 'lab', 'oklab'].map(f => 'function:' + f);
    if (name === 'variables') return ['function:var'];
    if (name === 'display-flex' || name === 'display-grid') return ['value:display=' + name.slice(8), 'value:display=inline-' + name.slice(8)];
    if (name === 'rgb' || name === 'rgba' || name === 'nesting' || name === 'intrinsic-size' || name === 'display-none') return [];
    return (PROPERTIES[name] ?? [name]).map(p => 'property:' + p);
  }
  if (category === 'html') {
    if (ELEMENTS[name]) return ['element:' + ELEMENTS[name]];
    if (name.startsWith('input-') && INPUTS.includes(name.slice(6))) return ['input:' + name.slice(6)];
    return (ATTRIBUTES[name] ?? []).map(a => 'attribute:' + a);
  }
  return IMAGES[name] ? ['image:' + IMAGES[name]] : [];
}

/** The newest answer that is more than "unknown". */
function latest(versions) {
  const known = Object.entries(versions ?? {}).filter(([, answer]) => !answer.startsWith('u'));
  return known.length ? known[known.length - 1][1] : 'u';
}

console.log(`# Generated by derive.mjs from the npm package caniemail ${version} (${license}), data of ${updated.slice(0, 10)}.`);
console.log('# caniemail: Copyright (c) Avi Goldman, Andrew Powell; data: caniemail.com, HTeuMeuLeu and contributors.');
console.log('# What is used, the page https://www.caniemail.com/features/<page>/, and the big clients that do not support it.');
for (const feature of data) {
  const lacking = CLIENTS.filter(([family, platform]) => latest(feature.stats[family]?.[platform]).startsWith('n')).map(([, , label]) => label);
  if (!lacking.length) continue;
  for (const key of keys(feature.slug)) console.log([key, feature.slug, lacking.join(', ')].join('\t'));
}
