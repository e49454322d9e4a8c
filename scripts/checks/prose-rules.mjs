/** The most of each fault that the check lets pass. They only ever go down. */
export const limits = { headlessShare: 0.105, longTitles: 78, retired: 2_000 };

/** A longer title is a paragraph: it says two things, or explains itself. */
export const MAX_TITLE_WORDS = 18;

/** Words that meant three things, or were a metaphor: what to write instead. The pattern is looked for in code and prose. */
export const retired = [
  [/\b(Letter|letters|lettersPerConversation)\b/, 'QueuedCommand, commands'],
  [/\bApplier\b/, 'CommandProcessor'],
  [/\bSpacing\b|\bmayLeave\b/, 'CommitPacer, canFlush'],
  [/\bLetGo\b|\bOvertaken\b|\bgroundGone\b/, 'GenerationCancelled, GenerationSuperseded, replyInvalidated'],
  [/\binsist\(/, 'dispatchWithRetry('],
  [/\bMOST_[A-Z_]+\b/, 'MAX_…'],
  [/\bLONGEST_[A-Z_]+\b/, 'MAX_…'],
  [/\bstirs\b/, 'has_pending_work'],
  [/\b[Ss]tranded\b/, 'withheld'],
  [/\b[Pp]arked\b/, 'deferred'],
  [/\bKnocking\b|\bat the door\b|\b[a-z]+Doors?\b|\bDoor\b/, 'admission, InboundChannel, a public route'],
  [/\bNodeTalk\b|\btalk\.tell\b/, 'ClusterBus, bus.publish'],
  [/\bNeighbours?\b|\bchangedThere\b/, 'RemoteNodes, applyRemoteChange'],
  [/\bPresenceB(?:ook|oard)\b/, 'PresenceRegistry'],
  [/\bEndings\b|\bexitAtTheLatest\b/, 'ShutdownHooks, forceExitAfter'],
  [/\b(?:start)?[Cc]hores\b/, 'housekeeping'],
  [
    /\blendConversation\b|\btakeBack\b|\bActionDesk\b|\bheed\(/,
    'registerConversation, unregister, ActionTarget, noteFailure',
  ],
  [/\bfindWayOut\b|\bway out\b/, 'findOutboundChannel, a route'],
  [/\b[Tt]rouble\b/, 'failure, incident'],
  [/\b[Rr]efusals?\b/, 'rejection, problem'],
  [/\bin vain\b|\bVainSection\b/, 'needs a teammate'],
  [/\b[Ww]hispers?\b/, 'instruction'],
  [/\bset aside\b/, 'quarantined; on screen: on hold after an error'],
  [/\bof strangers\b|\bstrangers'/, 'untrusted'],
];
