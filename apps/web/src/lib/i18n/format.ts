import { formattingLocale } from './locale.ts';

export function numberText(value: number): string {
  return new Intl.NumberFormat(formattingLocale()).format(value);
}

/** `Ana, Ben and you`. */
export function listText(parts: readonly string[]): string {
  return new Intl.ListFormat(formattingLocale(), { type: 'conjunction' }).format(parts);
}

/** Hour and minute of an ISO time, in local time. */
export function timeText(iso: string): string {
  return dateFormat({ hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

/** The local day of an ISO time: `Monday, 2 March 2026`. */
export function dayText(iso: string): string {
  return dateFormat({ dateStyle: 'full' }).format(new Date(iso));
}

/** Local day and time of an ISO time, to the second. */
export function momentText(iso: string): string {
  return dateFormat({ dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso));
}

/** Local weekday, day and minute of an ISO time. */
export function soonText(iso: string): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return dateFormat(parts).format(new Date(iso));
}

/** `4 min`, `3h`: an amount in one unit, in short form. */
export function amountText(amount: number, unit: 'second' | 'minute' | 'hour' | 'day'): string {
  return unitText(amount, unit, 'narrow');
}

/** `1 minute 30 seconds`, for assistive technology. */
export function spokenText(parts: readonly (readonly [number, 'second' | 'minute' | 'hour'])[]): string {
  const spoken = parts.map(([amount, unit]) => unitText(amount, unit, 'long'));
  return new Intl.ListFormat(formattingLocale(), { type: 'unit', style: 'narrow' }).format(spoken);
}

function unitText(amount: number, unit: string, unitDisplay: 'narrow' | 'long'): string {
  return new Intl.NumberFormat(formattingLocale(), { style: 'unit', unit, unitDisplay }).format(amount);
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(formattingLocale(), options);
}
