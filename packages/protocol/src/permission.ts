// Apart from the schemas, so that a page that only asks what it may show is not made to carry them.

/** In rising order. */
export const ROLES = ['teammate', 'supervisor', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** The one table of who may do what. HTTP routes and socket events both look here, and the web app greys out by it. */
const LEAST_ROLE = {
  'conversation.read': 'teammate',
  'conversation.write': 'teammate',
  'teammate.list': 'teammate',
  'agent.read': 'teammate',
  'channel.read': 'teammate',
  'knowledge.read': 'teammate',
  'simulation.start': 'teammate',
  'supervise.read': 'supervisor',
  'knowledge.write': 'supervisor',
  'agent.write': 'supervisor',
  'agent.pause': 'supervisor',
  'channel.watch': 'supervisor',
  'channel.write': 'owner',
  'agent.create': 'owner',
  'teammate.write': 'owner',
  'apiKey.write': 'owner',
  'quarantine.lift': 'owner',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof LEAST_ROLE;

const RANK: Record<Role, number> = { teammate: 0, supervisor: 1, owner: 2 };

export function may(held: Role, permission: Permission): boolean {
  return RANK[held] >= RANK[LEAST_ROLE[permission]];
}
