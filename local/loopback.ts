import { createServer, type Server } from 'node:http';

/** The port asked for is taken. */
export class PortInUseError extends Error {
  readonly port: number;
  constructor(port: number, cause: unknown) {
    super(`Port ${port} of 127.0.0.1 is in use`, { cause });
    this.name = 'PortInUseError';
    this.port = port;
  }
}

/**
 * Makes a server listen on 127.0.0.1 only, on a port or, for 0, on any free one. Answers its address,
 * `http://127.0.0.1:8787`. Throws `PortInUseError`.
 */
export async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject('code' in error && error.code === 'EADDRINUSE' ? new PortInUseError(port, error) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return `http://127.0.0.1:${address.port}`;
}

/** A server that listens, and answers once somebody handles its requests. */
export interface Listening {
  server: Server;
  /** `http://127.0.0.1:8787` */
  url: string;
}

/** Opens an address before what answers there exists: others need to know it. Throws `PortInUseError`. */
export async function openAddress(port = 0): Promise<Listening> {
  const server = createServer();
  return { server, url: await listen(server, port) };
}

/** Closes a server and cuts off who is still connected. */
export async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
