/** For the compiler alone and for Vite. */
export default {
  outdir: './src/lib/paraglide',
  // The same for a build, a check and a running dev server, which share this folder.
  outputStructure: 'message-modules',
  emitReadme: false,
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
  localStorageKey: 'baton.locale',
};
