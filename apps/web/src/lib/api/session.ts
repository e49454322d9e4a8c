import type { Answer } from '@baton/client';
import { api } from './client.ts';

// These routes belong to better-auth, so the OpenAPI document does not have them.

export const signIn = (email: string, password: string): Promise<Answer<unknown>> =>
  api.request('POST', '/api/auth/sign-in/email', { body: { email, password } });

export const signOut = (): Promise<Answer<unknown>> => api.request('POST', '/api/auth/sign-out', { body: {} });

export const changePassword = (body: { currentPassword: string; newPassword: string }): Promise<Answer<unknown>> =>
  api.request('POST', '/api/auth/change-password', { body });

export const endOtherSessions = (): Promise<Answer<unknown>> =>
  api.request('POST', '/api/auth/revoke-other-sessions', { body: {} });
