import { agoText, clockText } from '../holding/countdown.ts';

const DAY_MS = 86_400_000;

/** A duration that ticks: `0:07`, `12:40`, `2:05:00`; in days from one day on. */
export function elapsedText(since: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(since));
  return ms >= DAY_MS ? agoText(since, now) : clockText(Math.floor(ms / 1_000) * 1_000);
}
