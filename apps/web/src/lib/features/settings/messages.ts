import { MAX_REPLY_DELAY_SECONDS, MAX_WINDOW_SECONDS } from '@baton/protocol';
import { numberText } from '../../i18n/format.ts';
import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const settingsWords = texts(
  {
    title: m.settings_title,
    agents: m.settings_agents,
    knowledge: m.settings_knowledge,
    channels: m.settings_channels,
    team: m.settings_team,
    profile: m.settings_profile,
    save: m.settings_save,
    saving: m.settings_saving,
    saved: m.settings_saved,
    add: m.settings_add,
    remove: m.settings_remove,
    edit: m.settings_edit,
    cancel: m.settings_cancel,
    loading: m.settings_loading,
    away: m.settings_away,
    supervisors: m.settings_supervisors,
    owners: m.settings_owners,
    shownOnce: m.settings_shown_once,
    copy: m.settings_copy,
    copied: m.settings_copied,
  },
  { readOnly: (role: string): string => m.settings_read_only({ role }) },
);

export const agentWords = texts(
  {
    name: m.agents_name,
    newAgent: m.agents_new_agent,
    create: m.agents_create,
    backend: m.agents_backend,
    url: m.agents_url,
    secret: m.agents_secret,
    secretHint: m.agents_secret_hint,
    secretKept: m.agents_secret_kept,
    timeout: m.agents_timeout,
    paused: m.agents_paused,
    pauseTitle: m.agents_pause_title,
    pauseHint: m.agents_pause_hint,
    pause: m.agents_pause,
    resume: m.agents_resume,
    missing: m.agents_missing,
  },
  {
    kinds: texts({ faq: m.agents_kind_faq, webhook: m.agents_kind_webhook }),
    kindHints: texts({ faq: m.agents_kind_faq_hint, webhook: m.agents_kind_webhook_hint }),
  },
);

export const ruleWords = texts(
  {
    title: m.rules_title,
    intro: m.rules_intro,
    here: m.rules_here,
    mute: m.rules_mute,
    recommended: m.rules_recommended,
    muteHint: m.rules_mute_hint,
    window: m.rules_window,
    windowHint: () => m.rules_window_hint({ max: numberText(MAX_WINDOW_SECONDS) }),
    delay: m.rules_delay,
    delayHint: () => m.rules_delay_hint({ max: numberText(MAX_REPLY_DELAY_SECONDS) }),
  },
  {
    get path(): string[] {
      return [m.rules_path_settings(), m.rules_path_agent(), m.rules_path_messages(), m.rules_title()];
    },
    summary: (mute: boolean, window: number): string => {
      if (mute && window > 0) return m.rules_summary_both({ count: window });
      if (mute) return m.rules_summary_mute();
      return window > 0 ? m.rules_summary_window({ count: window }) : m.rules_summary_off();
    },
    wholeSeconds: (max: number): string => m.rules_whole_seconds({ max: numberText(max) }),
  },
);

export const knowledgeWords = texts(
  {
    intro: m.knowledge_intro,
    question: m.knowledge_question,
    answer: m.knowledge_answer,
    newEntry: m.knowledge_new_entry,
    add: m.knowledge_add,
    none: m.knowledge_none,
  },
  { confirmRemove: (question: string): string => m.knowledge_confirm_remove({ question }) },
);

export const channelWords = texts(
  {
    intro: m.channels_intro,
    newChannel: m.channels_new_channel,
    name: m.channels_name,
    kind: m.channels_kind,
    agent: m.channels_agent,
    callbackUrl: m.channels_callback_url,
    callbackHint: m.channels_callback_hint,
    allowedOrigins: m.channels_allowed_origins,
    create: m.channels_create,
    inbound: m.channels_inbound,
    signing: m.channels_signing,
    rotateInbound: m.channels_rotate_inbound,
    rotateSigning: m.channels_rotate_signing,
    rotateWarning: m.channels_rotate_warning,
    openChat: m.channels_open_chat,
    none: m.channels_none,
    setUp: m.channels_set_up,
    callbackMissing: m.channels_callback_missing,
    exampleHint: m.channels_example_hint,
    changeSettings: m.channels_change_settings,
    originsHint: m.channels_origins_hint,
  },
  {
    kinds: texts({
      http: m.channels_kind_http,
      webchat: m.channels_kind_webchat,
      whatsapp: m.channels_kind_whatsapp,
      telegram: m.channels_kind_telegram,
      email: m.channels_kind_email,
    }),
    confirmRemove: (name: string): string => m.channels_confirm_remove({ name }),
    change: (name: string): string => m.channels_change({ name }),
    badOrigin: (origin: string): string => m.channels_bad_origin({ origin }),
    get httpSteps(): string[] {
      return [m.channels_http_step_1(), m.channels_http_step_2(), m.channels_http_step_3()];
    },
    get webchatSteps(): string[] {
      return [m.channels_webchat_step_1()];
    },
  },
);

export const teamWords = texts(
  {
    teammates: m.team_teammates,
    newTeammate: m.team_new_teammate,
    name: m.team_name,
    email: m.team_email,
    password: m.team_password,
    passwordHint: m.team_password_hint,
    role: m.team_role,
    confirmRevoke: m.team_confirm_revoke,
    add: m.team_add,
    you: m.team_you,
    keys: m.team_keys,
    keysHint: m.team_keys_hint,
    newKey: m.team_new_key,
    keyName: m.team_key_name,
    actsAs: m.team_acts_as,
    createKey: m.team_create_key,
    revoke: m.team_revoke,
    noKeys: m.team_no_keys,
  },
  {
    confirmRemove: (name: string): string => m.team_confirm_remove({ name }),
    roleOf: (name: string): string => m.team_role_of({ name }),
    roleHints: texts({
      teammate: m.team_role_teammate_hint,
      supervisor: m.team_role_supervisor_hint,
      owner: m.team_role_owner_hint,
    }),
  },
);
