import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

export interface Measured {
  /** Conversations in memory. */
  actors: () => number;
  teamConnections: () => number;
  customerConnections: () => number;
  otherNodes: () => number;
}

export interface Metrics {
  registry: Registry;
  measure: (measured: Measured) => void;
  /** So many leftovers of each kind were removed. */
  swept: (counts: Record<string, number>) => void;
  /** Conversations quarantined since the start. Alert on this number first. */
  quarantines: Counter;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  const swept = new Counter({
    name: 'baton_swept_rows_total',
    help: 'Expired rows that this node removed, by kind',
    labelNames: ['kind'],
    registers: [registry],
  });
  return {
    registry,
    swept(counts) {
      for (const [kind, count] of Object.entries(counts)) swept.inc({ kind }, count);
    },
    quarantines: new Counter({
      name: 'baton_quarantines_total',
      help: 'Conversations quarantined after failing repeatedly',
      registers: [registry],
    }),
    measure({ actors, teamConnections, customerConnections, otherNodes }) {
      gauge('baton_conversations_in_memory', 'Conversations whose actor is in memory', actors);
      gauge('baton_team_connections', 'Open connections of teammates', teamConnections);
      gauge('baton_customer_connections', 'Open connections of customers', customerConnections);
      gauge('baton_other_nodes', 'Other nodes that are heard over Redis', otherNodes);
    },
  };
}
