import type { Scene } from '../scene.ts';

/** Where nobody is signed in. */
export const doorScenes: Scene[] = [
  {
    name: 'sign-in',
    async show({ studio, words }) {
      const page = await studio.page('/sign-in', words.language);
      await page.getByText('Ada Moreau').waitFor();
      return page;
    },
  },
  {
    name: 'sign-in-refused',
    async show({ studio, words }) {
      const page = await studio.page('/sign-in', words.language);
      await page.locator('#email').fill('nobody@example.com');
      await page.locator('#password').fill('not the password');
      await page.getByRole('button', { name: words.of('account_sign_in') }).click();
      await page.getByRole('alert').waitFor();
      return page;
    },
  },
  {
    name: 'not-found',
    async show({ studio, words }) {
      const page = await studio.page('/no/such/page', words.language);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  },
];

/** A server that waits for its first visit. */
export const setUpScenes: Scene[] = [
  {
    name: 'set-up',
    async show({ studio, words }) {
      const page = await studio.page('/setup', words.language);
      await page.getByRole('button', { name: words.of('account_set_up') }).waitFor();
      return page;
    },
  },
];
