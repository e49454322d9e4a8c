import type { Scene } from '../scene.ts';

/** Pages without a session. */
export const signInScenes: Scene[] = [
  {
    name: 'sign-in',
    async show({ fixture, texts }) {
      const page = await fixture.page('/sign-in', texts.language);
      await page.getByText('Ada Moreau').waitFor();
      return page;
    },
  },
  {
    name: 'sign-in-refused',
    async show({ fixture, texts }) {
      const page = await fixture.page('/sign-in', texts.language);
      await page.locator('#email').fill('nobody@example.com');
      await page.locator('#password').fill('not the password');
      await page.getByRole('button', { name: texts.of('account_sign_in') }).click();
      await page.getByRole('alert').waitFor();
      return page;
    },
  },
  {
    name: 'not-found',
    async show({ fixture, texts }) {
      const page = await fixture.page('/no/such/page', texts.language);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  },
];

/** A server that waits for its first visit. */
export const setUpScenes: Scene[] = [
  {
    name: 'set-up',
    async show({ fixture, texts }) {
      const page = await fixture.page('/setup', texts.language);
      await page.getByRole('button', { name: texts.of('account_set_up') }).waitFor();
      return page;
    },
  },
];
