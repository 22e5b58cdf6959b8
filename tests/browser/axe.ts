import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import * as z from 'zod';

/** The rules of WCAG 2.2, levels A and AA, and axe's own good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const resultSchema = z.object({
  violations: z.array(
    z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
});

/** Fails, naming rule and element, when a page as it is now breaks a rule of accessibility. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  // Evaluated, not added as a script: the page's policy lets no foreign script in.
  await page.evaluate(axe.source);
  const found = await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(tags)} })`);
  const { violations } = resultSchema.parse(found);
  const broken = violations.map(({ id, help, nodes }) => {
    return `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`;
  });
  expect(broken, broken.join('\n')).toEqual([]);
}
