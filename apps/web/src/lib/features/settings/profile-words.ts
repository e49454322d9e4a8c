import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const profileWords = texts({
  intro: m.profile_intro,
  you: m.profile_you,
  name: m.profile_name,
  nameHint: m.profile_name_hint,
  email: m.profile_email,
  renamed: m.profile_renamed,
  password: m.profile_password,
  current: m.profile_current,
  new: m.profile_new,
  newHint: m.profile_new_hint,
  change: m.profile_change,
  changed: m.profile_changed,
  wrongCurrent: m.profile_wrong_current,
  here: m.profile_here,
  language: m.profile_language,
  undo: m.profile_undo,
  undoHint: m.profile_undo_hint,
  keys: m.profile_keys,
  keysHint: m.profile_keys_hint,
  keysShow: m.profile_keys_show,
  sessions: m.profile_sessions,
  sessionsHint: m.profile_sessions_hint,
  signOutOthers: m.profile_sign_out_others,
  signedOut: m.profile_signed_out,
});
