import type { Asking } from './asking.ts';

/** Words that may stand before the person: "one of your actual support agents". */
const FILL =
  '(?:(?:a|an|the|your|some|any|another|one|of|real|live|actual|proper|different|human|customer|sales|support|service|care|member|from|team) ){0,6}';
/** Clear only after "talk to" and the like. */
const ANYBODY =
  '(?:humans?|humanbeing|being|persons?|people|someone|somebody|anyone|anybody|agents?|representatives?|reps?|operators?|managers?|supervisors?|advisors?|advisers?|staff|support|service|care|team|teammates?|colleagues?|employees?|boss)';
/** Clear even without "talk to". */
const PERSON = '(?:human|human being|person|agent|representative|rep|operator|supervisor|manager|advisor|adviser)';
const END =
  '(?:$|please|now|right now|asap|instead|here|on the|to help|to talk|to speak|to assist|who|and not|not a|rather)';
const MACHINE = '(?:bots?|robots?|chatbots?|machines?|ai|computers?|automated)';

export const ENGLISH: Asking = {
  patterns: [
    new RegExp(` (?:speak|talk|chat) (?:directly )?(?:to|with) ${FILL}${ANYBODY} `),
    new RegExp(` (?:prefer|like|want|mind|try) (?:speaking|talking|chatting) (?:to|with) ${FILL}${ANYBODY} `),
    new RegExp(
      ` (?:connect|transfer|put|pass|redirect|switch|forward|hand|escalate|route) (?:(?:me|us|this|it|over|through|on) ){0,3}(?:to|with) ${FILL}${ANYBODY} `,
    ),
    new RegExp(
      ` (?:want|need|like|get|give|find|prefer|have|require|request|send) (?:me |us |to have )?${FILL}${PERSON} ${END}`,
    ),
    new RegExp(`^ (?:please |just )?${FILL}${PERSON} (?:(?:please|now|asap|${PERSON}) )*$`),
    /^ (?:please )?(?:human|live|real) (?:help|chat|support|assistance|agent) (?:please )?$/,
    / (?:human|person|someone|somebody|anyone|anybody) (?:there|around|i can (?:talk|speak|chat)|to (?:talk|speak|chat)) /,
    / (?:someone|somebody|anyone|anybody|a person|a human|an agent) (?:please )?(?:call|phone|ring|contact|get back to) me /,
    new RegExp(
      ` (?:dont|do not|not|stop|tired of|sick of|hate) (?:(?:want|wanna|like|to) ){0,3}(?:talk|speak|chat|deal)(?:ing)? (?:to|with) (?:(?:a|an|the|this|your|stupid|some) ){0,2}${MACHINE} `,
    ),
    / (?:dont|do not) (?:want|like) (?:(?:a|an|the|this|your|stupid) ){0,2}(?:bots?|robots?|chatbots?) $/,
  ],
  negation:
    / (?:(?:dont|do not|didnt|did not|wont|no|not|never) (?:want|need|like|have|wish|trying|asking)? ?(?:to )?|without |rather not |do i (?:have|need) to |should i |must i )$/,
};
