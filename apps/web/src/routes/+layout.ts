// Everything here is live and behind a sign-in: there is nothing worth rendering on the server.
export const ssr = false;
