import type { BoardFilter } from './board.ts';

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads filter and previewed conversation from the address. Invalid ids are ignored. */
export function boardAddress(search: URLSearchParams): { filter: BoardFilter; previewId: string | null } {
  const id = (name: string): string | null => {
    const value = search.get(name);
    return value !== null && ID.test(value) ? value : null;
  };
  return { filter: { agentId: id('agent'), channelId: id('channel') }, previewId: id('peek') };
}

export function boardSearch({ agentId, channelId }: BoardFilter, previewId: string | null): string {
  const given = Object.entries({ agent: agentId, channel: channelId, peek: previewId }).filter(([, id]) => id !== null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, id]) => [name, String(id)]))}`;
}
