import type { Facts, Handover } from '@baton/conversation';
import type { Message, ReplyRequest } from '@baton/protocol';
import { readSnapshot } from '../actor/actor-loader.ts';
import type { ReplyJob, Store, StoredConversation } from '../ports/store.ts';

/** Messages in a transcript. More are read, because notes and unsent messages are left out. */
const TRANSCRIPT_LIMIT = 50;
const READ_LIMIT = 200;

/** The stored data from which a reply is generated. */
export interface ReplyContext {
  stored: StoredConversation | null;
  messages: Message[];
}

/** Reads both parts in parallel: the messages that a generation covers are older than the generation. */
export async function readReplyContexts(store: Store, jobs: ReplyJob[]): Promise<ReplyContext[]> {
  const keys = jobs.map(({ key }) => key);
  const [stored, transcripts] = await Promise.all([store.load(keys), store.readTranscripts(keys, READ_LIMIT)]);
  return keys.map((_, index) => ({ stored: stored[index] ?? null, messages: transcripts[index] ?? [] }));
}

/** The request to the agent backend; null if the turn is over. */
export function toReplyRequest({ key, turn }: ReplyJob, { stored, messages }: ReplyContext): ReplyRequest | null {
  if (!stored || stored.quarantined) return null;
  const { context } = readSnapshot(stored);
  if (context.generation?.turn !== turn) return null;
  const waiting = new Set(context.generation.covers.map(({ seq }) => seq));
  return {
    conversationId: key.conversationId,
    turn,
    waiting: messages.filter(({ seq }) => waiting.has(seq)),
    transcript: messages.filter(isPartOfTranscript).slice(-TRANSCRIPT_LIMIT),
    facts: toSentences(context),
  };
}

/** Leaves out the team's notes and unsent messages. */
function isPartOfTranscript({ note, delivery }: Message): boolean {
  return !note && delivery !== 'queued' && delivery !== 'withheld' && delivery !== 'failed';
}

/** Takeovers, hand-backs and the current instruction as sentences (TURN-11). */
function toSentences({ handovers, instruction }: Pick<Facts, 'handovers' | 'instruction'>): string[] {
  const sentences = handovers.map(toSentence);
  const isTold = handovers.some((handover) => handover.instruction === instruction);
  return instruction === null || isTold ? sentences : [...sentences, `The team asks you: ${instruction}`];
}

function toSentence({ kind, by, at, instruction }: Handover): string {
  const person = by === '' ? 'A person of the business' : by;
  const time = new Date(at).toISOString();
  if (kind === 'tookOver') return `${person} took over this conversation from you at ${time}.`;
  const back = `${person} handed this conversation back to you at ${time}`;
  return instruction === null ? `${back}.` : `${back} and asks you: ${instruction}`;
}
