import { loadSnapshot, type Facts, type Handover } from '@baton/conversation';
import type { Message, ReplyRequest } from '@baton/protocol';
import type { ReplyJob, Store } from '../store.ts';

/** Messages in a transcript. More are read, since notes and unsent ones are left out. */
const TRANSCRIPT_LIMIT = 50;
const READ_LIMIT = 200;

/** What the agent backend is given; null if the turn is over already. */
export async function buildReplyRequest(store: Store, { key, turn }: ReplyJob): Promise<ReplyRequest | null> {
  const [stored] = await store.load([key]);
  if (!stored || stored.quarantined) return null;
  const { context } = loadSnapshot(stored.snapshot);
  if (context.generation?.turn !== turn) return null;
  const messages = await store.transcript(key, READ_LIMIT);
  const waiting = new Set(context.generation.covers.map(({ seq }) => seq));
  return {
    conversationId: key.conversationId,
    turn,
    waiting: messages.filter(({ seq }) => waiting.has(seq)),
    transcript: messages.filter(isPartOfTalk).slice(-TRANSCRIPT_LIMIT),
    facts: factsInWords(context),
  };
}

/** What customer and business have said to each other: never the team's notes, nothing that did not go out. */
function isPartOfTalk({ note, delivery }: Message): boolean {
  return !note && delivery !== 'queued' && delivery !== 'withheld' && delivery !== 'failed';
}

/** Takeovers, hand-backs and what was asked on handing back (TURN-11). */
function factsInWords({ handovers, instruction }: Pick<Facts, 'handovers' | 'instruction'>): string[] {
  const words = handovers.map(inWords);
  const isTold = handovers.some((handover) => handover.instruction === instruction);
  return instruction === null || isTold ? words : [...words, `The team asks you: ${instruction}`];
}

function inWords({ kind, by, at, instruction }: Handover): string {
  const who = by === '' ? 'A person of the business' : by;
  const when = new Date(at).toISOString();
  if (kind === 'tookOver') return `${who} took over this conversation from you at ${when}.`;
  const back = `${who} handed this conversation back to you at ${when}`;
  return instruction === null ? `${back}.` : `${back} and asks you: ${instruction}`;
}
