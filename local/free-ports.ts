import { createServer } from 'node:http';
import { closeServer, listen, PortInUseError } from './loopback.ts';

const maxTries = 20;

/** How many ports, one after the other, the embedded cloud listens on. */
export const portCount = 4;

/** Throws `PortInUseError` when a port, or one of the next ones the embedded cloud needs, is taken. */
export async function requireFreePorts(first: number): Promise<void> {
  for (let port = first; port < first + portCount; port += 1) {
    const server = createServer();
    await listen(server, port);
    await closeServer(server);
  }
}

/** The first of as many free ports as the embedded cloud needs. */
export async function findFreePorts(): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const server = createServer();
    const port = Number(new URL(await listen(server, 0)).port);
    await closeServer(server);
    try {
      if (port + portCount > 65_536) continue;
      await requireFreePorts(port);
      return port;
    } catch (error) {
      if (!(error instanceof PortInUseError) || tries === maxTries) throw error;
    }
  }
}
