import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const embedWords = texts(
  {
    paste: m.embed_paste,
    nowhere: m.embed_nowhere,
    policy: m.embed_policy,
    copy: m.embed_copy,
    copied: m.embed_copied,
  },
  { allowed: (sites: string): string => m.embed_allowed({ sites }) },
);
