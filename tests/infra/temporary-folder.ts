import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'tiendo-infra-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A new empty folder that is gone when the test file that imports this has run. */
export function temporaryFolder(): string {
  return mkdtempSync(join(root, 'folder-'));
}
