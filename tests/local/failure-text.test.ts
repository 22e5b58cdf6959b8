import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { failureText } from '../../local/failure-text.ts';
import { findFreePorts, portCount, requireFreePorts } from '../../local/free-ports.ts';
import { closeServer, listen, PortInUseError } from '../../local/loopback.ts';

it('a failure that lies in what was given is told without a stack, its cause behind it', () => {
  const error = new Error('TiendoData, Odd: unknown', { cause: new Error('no such type') });
  expect(failureText(error)).toBe('TiendoData, Odd: unknown\n  vì · because: no such type');
});

it('a fault of the program itself is told with its stack', () => {
  expect(failureText(new TypeError('x is not a function'))).toContain('failure-text.test.ts');
});

it.each([0, 1, portCount - 1])(
  'a taken port %i after the one asked for is told, naming --port',
  async (after) => {
    const first = await findFreePorts();
    const server = createServer();
    await listen(server, first + after);
    const failure = await requireFreePorts(first).catch((error: unknown) => error);
    await closeServer(server);
    expect(failure).toBeInstanceOf(PortInUseError);
    expect(failureText(failure)).toMatch(new RegExp(`Cổng ${first + after} đang bận.*--port`));
  },
);

it('ports that are free are taken as they are', async () => {
  await expect(requireFreePorts(await findFreePorts())).resolves.toBeUndefined();
});
