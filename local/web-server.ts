import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listen } from './loopback.ts';

/** Answers a request; `false` when it is not one of its own. */
export type WebHandler = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

export interface WebServer {
  /** `http://127.0.0.1:8787` */
  url: string;
  /** Asked in the order added; nobody's requests get 404. */
  add(handler: WebHandler): void;
  close(): Promise<void>;
}

/** Starts the server people and programs see (HTTP API, mailbox), on 127.0.0.1 only. Port 0: any free one. */
export async function startWebServer(port: number): Promise<WebServer> {
  const handlers: WebHandler[] = [];
  const server = createServer(async (request, response) => {
    try {
      for (const handle of handlers) if (await handle(request, response)) return;
      response.writeHead(404).end();
    } catch (error) {
      console.error(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    }
  });
  return {
    url: await listen(server, port),
    add: (handler) => void handlers.push(handler),
    close: () => closeServer(server),
  };
}
