import { amountText, spokenText } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';

/** Milliseconds left until an ISO time, never less than 0; null where there is none. */
export function msUntil(time: string | null, now: number): number | null {
  return time === null ? null : Math.max(0, Date.parse(time) - now);
}

/** Tolerance for a late reading of the server's time: a window of 45 s must not begin at 0:46. */
const LATE_MS = 150;

/** Rounds up, so that 0 means over. */
function secondsLeft(ms: number): number {
  return ms > 0 ? Math.max(1, Math.ceil((ms - LATE_MS) / 1_000)) : 0;
}

/** `0:07`, `1:30`, `2:05:00`; 0:00 only when it is over. */
export function clockText(ms: number): string {
  const total = secondsLeft(ms);
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3_600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** A duration: `now`, `12s`, `4m`, `3h`, `2d`. */
export function agoText(time: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(time)) / 1_000));
  if (seconds < 5) return m.holding_now();
  if (seconds < 60) return amountText(seconds, 'second');
  if (seconds < 3_600) return amountText(Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return amountText(Math.floor(seconds / 3_600), 'hour');
  return amountText(Math.floor(seconds / 86_400), 'day');
}

/** For assistive technology: `1 minute 30 seconds`. */
export function spokenDuration(ms: number): string {
  const total = secondsLeft(ms);
  const parts = [
    [Math.floor(total / 3_600), 'hour'],
    [Math.floor(total / 60) % 60, 'minute'],
    [total % 60, 'second'],
  ] as const;
  return spokenText(total === 0 ? [[0, 'second']] : parts.filter(([amount]) => amount > 0));
}
