// Writes what npm's mjml makes of each mail in MJML beside it, for the tests that compare pictures.
// Usage: npm install mjml@4.18.0 && node expected.mjs FOLDER...
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const require = createRequire(process.cwd() + '/');
const mjml = require('mjml');

for (const folder of process.argv.slice(2)) {
  for (const file of readdirSync(folder).filter(name => /\.(mjml|yaml)$/.test(name))) {
    const text = readFileSync(join(folder, file), 'utf8');
    // In a manifest the mail is the block of spec.mjml.
    const source = file.endsWith('.mjml') ? text : text.match(/\n {2}mjml: \|\n((?: {4}.*\n|\n)+)/)?.[1];
    if (source) {
      const {html, errors} = mjml(source, {validationLevel: 'strict', fonts: {}});
      if (errors.length) throw new Error(`${file}: ${errors.map(error => error.formattedMessage)}`);
      const lines = html.split('\n').map(line => line.trim()).filter(line => line);
      writeFileSync(join(folder, file.replace(/\.\w+$/, '.npm.html')), lines.join('\n') + '\n');
    }
  }
}
