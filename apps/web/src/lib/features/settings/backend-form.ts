import type { Agent, AgentBackend } from '@baton/protocol';

/** A backend as it stands in a form: all text. */
export interface BackendForm {
  kind: AgentBackend['kind'];
  url: string;
  secret: string;
  timeoutSeconds: string;
}

export const EMPTY_BACKEND: BackendForm = { kind: 'faq', url: '', secret: '', timeoutSeconds: '' };

/** Secrets never come back from the server: an empty field keeps the one there is. */
export function backendFormOf({ backend }: Agent): BackendForm {
  const { url, timeoutSeconds } = backend;
  return {
    kind: backend.kind,
    url: typeof url === 'string' ? url : '',
    secret: '',
    timeoutSeconds: typeof timeoutSeconds === 'number' ? String(timeoutSeconds) : '',
  };
}

export function hasSecret({ backend }: Agent): boolean {
  return backend['hasSecret'] === true;
}

/** What is sent. Fields that make no sense are left for the server to refuse by name. */
export function backendOf(form: BackendForm): AgentBackend {
  if (form.kind === 'faq') return { kind: 'faq' };
  return {
    kind: 'webhook',
    url: form.url.trim(),
    ...(form.secret === '' ? {} : { secret: form.secret }),
    ...(form.timeoutSeconds.trim() === '' ? {} : { timeoutSeconds: Number(form.timeoutSeconds) }),
  };
}
