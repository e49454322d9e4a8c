import { expect, test } from 'vitest';
import { embedPolicy, embedSnippet } from './embed-snippet.ts';

test('embeds the chat with a script and an element', () => {
  expect(embedSnippet('https://inbox.example.com', 'c1')).toBe(
    '<script src="https://inbox.example.com/widget.js" async></script>\n' +
      '<baton-chat channel="c1"\n  server="https://inbox.example.com"></baton-chat>',
  );
});

test('names the server in the policy for script, requests and sockets', () => {
  expect(embedPolicy('https://inbox.example.com')).toBe(
    'script-src https://inbox.example.com; connect-src https://inbox.example.com wss://inbox.example.com',
  );
  expect(embedPolicy('http://localhost:3000')).toContain('ws://localhost:3000');
});
