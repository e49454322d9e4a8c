/** The HTML that embeds the chat into a site. */
export function embedSnippet(origin: string, channelId: string): string {
  return [
    `<script src="${origin}/widget.js" async></script>`,
    `<baton-chat channel="${channelId}"`,
    `  server="${origin}"></baton-chat>`,
  ].join('\n');
}

/** The sources that a Content-Security-Policy must allow. The chat needs no inline style, frame or font. */
export function embedPolicy(origin: string): string {
  return `script-src ${origin}; connect-src ${origin} ${origin.replace(/^http/, 'ws')}`;
}
