import type { FormField } from '@baton/protocol';

type Form = Readonly<Record<string, FormField>>;
/** The settings as a form holds them: every field is text. */
export type SettingValues = Record<string, string>;

/** The texts of one field. `missing` stands in the set-up steps until the field is set; `kept` replaces the hint of a secret that is set. */
export interface FieldTexts {
  label: () => string;
  hint?: () => string;
  missing?: () => string;
  kept?: () => string;
}

export function valuesOf(form: Form, settings: Readonly<Record<string, unknown>>): SettingValues {
  return Object.fromEntries(Object.keys(form).map((name) => [name, textOf(settings[name])]));
}

/** Leaves out empty fields, and sends invalid ones for the server to name. A secret that is left out keeps its value. */
export function settingsOf<Settings>(form: Form, values: SettingValues, fixed: Partial<Settings> = {}): Settings {
  const given = Object.entries(form)
    .map(([name, { input }]) => [name, settingOf(input, values[name] ?? '')])
    .filter(([, setting]) => setting !== undefined);
  // The form has the fields of its settings; the server validates their values.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return { ...fixed, ...Object.fromEntries(given) } as Settings;
}

/** Splits at line ends and blanks. */
export function linesOf(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter((line) => line !== ''))];
}

/** The lines of a field that the server rejected: it names them by their position. */
export function rejectedLines(
  errors: Readonly<Record<string, string>>,
  path: string,
  sent: readonly string[],
): string[] {
  return sent.filter((_, position) => Object.hasOwn(errors, `${path}.${position}`));
}

function textOf(setting: unknown): string {
  if (Array.isArray(setting)) return setting.join('\n');
  return typeof setting === 'string' || typeof setting === 'number' ? String(setting) : '';
}

function settingOf(input: FormField['input'], text: string): unknown {
  const trimmed = text.trim();
  switch (input) {
    case 'origins':
      return linesOf(text);
    case 'seconds':
      return trimmed === '' ? undefined : Number(trimmed);
    case 'secret':
      return text === '' ? undefined : text;
    case 'text':
    case 'address':
      return trimmed === '' ? undefined : trimmed;
  }
}
