/** For the compiler alone and for Vite. */
export default {
  outdir: './src/lib/paraglide',
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
  localStorageKey: 'baton.locale',
};
