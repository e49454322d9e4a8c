import type { Locator, Page } from 'playwright';
import { PHONE } from './windows.ts';

/** A customer with the hosted chat page open, in a browser of their own. */
export class Visitor {
  readonly page: Page;
  readonly name: string;
  readonly errors: Error[] = [];
  /** Everybody whom the server ever showed as typing, in order. */
  readonly typists: string[] = [];
  conversationId = '';
  loads = 0;

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
    page.on('load', () => (this.loads += 1));
    page.on('pageerror', (error) => this.errors.push(error));
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        const typist = /"typing",\{"from":\{.*?"name":"(.*?)".*"typing":true/.exec(String(payload))?.[1];
        if (typist !== undefined) this.typists.push(typist);
      });
    });
  }

  async arrive(channelId: string): Promise<void> {
    await this.page.setViewportSize(PHONE);
    await this.page.goto(`/chat/${channelId}`);
    await this.field.waitFor();
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Messages' });
  }
  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Write a message' });
  }
  /** The words under the messages. */
  typing(): Promise<string> {
    return this.page.locator('main > p[aria-live=polite]').innerText();
  }
  /** Texts in the order shown. */
  texts(): Promise<string[]> {
    return this.log.locator('p[dir=auto]').allInnerTexts();
  }

  /** The first message says who they are, and makes the conversation. */
  async says(text: string): Promise<void> {
    if (this.conversationId !== '') return this.writes(text);
    await this.page.getByLabel('Your name').fill(this.name);
    const made = this.page.waitForResponse((response) => response.status() === 201);
    await this.writes(text);
    const { conversationId } = (await (await made).json()) as { conversationId: string };
    this.conversationId = conversationId;
  }

  private async writes(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }
}
