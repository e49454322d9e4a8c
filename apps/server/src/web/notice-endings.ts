import type { RequestListener } from 'node:http';

/** Requests that may end a session, a key or a membership. */
const MAY_END = /^\/api\/(?:auth\/|v1\/(?:teammates|api-keys)(?:\/|$))/;

/** Calls back after each of them, so that open sockets need not wait for the next look (SEE-5). */
export function noticeEndings(api: RequestListener, onMayHaveEnded: () => void): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET' && MAY_END.test(request.url ?? '')) response.once('finish', onMayHaveEnded);
    api(request, response);
  };
}
