import type {
  ApiKeyEntry,
  Channel,
  ChannelActivity,
  ChannelKind,
  ChannelSecret,
  ChannelSettings,
  Role,
  Teammate,
} from '@baton/protocol';
import { request } from './request.ts';
import type { Answer } from './request.ts';

export interface CreatedChannel {
  channel: Channel;
  inboundSecret: string;
  signingSecret: string;
}
export const listChannels = (): Promise<Answer<{ items: Channel[] }>> => request('GET', '/api/v1/channels');
export const createChannel = (body: {
  kind: ChannelKind;
  name: string;
  agentId: string;
  settings: ChannelSettings;
}): Promise<Answer<CreatedChannel>> => request('POST', '/api/v1/channels', { body });
/** `settings` is replaced as a whole. */
export const changeChannel = (
  id: string,
  body: { name?: string; settings?: ChannelSettings },
): Promise<Answer<Channel>> => request('PATCH', `/api/v1/channels/${encodeURIComponent(id)}`, { body });

export const removeChannel = (id: string): Promise<Answer<undefined>> =>
  request('DELETE', `/api/v1/channels/${encodeURIComponent(id)}`);
export const rotateSecret = (id: string, secret: ChannelSecret): Promise<Answer<{ secret: string }>> =>
  request('POST', `/api/v1/channels/${encodeURIComponent(id)}/secrets`, { body: { secret } });
export const readActivity = (id: string): Promise<Answer<ChannelActivity>> =>
  request('GET', `/api/v1/channels/${encodeURIComponent(id)}/activity`);

export const listTeammates = (): Promise<Answer<{ items: Teammate[] }>> => request('GET', '/api/v1/teammates');
export const addTeammate = (body: {
  name: string;
  email: string;
  password: string;
  role: Role;
}): Promise<Answer<Teammate>> => request('POST', '/api/v1/teammates', { body });

export const changeTeammate = (id: string, role: Role): Promise<Answer<Teammate>> =>
  request('PATCH', `/api/v1/teammates/${encodeURIComponent(id)}`, { body: { role } });
export const removeTeammate = (id: string): Promise<Answer<undefined>> =>
  request('DELETE', `/api/v1/teammates/${encodeURIComponent(id)}`);

export const listApiKeys = (): Promise<Answer<{ items: ApiKeyEntry[] }>> => request('GET', '/api/v1/api-keys');
export const createApiKey = (body: {
  name: string;
  teammateId: string;
}): Promise<Answer<{ id: string; key: string }>> => request('POST', '/api/v1/api-keys', { body });
export const revokeApiKey = (id: string): Promise<Answer<undefined>> =>
  request('DELETE', `/api/v1/api-keys/${encodeURIComponent(id)}`);
