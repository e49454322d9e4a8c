import type { Person } from '@baton/protocol';
import type { ConversationKey, Outcome } from '@baton/runtime';
import type { Dispatcher, IntakePort, TypingPort } from '../deps.ts';

export interface DemoCast {
  workspaceId: string;
  webchatId: string;
  httpId: string;
  ada: Person;
  ben: Person;
  cleo: Person;
}

export interface DemoParts {
  runtime: Dispatcher;
  intake: Pick<IntakePort, 'openConversation'>;
  typing: TypingPort;
}

/** Live conversations in all four states, brought about as in real life: by what customers and teammates do. */
export async function playDemo(parts: DemoParts, cast: DemoCast): Promise<{ writtenByCleo: ConversationKey }> {
  const { ada, ben, cleo } = cast;

  // The agent answers this one while you watch.
  const maya = await meet(parts, cast, 'Maya Lindqvist');
  await maya.says('Hi! Do you ship to Norway, and what would it cost?');

  // Ada has taken over: the agent stays silent until she hands back.
  const priya = await meet(parts, cast, 'Priya Nair');
  await priya.says('My parcel arrived with a torn bag, half of the coffee is in the box 😕');
  await priya.isTakenOverBy(ada);
  await priya.getsNote(cleo, 'Same carrier as the three parcels of last week. I have opened a claim with them.');
  await priya.isAnsweredBy(ada, "I'm sorry, that is not how it should reach you. A new bag leaves today, at no cost.");
  await priya.says('That was quick, thank you!');

  // The agent asks for a person.
  const aiko = await meet(parts, cast, 'Aiko Tanaka');
  await aiko.says("Hello, I'd like to talk to a person about a wedding order, please.");

  // Done.
  const liam = await meet(parts, cast, 'Liam Byrne', cast.httpId);
  await liam.isTakenOverBy(ben);
  await liam.says('Do you grind for Turkish coffee too?');
  await liam.getsNote(ben, 'Answered on the phone: yes, on the small mill.');
  await liam.isHandedBackBy(ben);
  await liam.isClosedBy(ben);

  // Cleo is writing: the agent waits for her.
  const jonas = await meet(parts, cast, 'Jonas Weber');
  await parts.typing.beat(jonas.key, cleo, DEMO_CREDENTIAL);
  await jonas.says('Which grind do I need for a moka pot?');

  // Ben has just answered: the human priority window runs, and then the agent answers the rest.
  const tomas = await meet(parts, cast, 'Tomás Rivera');
  await tomas.says('Can I pause my subscription while I am away in August?');
  await tomas.isAnsweredBy(ben, 'Of course, I have paused it for you until 1 September.');
  await tomas.says('Great, thanks! Does the price stay the same when I pause?');

  return { writtenByCleo: jonas.key };
}

/** The one that leases of the demo belong to: nobody signs in with it. */
export const DEMO_CREDENTIAL = 'demo';

async function meet({ runtime, intake }: DemoParts, cast: DemoCast, name: string, channelId = cast.webchatId) {
  const externalId = `demo-${name.toLowerCase().replaceAll(' ', '-')}`;
  const key = await intake.openConversation({
    workspaceId: cast.workspaceId,
    channelId,
    customer: { externalId, name },
  });
  let count = 0;
  const nextId = () => `${externalId}-${++count}`;
  const send = async (by: Person, text: string, note: boolean) =>
    succeed(
      await runtime.dispatch(key, {
        type: 'send',
        by,
        text,
        note,
        clientMessageId: nextId(),
        lastSeenSeq: null,
        force: !note,
      }),
    );
  const setReplies = async (by: Person, enabled: boolean) =>
    succeed(await runtime.dispatch(key, { type: 'setAgentReplies', by, enabled, instruction: null, assign: !enabled }));

  return {
    key,
    says: async (text: string) =>
      succeed(
        await runtime.dispatch(key, {
          type: 'receive',
          from: 'customer',
          text,
          externalId: null,
          clientMessageId: nextId(),
          sentAt: null,
          automated: false,
          imported: false,
        }),
      ),
    isAnsweredBy: (by: Person, text: string) => send(by, text, false),
    getsNote: (by: Person, text: string) => send(by, text, true),
    isTakenOverBy: (by: Person) => setReplies(by, false),
    isHandedBackBy: (by: Person) => setReplies(by, true),
    isClosedBy: async (by: Person) => succeed(await runtime.dispatch(key, { type: 'close', by })),
  };
}

function succeed(outcome: Outcome): void {
  if (!outcome.ok) throw new Error(`the demo met ${outcome.code}: ${outcome.detail ?? ''}`);
}
