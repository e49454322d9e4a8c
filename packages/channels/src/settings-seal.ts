import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts the secret settings of channels, so that neither an answer nor a copy of the database reveals them. */
export interface SettingsSeal {
  /** Encrypts these fields; the others stay readable. */
  close<Settings extends object>(settings: Settings, fields: readonly string[]): Settings;
  /** @throws if `SECRET_KEY` is not the one that sealed them */
  open<Settings extends object>(settings: Settings, fields: readonly string[]): Settings;
}

/** Marks a sealed value, and its form. */
const PREFIX = 'sealed:v1:';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function settingsSeal(secretKey: string): SettingsSeal {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'baton channel settings v1', 32));

  function seal(text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  function unseal(text: string): string {
    const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const opened = [decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  }

  return {
    close: (settings, fields) => ({ ...settings, ...mapped(settings, fields, seal) }),
    open: (settings, fields) => ({
      ...settings,
      ...mapped(settings, fields, (text) => (text.startsWith(PREFIX) ? unseal(text) : text)),
    }),
  };
}

/** The settings as answers show them. */
export function withoutSecrets<Settings extends object>(
  settings: Settings,
  fields: readonly string[],
): Partial<Settings> {
  const shown: Partial<Settings> = { ...settings };
  for (const field of fields) Reflect.deleteProperty(shown, field);
  return shown;
}

function mapped(settings: object, fields: readonly string[], map: (text: string) => string): Record<string, string> {
  const values = Object.entries<unknown>({ ...settings }).filter(([name]) => fields.includes(name));
  return Object.fromEntries(values.flatMap(([name, value]) => (typeof value === 'string' ? [[name, map(value)]] : [])));
}
