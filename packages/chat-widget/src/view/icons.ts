const SVG = 'http://www.w3.org/2000/svg';

/** Paths of Lucide's icons (ISC licence), 24 × 24. */
const PATHS = {
  chat: ['M7.9 20A9 9 0 1 0 4 16.1L2 22Z'],
  close: ['M18 6 6 18', 'm6 6 12 12'],
  down: ['m6 9 6 6 6-6'],
  send: [
    'M3.714 3.048a.498.498 0 0 0-.683.627l2.843 7.627a2 2 0 0 1 0 1.396l-2.842 7.627a.498.498 0 0 0 .682.627l18-8.5a.5.5 0 0 0 0-.904z',
    'M6 12h16',
  ],
  bot: ['M12 8V4H8', 'M4 8h16v12H4Z', 'M2 14h2', 'M20 14h2', 'M15 13v2', 'M9 13v2'],
  person: ['M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2', 'M12 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8Z'],
  clock: ['M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20Z', 'M12 6v6l4 2'],
} as const;

export function icon(name: keyof typeof PATHS): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = {
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '2',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  for (const d of PATHS[name]) svg.appendChild(document.createElementNS(SVG, 'path')).setAttribute('d', d);
  return svg;
}
