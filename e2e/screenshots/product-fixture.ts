import type { Conversation, DemoAccount } from '@baton/protocol';
import type { Browser, BrowserContext, Page } from 'playwright';
import { Api } from '../support/api.ts';
import { signedIn, type Account } from '../support/desk.ts';
import { OWNER, Product } from '../support/product.ts';
import type { Language } from './texts.ts';

const TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 2_500;
const LOCALES: Record<Language, string> = { en: 'en-GB', es: 'es-ES' };

type Login = Awaited<ReturnType<BrowserContext['storageState']>>;

/** A running product and its users. Each signs in once and opens as many pages as the scenes need. */
export class ProductFixture {
  readonly product: Product;
  private readonly browser: Browser;
  private readonly logins = new Map<string, Login>();
  private readonly apis = new Map<string, Api>();
  private readonly heartbeats: ReturnType<typeof setInterval>[] = [];
  private contexts: BrowserContext[] = [];
  private cleanups: (() => Promise<void>)[] = [];

  private constructor(product: Product, browser: Browser) {
    this.product = product;
    this.browser = browser;
  }

  /** An empty workspace with its owner. */
  static async plain(browser: Browser): Promise<ProductFixture> {
    const fixture = new ProductFixture(await Product.start(), browser);
    await fixture.signIn('owner', OWNER);
    fixture.apis.set('owner', new Api(fixture.product.url, OWNER.apiKey));
    return fixture;
  }

  /** The demo workspace. Its people are named by their first names in lower case. */
  static async demo(browser: Browser): Promise<ProductFixture> {
    const fixture = await ProductFixture.untouched(browser);
    const answer = await fetch(`${fixture.product.url}/api/v1/setup`);
    const { demoAccounts } = (await answer.json()) as { demoAccounts: DemoAccount[] };
    for (const account of demoAccounts) await fixture.signIn(firstName(account.name), account);
    await fixture.createApiKeys();
    return fixture;
  }

  /** A fresh server: the demo, or with a public `host` a server that waits for its set-up. */
  static async untouched(browser: Browser, host?: string): Promise<ProductFixture> {
    const none = { ADMIN_EMAIL: '', ADMIN_PASSWORD: '', ADMIN_API_KEY: '', ALLOW_PRIVATE_NETWORK: '' };
    return new ProductFixture(await Product.start({ ...none, ...(host === undefined ? {} : { HOST: host }) }), browser);
  }

  api(person: string): Api {
    const api = this.apis.get(person);
    if (!api) throw new Error(`${person} has no key`);
    return api;
  }

  /** @param person undefined: not signed in */
  async page(path: string, language: Language, person?: string): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.product.url,
      locale: LOCALES[language],
      storageState: person === undefined ? undefined : this.logins.get(person),
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(TIMEOUT_MS);
    this.contexts.push(context);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  async conversation(customer: string): Promise<Conversation> {
    const path = `/conversations?limit=100&q=${encodeURIComponent(customer)}`;
    const { items } = await this.anyApi.call<{ items: Conversation[] }>('GET', path);
    const found = items.find(({ customer: { name } }) => name.startsWith(customer));
    if (!found) throw new Error(`no conversation with ${customer}`);
    return found;
  }

  async open(customer: string, language: Language, person: string): Promise<Page> {
    const { id } = await this.conversation(customer);
    const page = await this.page(`/inbox/${id}?status=any`, language, person);
    await page.locator('[data-seq]').first().waitFor();
    await page.locator('[data-conversation]').first().waitFor();
    return page;
  }

  /** Keeps a person typing until the fixture is closed. */
  async keepTyping(person: string, customer: string): Promise<void> {
    const { id } = await this.conversation(customer);
    await this.api(person).type(id, true);
    this.heartbeats.push(
      // A lost heartbeat changes one label in a picture.
      setInterval(
        () =>
          void this.api(person)
            .type(id, true)
            .catch(() => undefined),
        HEARTBEAT_MS,
      ),
    );
  }

  /** Registers a clean-up for the end of the scene. */
  onClear(end: () => Promise<void>): void {
    this.cleanups.push(end);
  }

  /** Closes the pages of a scene. */
  async clear(): Promise<void> {
    const { contexts, cleanups } = this;
    [this.contexts, this.cleanups] = [[], []];
    await Promise.all(contexts.map((context) => context.close()));
    await Promise.all(cleanups.map((end) => end()));
  }

  async close(): Promise<void> {
    for (const heartbeat of this.heartbeats) clearInterval(heartbeat);
    await this.clear();
    await this.product.remove();
  }

  private get anyApi(): Api {
    const [api] = this.apis.values();
    if (!api) throw new Error('no person has a key');
    return api;
  }

  private async signIn(person: string, account: Account): Promise<void> {
    const context = await signedIn(this.browser, this.product.url, account);
    this.logins.set(person, await context.storageState());
    await context.close();
  }

  /** Creates an API key for each teammate as the owner of the demo. */
  private async createApiKeys(): Promise<void> {
    const { url } = this.product;
    const context = await this.browser.newContext({ baseURL: url, storageState: this.logins.get('ada') });
    const answer = await context.request.get('/api/v1/teammates');
    const { items } = (await answer.json()) as { items: { id: string; name: string }[] };
    for (const { id, name } of items) {
      const data = { name: 'Screenshots', teammateId: id };
      const made = await context.request.post('/api/v1/api-keys', { data, headers: { origin: url } });
      const { key } = (await made.json()) as { key: string };
      this.apis.set(firstName(name), new Api(url, key));
    }
    await context.close();
  }
}

function firstName(name: string): string {
  return (name.split(' ')[0] ?? name).toLowerCase();
}
