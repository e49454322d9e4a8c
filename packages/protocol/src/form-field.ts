/** One setting in a form of the settings pages. Its label is among the texts of the interface. */
export interface FormField {
  /** `origins` are typed one a line; a `secret` is write-only: answers never carry it. */
  input: 'text' | 'address' | 'origins' | 'secret' | 'seconds';
  required?: true;
  /** Reads the same in every language. */
  placeholder?: string;
}

/** The fields of an object of settings, in the order of the form. */
export type FormOf<Settings> = { [Field in keyof Required<Settings>]: FormField };

/** The name of the write-only field; null where a form has none. A form has one at most. */
export function secretField(form: Record<string, FormField>): string | null {
  return Object.entries(form).find(([, { input }]) => input === 'secret')?.[0] ?? null;
}

/** The name of the flag that stands for a secret in answers: `hasSecret` for `secret`. */
export function secretFlag(field: string): string {
  return `has${field.charAt(0).toUpperCase()}${field.slice(1)}`;
}
