import { redirect } from '@sveltejs/kit';
import { paths } from '#lib/paths.ts';

export function load(): never {
  redirect(307, paths.page('agents'));
}
