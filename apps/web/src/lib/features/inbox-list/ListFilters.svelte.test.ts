import { mount, tick } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mounted } from '../../testing/mounted.ts';
import { filterOf, searchOf } from '../../inbox/list/list-filter.ts';
import ListFilters from './ListFilters.svelte';

/** The form, with the address in our hands. */
class Shown {
  filter = $state.raw(filterOf(new URLSearchParams('q=cake&status=closed')));
  readonly form: ReturnType<typeof ListFilters>;

  constructor() {
    let form: ReturnType<typeof ListFilters> | undefined;
    // oxlint-disable-next-line typescript/no-this-alias -- props read it lazily
    const state = this;
    mounted((target) => {
      form = mount(ListFilters, {
        target,
        props: {
          get filter() {
            return state.filter;
          },
          onchange: (next) => void (state.filter = next),
          onleave: () => undefined,
        },
      });
      return form;
    });
    this.form = form!;
  }
}

const search = page.getByRole('searchbox');
const filters = page.getByRole('button', { name: 'Filters', exact: true });
const chip = page.getByRole('button', { name: 'Remove filter Resolved' });

test('keeps the focus in the form after clearing all filters', async () => {
  const shown = new Shown();
  await expect.element(search).toHaveValue('cake');
  await search.click();
  shown.form.clear();
  await tick();
  await expect.element(filters).toHaveFocus();
  expect(searchOf(shown.filter)).toBe('');
  await expect.element(search).toHaveValue('');
  await expect.element(chip).not.toBeInTheDocument();
});

test('keeps the focus in the form after removing one filter', async () => {
  const shown = new Shown();
  await chip.click();
  await expect.element(filters).toHaveFocus();
  expect(searchOf(shown.filter)).toBe('?q=cake');
});
