// Looks at each page in a frame of its own, 320 px wide unless it says another width, and writes down
// what is wrong.
// Frames hold mails of others, without scripts.
const STYLED = {iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']};
// Without the style sheet, the browser decides how large targets are (WCAG 2.2, 2.5.8, exceptions).
const BARE = {...STYLED, rules: {'target-size': {enabled: false}}};

function shown(html, width) {
  return new Promise(resolve => {
    const frame = document.createElement('iframe');
    frame.style = 'width:' + width + 'px;height:2000px;border:0';
    frame.onload = () => resolve(frame);
    frame.srcdoc = html;
    document.body.append(frame);
  });
}

function keyboard(window, styled) {
  const document = window.document;
  const problems = [];
  const reached = 'a[href], button, summary, [tabindex], input:not([type=hidden])';
  for (const element of document.querySelectorAll(reached)) {
    if (element.tabIndex < 0) {
      if (element.id !== 'website') problems.push('cannot be reached: ' + element.outerHTML);
      continue;
    }
    if (element.tabIndex > 0) problems.push('breaks the order: ' + element.outerHTML);
    element.focus();
    if (document.activeElement !== element) problems.push('takes no focus: ' + element.outerHTML);
    const outline = window.getComputedStyle(element);
    if (styled && (outline.outlineStyle === 'none' || parseFloat(outline.outlineWidth) < 2)) {
      problems.push('shows no focus: ' + element.outerHTML);
    }
    element.blur();
  }
  return problems;
}

async function look() {
  const found = [];
  const backgrounds = new Set();
  let looked = 0;
  for (const page of PAGES) {
    const width = page.width || 320;
    const frame = await shown(page.html, width);
    const window = frame.contentWindow;
    const document = window.document;
    const problems = keyboard(window, page.styled);
    if (document.documentElement.scrollWidth > width) {
      problems.push('is ' + document.documentElement.scrollWidth + ' px wide');
    }
    backgrounds.add(window.getComputedStyle(document.body).backgroundColor);
    if (page.axe) {
      window.eval(AXE);
      const result = await window.axe.run(document, page.styled ? STYLED : BARE);
      looked += result.passes.length;
      for (const violation of result.violations) {
        problems.push(violation.id + ': ' + violation.nodes.map(n => n.html).join(' '));
      }
    }
    for (const problem of problems) found.push(page.name + ': ' + problem);
    frame.remove();
  }
  const out = document.createElement('pre');
  out.id = 'result';
  out.textContent = JSON.stringify({found, looked, pages: PAGES.length,
    backgrounds: [...backgrounds]});
  document.body.append(out);
}

look().catch(e => {
  const out = document.createElement('pre');
  out.id = 'result';
  out.textContent = JSON.stringify({found: ['failed: ' + e], looked: 0, pages: 0});
  document.body.append(out);
});
