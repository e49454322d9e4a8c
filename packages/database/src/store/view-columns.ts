import type { ConversationView, Ms } from '@baton/conversation';
import { getTableColumns } from 'drizzle-orm';
import { conversations, isViewField } from '../schema/conversations.ts';
import { iso } from './statement.ts';

interface ViewColumn {
  name: string;
  type: string;
  valueOf(view: ConversationView, toTime: (ms: Ms) => unknown): unknown;
}

/** The columns of `conversations` that repeat the view, as Drizzle's schema names them. */
const VIEW_COLUMNS: ViewColumn[] = Object.entries(getTableColumns(conversations)).flatMap(([field, column]) => {
  if (!isViewField(field)) return [];
  const type = column.getSQLType();
  const isTime = type === 'timestamp with time zone';
  return [
    {
      name: column.name,
      type,
      valueOf: (view, toTime) => {
        const value = view[field];
        return isTime && typeof value === 'number' ? toTime(value) : (value ?? undefined);
      },
    },
  ];
});

/** For `jsonb_to_record`: the name and type of each view column. */
export const VIEW_COLUMN_TYPES = VIEW_COLUMNS.map(({ name, type }) => `${name} ${type}`).join(', ');

export const VIEW_COLUMN_NAMES = VIEW_COLUMNS.map(({ name }) => name);

/** The view by column names. Nulls become undefined, so that JSON leaves them out. */
export function toViewRecord(view: ConversationView, toTime: (ms: Ms) => unknown = iso): Record<string, unknown> {
  return Object.fromEntries(VIEW_COLUMNS.map((column) => [column.name, column.valueOf(view, toTime)]));
}
