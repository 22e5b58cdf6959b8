import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const documents = globSync(['*.md', '{docs,local,portal,samples}/**/*.md'], { cwd: root }).sort();

/** What a document links to or shows within the project: `docs/adr/0001-….md`, without what follows `#`. */
function targetsOf(markdown: string): string[] {
  const prose = markdown.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"/g)]
    .map(([, inText, inTag]) => inText ?? inTag ?? '')
    .filter((target) => !/^[a-z]+:|^#/.test(target))
    .map((target) => decodeURIComponent(target.replace(/#.*$/, '')));
}

describe('links of documents', () => {
  it.each(documents)('%s names only files and folders that exist', (document) => {
    const targets = targetsOf(readFileSync(join(root, document), 'utf8'));
    const missing = targets.filter((target) => !existsSync(join(root, dirname(document), target)));
    expect(missing).toEqual([]);
  });

  it.each([
    ['[a](docs/b.md)', ['docs/b.md']],
    ['[`a`](b.md#part) <img src="c.png">', ['b.md', 'c.png']],
    ['[a](https://b.example) [c](#part) `[d](e.md)`', []],
    ['```\n[a](b.md)\n```\n[c](d.md)', ['d.md']],
  ])('are found in %j', (markdown, targets) => {
    expect(targetsOf(markdown)).toEqual(targets);
  });
});
