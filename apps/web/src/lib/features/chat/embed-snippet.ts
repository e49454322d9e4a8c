/** What a site puts into its pages to show the chat. */
export function embedSnippet(origin: string, channelId: string): string {
  return [
    `<script src="${origin}/widget.js" async></script>`,
    `<baton-chat channel="${channelId}"`,
    `  server="${origin}"></baton-chat>`,
  ].join('\n');
}

/** What a site with a Content-Security-Policy adds to it. Nothing else is needed: no inline style, no frame, no font. */
export function embedPolicy(origin: string): string {
  return `script-src ${origin}; connect-src ${origin} ${origin.replace(/^http/, 'ws')}`;
}
