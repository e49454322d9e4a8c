import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export interface Measured {
  /** Conversations in memory. */
  actors: () => number;
  teamConnections: () => number;
  customerConnections: () => number;
}

export function createMetrics(): { registry: Registry; measure: (measured: Measured) => void } {
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
  return {
    registry,
    measure({ actors, teamConnections, customerConnections }) {
      gauge('baton_conversations_in_memory', 'Conversations whose actor is in memory', actors);
      gauge('baton_team_connections', 'Open connections of teammates', teamConnections);
      gauge('baton_customer_connections', 'Open connections of customers', customerConnections);
    },
  };
}
