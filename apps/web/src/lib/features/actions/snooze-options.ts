/** A time at which a snoozed conversation comes back. */
export interface SnoozeOption {
  id: 'inAnHour' | 'inThreeHours' | 'tomorrow' | 'nextWeek' | 'untilReply';
  until: Date;
}

/** *Until the customer replies*: a customer's message ends every snooze, and this time never comes. */
const UNTIL_REPLY = new Date('2999-01-01T00:00:00.000Z');

const MORNING = 9;
const MONDAY = 1;
const HOUR_MS = 3_600_000;

/** The options at `now`, in its time zone. */
export function snoozeOptions(now: Date): SnoozeOption[] {
  const inDays = (days: number): Date =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING, 0, 0, 0);
  const toMonday = (MONDAY - now.getDay() + 7) % 7 || 7;
  return [
    { id: 'inAnHour', until: new Date(now.getTime() + HOUR_MS) },
    { id: 'inThreeHours', until: new Date(now.getTime() + 3 * HOUR_MS) },
    { id: 'tomorrow', until: inDays(1) },
    // On a Sunday the next week begins tomorrow.
    ...(toMonday === 1 ? [] : [{ id: 'nextWeek' as const, until: inDays(toMonday) }]),
    { id: 'untilReply', until: UNTIL_REPLY },
  ];
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

export function isUntilReply(until: Date): boolean {
  return until.getTime() >= UNTIL_REPLY.getTime();
}

/** The value of a `datetime-local` field. */
export function localFieldValue(time: Date): string {
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}
