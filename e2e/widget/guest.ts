import type { Locator, Page } from 'playwright';

/** A customer on a page that embeds the widget. */
export class Guest {
  readonly page: Page;
  /** What the page threw, and what its policy refused. */
  readonly errors: string[] = [];
  conversationId = '';

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (line) => {
      if (line.type() === 'error' && /policy|trusted/i.test(line.text())) this.errors.push(line.text());
    });
    page.on('response', (response) => {
      if (response.request().method() !== 'POST' || response.status() !== 201) return;
      response.json().then(
        (body: { conversationId: string }) => (this.conversationId = body.conversationId),
        // The page is another one by now.
        () => {},
      );
    });
  }

  get launcher(): Locator {
    return this.page.locator('baton-chat .launcher');
  }
  get panel(): Locator {
    return this.page.getByRole('dialog');
  }
  get log(): Locator {
    return this.page.locator('baton-chat [role=log]');
  }
  get field(): Locator {
    return this.panel.locator('textarea');
  }
  get name(): Locator {
    return this.panel.getByLabel('Your name');
  }

  /** Opens the panel by its button, and waits until it has come in. */
  async opens(): Promise<void> {
    await this.launcher.click();
    await this.panel.waitFor();
    await this.inside('Promise.all(root.querySelector(".panel").getAnimations().map(({ finished }) => finished))');
  }
  async writes(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }
  texts(): Promise<string[]> {
    return this.log.locator('.bubble').allTextContents();
  }
  /** Who is said to speak, in words, without times. */
  async speakers(): Promise<string[]> {
    return this.inside(`[...root.querySelectorAll('.speaker')].map((line) =>
      [...line.querySelectorAll('.name, .kind')].map(({ textContent }) => textContent).join(' '))`);
  }
  /** What a screen reader was told last. */
  announced(): Promise<string> {
    return this.panel.locator('.unseen').innerText();
  }
  /** Name and role of what has the keyboard. */
  focused(): Promise<string> {
    return this.page.evaluate<string>(`{
      const inside = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
      (inside.tagName.toLowerCase() + ' ' + (inside.getAttribute('aria-label') ?? '')).trim();
    }`);
  }

  /** What an expression makes of `root`, the widget's inside. */
  inside<T>(expression: string): Promise<T> {
    return this.page.evaluate<T>(`((root) => ${expression})(document.querySelector('baton-chat').shadowRoot)`);
  }
}
