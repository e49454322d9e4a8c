import type { Speaker } from './chat.ts';

export interface Words {
  title: string;
  hello: string;
  log: string;
  today: string;
  you: string;
  agent: string;
  agentKind: string;
  team: string;
  name: string;
  write: string;
  send: string;
  waiting: string;
  refused: string;
  discard: string;
  tooLong: (over: number) => string;
  left: (left: number) => string;
  connecting: string;
  lost: string;
  ended: string;
  missing: string;
  startAnew: string;
  newMessages: string;
  open: (unread: number) => string;
  close: string;
  typing: (names: readonly string[]) => string;
}

const en: Words = {
  title: 'Chat with us',
  hello: 'Hello! How can we help?',
  log: 'Messages',
  today: 'Today',
  you: 'You',
  agent: 'Agent',
  agentKind: 'AI agent',
  team: 'Team',
  name: 'Your name (optional)',
  write: 'Write a message',
  send: 'Send',
  waiting: 'Waiting to be sent',
  refused: 'This could not be sent',
  discard: 'Discard',
  tooLong: (over) => `Too long by ${over} ${over === 1 ? 'character' : 'characters'}`,
  left: (left) => `${left} ${left === 1 ? 'character' : 'characters'} left`,
  connecting: 'Connecting…',
  lost: 'No connection. Your messages will wait.',
  ended: 'This chat has ended.',
  missing: 'This chat is not available.',
  startAnew: 'Start a new chat',
  newMessages: 'New messages',
  open: (unread) =>
    unread === 0 ? 'Open chat' : `Open chat, ${unread} unread ${unread === 1 ? 'message' : 'messages'}`,
  close: 'Close chat',
  typing: (names) => `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} typing…`,
};

const es: Words = {
  title: 'Chatea con nosotros',
  hello: '¡Hola! ¿En qué podemos ayudarte?',
  log: 'Mensajes',
  today: 'Hoy',
  you: 'Tú',
  agent: 'Agente',
  agentKind: 'Agente de IA',
  team: 'Equipo',
  name: 'Tu nombre (opcional)',
  write: 'Escribe un mensaje',
  send: 'Enviar',
  waiting: 'Pendiente de envío',
  refused: 'No se pudo enviar',
  discard: 'Descartar',
  tooLong: (over) => `Sobran ${over} ${over === 1 ? 'carácter' : 'caracteres'}`,
  left: (left) => `Quedan ${left} ${left === 1 ? 'carácter' : 'caracteres'}`,
  connecting: 'Conectando…',
  lost: 'Sin conexión. Tus mensajes esperarán.',
  ended: 'Este chat ha terminado.',
  missing: 'Este chat no está disponible.',
  startAnew: 'Iniciar un chat nuevo',
  newMessages: 'Mensajes nuevos',
  open: (unread) =>
    unread === 0 ? 'Abrir el chat' : `Abrir el chat, ${unread} ${unread === 1 ? 'mensaje' : 'mensajes'} sin leer`,
  close: 'Cerrar el chat',
  typing: (names) => `${names.join(', ')} ${names.length === 1 ? 'está escribiendo' : 'están escribiendo'}…`,
};

/** @param language a BCP 47 tag, such as the page's `lang`; other languages get English */
export function wordsOf(language: string): Words {
  return /^es\b/i.test(language) ? es : en;
}

export function speakerName({ kind, name }: Speaker, words: Words): string {
  if (kind === 'customer') return words.you;
  if (name !== '') return name;
  return kind === 'agent' ? words.agent : words.team;
}
