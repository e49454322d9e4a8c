import { describe, expect, it } from 'vitest';
import { settingsSeal, withoutSecrets } from '../src/settings-seal.ts';

const seal = settingsSeal('a key that only tests have');
const settings = { address: 'https://a.example', token: 'hush-hush ñ' };

describe('secret settings', () => {
  it('are unreadable once sealed, and the same again once opened', () => {
    const sealed = seal.close(settings, ['token']);
    expect(sealed).toEqual({ address: settings.address, token: expect.stringMatching(/^sealed:v1:[\w-]+$/) });
    expect(JSON.stringify(sealed)).not.toContain('hush');
    expect(seal.open(sealed, ['token'])).toEqual(settings);
  });

  it('differ each time they are sealed', () => {
    expect(seal.close(settings, ['token'])).not.toEqual(seal.close(settings, ['token']));
  });

  it('do not open with another key or after a change', () => {
    const sealed = seal.close(settings, ['token']);
    expect(() => settingsSeal('another key').open(sealed, ['token'])).toThrow('unable to authenticate');
    const changed = { ...sealed, token: `${sealed.token.slice(0, -2)}AA` };
    expect(() => seal.open(changed, ['token'])).toThrow('unable to authenticate');
  });

  it('may be absent', () => {
    const { address } = settings;
    expect(seal.open(seal.close({ address }, ['token']), ['token'])).toEqual({ address });
  });

  it('are left out of answers', () => {
    expect(withoutSecrets(settings, ['token'])).toEqual({ address: settings.address });
  });
});
