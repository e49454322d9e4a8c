/** Groups of operations, in the order of the docs page. */
export const TAGS = {
  Conversations: 'List and read conversations, and decide who answers.',
  Messages: 'Read messages, and write to customers or the team.',
  Supervise: 'Watch all open conversations at once.',
  Agents: 'Set up agents, pause them, and test their backends.',
  Knowledge: 'Maintain the entries that the built-in FAQ agent answers from.',
  Channels: 'Connect Baton with the places where customers write.',
  Workspace: 'Manage teammates, roles and API keys.',
  Setup: 'Create the first workspace of a new server.',
  Webhooks: 'Requests that Baton sends to your services.',
} as const;
