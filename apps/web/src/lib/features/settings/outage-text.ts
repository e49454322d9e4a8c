import { momentText, numberText } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';

export function outageText(failuresInARow: number, nextTryAt: string): string {
  return m.activity_outage({ count: numberText(failuresInARow), time: momentText(nextTryAt) });
}
