/** Words that Mermaid reads as its own where it expects the name of a state. */
const RESERVED = new Set([
  'as',
  'class',
  'classDef',
  'click',
  'default',
  'direction',
  'end',
  'hide',
  'href',
  'note',
  'scale',
  'state',
  'stateDiagram',
  'style',
  'BT',
  'LR',
  'RL',
  'TB',
  'fork',
  'join',
  'choice',
]);

/** A name for each state that Mermaid can read, different for different states. */
export function mermaidIds(paths: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  for (const path of paths) {
    const plain = path.replaceAll(/[^A-Za-z0-9_]/g, '_');
    const start = RESERVED.has(plain) || !/^[A-Za-z]/.test(plain) ? `s_${plain}` : plain;
    let id = start;
    for (let number = 2; taken.has(id); number += 1) id = `${start}_${number}`;
    taken.add(id);
    ids.set(path, id);
  }
  return ids;
}

/** Characters with a meaning inside a label become entities; a line break becomes a space. */
export function escapeLabel(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[#;:"<>\\%{}&`]/g, (sign) => `#${sign.codePointAt(0)};`);
}
