import { MAX_REPLY_DELAY_SECONDS, MAX_WINDOW_SECONDS } from '@baton/protocol';

export const settingsWords = {
  title: 'Settings',
  agents: 'Agents',
  knowledge: 'Knowledge',
  channels: 'Channels',
  team: 'Team',
  save: 'Save',
  saving: 'Saving…',
  saved: 'Saved. It applies at once.',
  add: 'Add',
  remove: 'Remove',
  edit: 'Edit',
  cancel: 'Cancel',
  loading: 'Loading…',
  away: 'The server or its database is away. This page tries again by itself.',
  readOnly: (role: string): string => `Only ${role} can change this.`,
  supervisors: 'supervisors and owners',
  owners: 'owners',
  shownOnce: 'Shown this once. Copy it now: Baton keeps only what it needs to check it.',
  copy: 'Copy',
  copied: 'Copied',
};

export const agentWords = {
  name: 'Name',
  newAgent: 'New agent',
  create: 'Create agent',
  kinds: { faq: 'Built-in FAQ agent', webhook: 'Webhook' },
  kindHints: {
    faq: 'Answers from the workspace’s knowledge, needs no key and no network, and asks for a person when it does not know.',
    webhook: 'Each turn is POSTed to your own service, signed; it answers with a reply, a handoff or silence.',
  },
  backend: 'Backend',
  url: 'URL',
  secret: 'Signing secret',
  secretKept: 'A secret is set. Leave this empty to keep it.',
  timeout: 'Time allowed for a reply (seconds)',
  paused: 'Paused everywhere',
  pauseTitle: 'Pause this agent everywhere',
  pauseHint:
    'Stops this agent in all its conversations at once, replies on their way out included. Holders do not change; resuming answers what waits.',
  pause: 'Pause everywhere',
  resume: 'Resume',
  missing: 'There is no such agent in this workspace.',
};

export const ruleWords = {
  path: ['Agent settings', 'Agent', 'Messages', 'Human interaction rules'],
  title: 'Human interaction rules',
  intro: 'When a person of your team is at work in a conversation, the agent keeps out of it. These rules say how.',
  mute: 'Mute when a human is active',
  recommended: 'Recommended: on',
  muteHint:
    'While a teammate is writing a reply, the agent says nothing in that conversation: from the first keystroke until they send, or stop. Left on, the agent and your team never talk over each other.',
  window: 'Human priority window (seconds)',
  windowHint: `After a person’s message the agent stays silent for this long; each further message starts the time again. When it ends with the customer waiting, the agent answers. Whole seconds from 0 to ${MAX_WINDOW_SECONDS.toLocaleString('en')}; 0 means no window.`,
  delay: 'Reply delay (seconds)',
  delayHint: `The agent waits for this much quiet after the customer’s last message, then gives one reply to all of them. Whole seconds from 0 to ${MAX_REPLY_DELAY_SECONDS}.`,
  summary: (mute: boolean, window: number): string => {
    if (mute && window > 0)
      return `The agent is silent while a teammate writes, and for ${window} ${seconds(window)} after each message of a person.`;
    if (mute) return 'The agent is silent only while a teammate writes. As soon as they send or stop, it may answer.';
    if (window > 0)
      return `Writing is shown to the team but does not silence the agent. It is silent for ${window} ${seconds(window)} after each message of a person.`;
    return 'Both are off: neither writing nor sending silences the agent. Only the Agent replies switch of a conversation stops it.';
  },
  wholeSeconds: (max: number): string => `Enter whole seconds from 0 to ${max.toLocaleString('en')}.`,
};

function seconds(count: number): string {
  return count === 1 ? 'second' : 'seconds';
}

export const knowledgeWords = {
  intro:
    'What the built-in FAQ agent answers from. It uses only what stands here, and asks for a person when nothing fits.',
  question: 'Question',
  answer: 'Answer',
  newEntry: 'New entry',
  confirmRemove: (question: string): string => `Remove “${question}”?`,
  add: 'Add entry',
  none: 'Nothing here yet: without knowledge the FAQ agent asks for a person each time.',
};

export const channelWords = {
  intro: 'Where customers reach you. Each channel belongs to one agent.',
  newChannel: 'New channel',
  name: 'Name',
  kind: 'Kind',
  kinds: { http: 'HTTP', webchat: 'Web chat', whatsapp: 'WhatsApp', telegram: 'Telegram', email: 'Email' },
  agent: 'Agent',
  callbackUrl: 'Callback URL',
  callbackHint: 'Messages to the customer are POSTed here. Leave it empty while you try things out.',
  allowedOrigins: 'Sites that may embed the chat, one a line',
  create: 'Create channel',
  inbound: 'Inbound secret',
  signing: 'Signing secret',
  rotate: (name: string): string => `New ${name.toLowerCase()}`,
  rotateWarning: 'The old secret ends at once. Make a new one?',
  confirmRemove: (name: string): string => `Remove ${name}? It takes nothing in any more; its conversations stay.`,
  openChat: 'Open the chat page',
  none: 'No channel yet.',
  setUp: 'Set-up steps',
  httpSteps: [
    'POST each message of a customer to the address below, with the inbound secret as bearer token.',
    'Answer the callbacks: each message to the customer is POSTed to your callback URL, signed by the Standard Webhooks scheme with the signing secret.',
    'Pass on what your people write on other devices with "from": "business", so that the agent keeps out of their way.',
  ],
  webchatSteps: ['Give customers the link to the chat page, or open it yourself in another browser.'],
};

export const teamWords = {
  teammates: 'Teammates',
  newTeammate: 'New teammate',
  name: 'Name',
  email: 'Email',
  password: 'First password',
  passwordHint: 'At least 8 characters. Give it to them in person.',
  role: 'Role',
  confirmRemove: (name: string): string =>
    `Remove ${name}? Their sessions and keys end at once; what they wrote stays.`,
  confirmRevoke: 'Revoke this key? Whatever uses it stops at once.',
  roleOf: (name: string): string => `Role of ${name}`,
  add: 'Add teammate',
  you: 'you',
  roleHints: {
    teammate: 'works in the inbox',
    supervisor: 'also changes agents, rules and knowledge, and pauses agents',
    owner: 'also manages channels, teammates and keys',
  },
  keys: 'API keys',
  keysHint: 'A key acts as its teammate. Revoked keys stop at once.',
  newKey: 'New API key',
  keyName: 'What it is for',
  actsAs: 'Acts as',
  createKey: 'Create key',
  revoke: 'Revoke',
  noKeys: 'No key yet.',
};
