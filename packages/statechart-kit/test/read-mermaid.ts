interface Drawn {
  states: { id: string; label: string; block: string }[];
  edges: { source: string; target: string; label: string; block: string }[];
}

const LABEL = String.raw`((?:[^;:"#%<>{}\\&\x60\n]|#\d+;)*)`;
const STATE = new RegExp(String.raw`^state "${LABEL}" as (\w+)( \{)?$`);
const EDGE = new RegExp(String.raw`^(\w+) --> (\w+): ${LABEL}$`);
const OTHER = [
  /^\[\*\] --> \w+$/,
  /^\w+ --> \[\*\]$/,
  /^direction (LR|TB)$/,
  /^--$/,
  /^classDef \w+ [\w:#,-]+$/,
  /^class [\w,]+ \w+$/,
];

/** Reads the part of Mermaid's state diagrams that we write, strictly. @throws at the first line that is not of it */
export function readMermaid(text: string): Drawn {
  const [head, ...lines] = text.trimEnd().split('\n');
  if (head !== 'stateDiagram-v2') throw new Error(`not a state diagram: ${head}`);
  const drawn: Drawn = { states: [], edges: [] };
  const blocks = [''];
  for (const line of lines.map((it) => it.trim())) {
    const block = blocks.at(-1)!;
    const [, label = '', id, opens] = STATE.exec(line) ?? [];
    const [, source, target, words = ''] = EDGE.exec(line) ?? [];
    if (id !== undefined) drawn.states.push({ id, label, block });
    else if (source !== undefined && target !== undefined) drawn.edges.push({ source, target, label: words, block });
    else if (line === '}' && blocks.length > 1) blocks.pop();
    else if (!OTHER.some((form) => form.test(line))) throw new Error(`Mermaid would not read: ${line}`);
    if (opens !== undefined) blocks.push(id!);
  }
  if (blocks.length > 1) throw new Error(`${blocks.at(-1)} is not closed`);
  return drawn;
}
