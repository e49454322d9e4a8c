import type { DemoAccount, Me } from '@baton/protocol';
import { request } from './request.ts';
import type { Answer } from './request.ts';

export const readMe = (): Promise<Answer<Me>> => request('GET', '/api/v1/me');

export const changeName = (name: string): Promise<Answer<Me>> => request('PATCH', '/api/v1/me', { body: { name } });
export const changePassword = (body: { currentPassword: string; newPassword: string }): Promise<Answer<unknown>> =>
  request('POST', '/api/auth/change-password', { body });
export const endOtherSessions = (): Promise<Answer<unknown>> =>
  request('POST', '/api/auth/revoke-other-sessions', { body: {} });

export const signIn = (email: string, password: string): Promise<Answer<unknown>> =>
  request('POST', '/api/auth/sign-in/email', { body: { email, password } });

export const signOut = (): Promise<Answer<unknown>> => request('POST', '/api/auth/sign-out', { body: {} });

export interface SetupState {
  needed: boolean;
  demoAccounts?: DemoAccount[];
}
export const readSetup = (): Promise<Answer<SetupState>> => request('GET', '/api/v1/setup');

export interface SetUp {
  token: string;
  workspaceName: string;
  name: string;
  email: string;
  password: string;
}
export const setUpWorkspace = (body: SetUp): Promise<Answer<unknown>> => request('POST', '/api/v1/setup', { body });
