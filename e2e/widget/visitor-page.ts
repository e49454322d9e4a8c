import type { Locator, Page } from 'playwright';

/** A customer on a page that embeds the widget. */
export class VisitorPage {
  readonly page: Page;
  /** Errors that the page threw and loads that its policy blocked. */
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
        // The page has navigated meanwhile.
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
  /** The names and kinds of the speakers, without times. */
  async speakers(): Promise<string[]> {
    return this.inside(`[...root.querySelectorAll('.speaker')].map((line) =>
      [...line.querySelectorAll('.name, .kind')].map(({ textContent }) => textContent).join(' '))`);
  }
  /** The last text announced to screen readers. */
  announced(): Promise<string> {
    return this.panel.locator('.unseen').innerText();
  }
  /** The tag and label of the focused element. */
  focused(): Promise<string> {
    return this.page.evaluate<string>(`{
      const inside = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
      (inside.tagName.toLowerCase() + ' ' + (inside.getAttribute('aria-label') ?? '')).trim();
    }`);
  }

  /** Evaluates an expression on `root`, the shadow root of the widget. */
  inside<T>(expression: string): Promise<T> {
    return this.page.evaluate<T>(`((root) => ${expression})(document.querySelector('baton-chat').shadowRoot)`);
  }
}
