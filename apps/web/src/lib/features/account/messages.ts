import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const accountWords = texts(
  {
    product: m.account_product,
    tagline: m.account_tagline,
    signIn: m.account_sign_in,
    signingIn: m.account_signing_in,
    signOut: m.account_sign_out,
    email: m.account_email,
    password: m.account_password,
    demoTitle: m.account_demo_title,
    demoHint: m.account_demo_hint,
    wrongCredentials: m.account_wrong_credentials,
    tooManyTries: m.account_too_many_tries,
    away: m.account_away,
    failed: m.account_failed,
    setUpTitle: m.account_set_up_title,
    setUpHint: m.account_set_up_hint,
    setUpDone: m.account_set_up_done,
    setUp: m.account_set_up,
    settingUp: m.account_setting_up,
    token: m.account_token,
    wrongToken: m.account_wrong_token,
    workspaceName: m.account_workspace_name,
    name: m.account_name,
    passwordHint: m.account_password_hint,
    nothingHere: m.account_nothing_here,
    somethingWrong: m.account_something_wrong,
    toInbox: m.account_to_inbox,
    loading: m.account_loading,
    navInbox: m.account_nav_inbox,
    navSettings: m.account_nav_settings,
    skip: m.account_skip,
  },
  {
    roles: texts({
      teammate: m.account_role_teammate,
      supervisor: m.account_role_supervisor,
      owner: m.account_role_owner,
    }),
  },
);
