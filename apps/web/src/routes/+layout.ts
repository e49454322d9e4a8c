// Every page is live and needs a session, so nothing is rendered on the server.
export const ssr = false;
