import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRunning, writeAddresses } from '../../local/address-file.ts';
import { closeServer, listen } from '../../local/loopback.ts';

const addresses = (apiUrl: string) => ({
  apiUrl,
  mailboxUrl: '',
  portalUrl: '',
  issuer: '',
  clientId: '',
  endpoint: '',
});

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'addresses-'));
  file = join(directory, '.tiendo', 'local.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the file that says where a run can be reached', () => {
  it('is there as long as the run', () => {
    const remove = writeAddresses(file, addresses('http://127.0.0.1:1'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ apiUrl: 'http://127.0.0.1:1' });
    remove();
    expect(existsSync(file)).toBe(false);
  });

  it('stays when a later run has written its own', () => {
    const remove = writeAddresses(file, addresses('http://127.0.0.1:1'));
    writeAddresses(file, addresses('http://127.0.0.1:2'));
    remove();
    expect(readFileSync(file, 'utf8')).toContain('127.0.0.1:2');
  });

  it('tells of a run that answers, and of none that does not', async () => {
    expect(await findRunning(file)).toBeUndefined();
    const server = createServer((_, response) => response.end('mailbox'));
    const url = await listen(server, 0);
    writeAddresses(file, addresses(url));
    expect(await findRunning(file)).toBe(url);
    await closeServer(server);
    expect(await findRunning(file)).toBeUndefined();
  });

  it('tells of no run when it was cut off in writing', async () => {
    writeAddresses(file, addresses('http://127.0.0.1:1'));
    writeFileSync(file, '{"apiUrl":"http');
    expect(await findRunning(file)).toBeUndefined();
  });
});
