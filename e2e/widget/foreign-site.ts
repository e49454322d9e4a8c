import { listen, type Listener } from '../support/listener.ts';

export interface ForeignPage {
  channelId: string;
  lang?: string;
  /** The markup of the page's author, instead of the usual snippet. */
  snippet?: string;
  /** Gives the page hostile styles for all elements. */
  unruly?: boolean;
}

const UNRULY = `
  * { font-family: fantasy !important; letter-spacing: 6px; }
  button, input, textarea, p, h1, div { all: unset; color: lime !important; background: red !important; display: block; }
  baton-chat { font-size: 60px; }
`;

/** A site on another origin, with the strictest policy under which a page can embed the widget. */
export class ForeignSite {
  private readonly listener: Listener;
  private readonly pages: Map<string, ForeignPage>;

  private constructor(listener: Listener, pages: Map<string, ForeignPage>) {
    this.listener = listener;
    this.pages = pages;
  }

  static async open(baton: string): Promise<ForeignSite> {
    const pages = new Map<string, ForeignPage>();
    const listener = await listen((_body, request, response) => {
      const url = new URL(request.url ?? '/', baton);
      const page = pages.get(url.pathname);
      if (!page) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy(baton, page.unruly === true),
        // Only resources with a CORP header may load.
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      });
      response.end(html(baton, page));
    });
    return new ForeignSite(listener, pages);
  }

  get origin(): string {
    return new URL(this.listener.url).origin;
  }

  /** @returns its address */
  publish(path: string, page: ForeignPage): string {
    this.pages.set(path, page);
    return this.origin + path;
  }

  close(): Promise<void> {
    return this.listener.close();
  }
}

function policy(baton: string, ownStyles: boolean): string {
  return [
    "default-src 'none'",
    `script-src ${baton}`,
    `connect-src ${baton} ${baton.replace('http', 'ws')}`,
    ...(ownStyles ? ["style-src 'unsafe-inline'"] : []),
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function html(baton: string, { channelId, lang = 'en', snippet, unruly = false }: ForeignPage): string {
  const script = `<script src="${baton}/widget.js" async></script>`;
  const element = `<baton-chat channel="${channelId}" server="${baton}"></baton-chat>`;
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title>
${unruly ? `<style>${UNRULY}</style>` : ''}
</head>
<body>
<main><h1>Shop</h1><p>${'We sell everything. '.repeat(60)}</p><p><a href="/other">Other page</a></p></main>
${snippet ?? script + element}
</body>
</html>`;
}
