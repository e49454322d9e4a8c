import { momentText, numberText } from '../../i18n/format.ts';
import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const activityWords = texts(
  {
    title: m.activity_title,
    in: m.activity_in,
    out: m.activity_out,
    never: m.activity_never,
    fine: m.activity_fine,
    troubles: m.activity_troubles,
    open: m.activity_open,
    refresh: m.activity_refresh,
  },
  {
    deliveries: texts({
      failed: m.delivery_failed,
      withheld: m.delivery_withheld,
      uncertain: m.delivery_uncertain,
    }),
    outage: (failures: number, nextTryAt: string): string =>
      m.activity_outage({ count: numberText(failures), time: momentText(nextTryAt) }),
  },
);
