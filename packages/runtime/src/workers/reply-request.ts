import type { Facts, Handover } from '@baton/conversation';
import type { Message, ReplyRequest } from '@baton/protocol';
import { readSnapshot } from '../actor/read-snapshot.ts';
import type { ReplyJob, Store, StoredConversation } from '../ports/store.ts';

/** Messages in a transcript. More are read, since notes and unsent ones are left out. */
const TRANSCRIPT_LIMIT = 50;
const READ_LIMIT = 200;

/** What a reply is made of, as it is stored. */
export interface Ground {
  stored: StoredConversation | null;
  messages: Message[];
}

/** Of many generations at once. What a generation covers was said before it began: the two may be read side by side. */
export async function readGrounds(store: Store, jobs: ReplyJob[]): Promise<Ground[]> {
  const keys = jobs.map(({ key }) => key);
  const [stored, transcripts] = await Promise.all([store.load(keys), store.readTranscripts(keys, READ_LIMIT)]);
  return keys.map((_, index) => ({ stored: stored[index] ?? null, messages: transcripts[index] ?? [] }));
}

/** What the agent backend is given; null if the turn is over already. */
export function toReplyRequest({ key, turn }: ReplyJob, { stored, messages }: Ground): ReplyRequest | null {
  if (!stored || stored.quarantined) return null;
  const { context } = readSnapshot(stored);
  if (context.generation?.turn !== turn) return null;
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
