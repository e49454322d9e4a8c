import type { Browser, BrowserContext, Locator, Page } from 'playwright';
import { DESKTOP } from './windows.ts';

export interface Account {
  email: string;
  password: string;
}

/** A message as the thread shows it. */
export interface ShownMessage {
  seq: number;
  text: string;
  delivery: string | null;
}

/** A browser of their own in which a teammate is signed in, without the page for it. */
export async function signedIn(browser: Browser, url: string, account: Account): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, viewport: DESKTOP });
  const answer = await context.request.post('/api/auth/sign-in/email', { data: account, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`${account.email} cannot sign in: ${answer.status()}`);
  // Their preference: five seconds for every reply would say nothing more. Tests of undo switch it on.
  await context.addInitScript(
    "localStorage.getItem('baton:undo-send') ?? localStorage.setItem('baton:undo-send', 'off')",
  );
  return context;
}

/** By hand, on the sign-in page. */
export async function signIn(page: Page, { email, password }: Account): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A teammate's inbox page. */
export class Desk {
  readonly page: Page;
  /** Everything that the page threw. */
  readonly errors: Error[] = [];
  private readonly frames: string[] = [];
  /** How often the page was loaded: live means once. */
  loads = 0;

  constructor(page: Page) {
    this.page = page;
    page.on('load', () => (this.loads += 1));
    page.on('pageerror', (error) => this.errors.push(error));
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => this.frames.push(String(payload))));
  }

  /** Did the server send this text to this page, shown or not? */
  heard(text: string): boolean {
    return this.frames.some((frame) => frame.includes(text));
  }

  get list(): Locator {
    return this.page.getByRole('region', { name: 'Conversations' });
  }
  row(customer: string): Locator {
    return this.list.getByRole('link').filter({ hasText: customer });
  }
  /** The words of a row: name, last message, state, holder, who waits. */
  rowText(customer: string): Promise<string> {
    return this.row(customer).innerText();
  }

  async open(customer: string): Promise<void> {
    await this.row(customer).click();
    await this.title.filter({ hasText: customer }).waitFor();
    await this.thread.locator('[data-seq]').first().waitFor();
  }

  /** Whose conversation is open. */
  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 }).last();
  }
  get toasts(): Locator {
    return this.page.getByRole('region', { name: 'Notifications' });
  }
  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name });
  }

  private get header(): Locator {
    return this.page.locator('section header').filter({ has: this.page.getByRole('switch') });
  }
  /** The words beside the customer's name: state, countdown, holder, who waits. */
  head(): Promise<string> {
    return this.header.innerText();
  }
  /** In words, without its countdown. */
  async state(): Promise<string> {
    const words = await this.header.locator('[data-state]').innerText();
    return words.replace(/[\d:]+/, '').trim();
  }
  /** Seconds left as shown, null without a countdown. */
  async countdown(): Promise<number | null> {
    const [text] = await this.header.getByRole('timer').allInnerTexts();
    const [minutes, seconds] = text?.split(':').map(Number) ?? [];
    return minutes === undefined || seconds === undefined ? null : minutes * 60 + seconds;
  }
  /** *Why is the agent silent?*, empty where it is not. */
  async why(): Promise<string> {
    const words = await this.page.getByRole('region', { name: 'Why is the agent silent?' }).allInnerTexts();
    return words.join(' ');
  }
  /** The other viewers, and the ones who are typing. */
  presence(): Promise<string> {
    return this.page.locator('section > p[aria-live=polite]').innerText();
  }

  get thread(): Locator {
    return this.page.getByRole('log', { name: 'Messages' });
  }
  message(text: string): Locator {
    return this.thread.locator('[data-seq]').filter({ hasText: text });
  }
  shown(): Promise<ShownMessage[]> {
    return this.thread.locator('[data-seq]').evaluateAll((elements) =>
      elements.map((element) => ({
        seq: Number(element.getAttribute('data-seq')),
        text: element.querySelector('p')?.textContent?.trim() ?? '',
        delivery: element.getAttribute('data-delivery'),
      })),
    );
  }

  get reply(): Locator {
    return this.page.getByRole('textbox', { name: 'Reply to' });
  }
  get note(): Locator {
    return this.page.getByRole('textbox', { name: 'Note for your team' });
  }
  get agentReplies(): Locator {
    return this.page.getByRole('switch', { name: 'Agent replies' });
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Types it, letter by letter, and presses Enter. */
  async sends(text: string): Promise<void> {
    await this.reply.pressSequentially(text);
    await this.reply.press('Enter');
  }
  async handsBack(instruction = ''): Promise<void> {
    await this.button('Hand back').click();
    const dialog = this.dialog('Hand back');
    await dialog.getByLabel('Instruction for the agent').fill(instruction);
    await dialog.getByRole('button', { name: 'Hand back' }).click();
  }
}
