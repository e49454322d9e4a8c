import type { Server } from 'node:http';

const OURS = ['/socket.io/', '/chat.io/'];

/** With listeners in place Node leaves every upgrade to them: those that nobody asked for are ended here. */
export function endStrayUpgrades(server: Server): void {
  server.on('upgrade', (request, socket) => {
    if (!OURS.some((path) => request.url?.startsWith(path))) socket.destroy();
  });
}
