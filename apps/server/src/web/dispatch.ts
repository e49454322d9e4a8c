import type { RequestListener } from 'node:http';

/** Sockets are Socket.IO's own: it takes its requests before they come here. */
const API = /^\/(?:api(?:\/|$)|healthz$|readyz$|metrics$)/;

/** One server, two halves: the API, and pages for everything else. */
export function dispatch(api: RequestListener, pages: RequestListener): RequestListener {
  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    if (API.test(path)) api(request, response);
    else pages(request, response);
  };
}
