export const findBrowser = async () => ({ BATON_CHROMIUM: '/usr/bin/chromium' });
