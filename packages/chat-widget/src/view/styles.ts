// A constructed style sheet works under policies that forbid inline styles. The host has no box, and its content starts
// at `initial`, so a page's rules for `*` or `button` stay out. Custom properties come through: a page can set
// --baton-accent and --baton-on-accent.
const CSS = `
:host { display: contents !important; }
:host([mode=page]) { display: block !important; height: 100%; }
.launcher, .panel {
  all: initial;
  color-scheme: light dark;
  --accent: var(--baton-accent, #2f4bc7); --on-accent: var(--baton-on-accent, #fff);
  --canvas: #f6f6f8; --surface: #fff; --sunken: #eeeef2; --line: #dfdfe6; --edge: #868b98;
  --ink: #17181c; --quiet: #565a66; --agent: #7a1fa8; --human: #7c3a06; --bad: #b01030;
  font: 15px/1.45 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
  color: var(--ink);
}
@media (prefers-color-scheme: dark) {
  .launcher, .panel {
    --accent: var(--baton-accent, #9db4fc); --on-accent: var(--baton-on-accent, #0f1730);
    --canvas: #0f1014; --surface: #17191f; --sunken: #1f222a; --line: #2d313b; --edge: #767c8c;
    --ink: #ecedf2; --quiet: #a4a8b5; --agent: #e0b0f8; --human: #fbd28a; --bad: #fb93a5;
  }
}
:host([hidden]), [hidden] { display: none !important; }
*, .launcher, .panel { box-sizing: border-box; margin: 0; }
button, input, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
svg { width: 1.25em; height: 1.25em; flex: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.launcher {
  position: fixed; z-index: 2147483000; inset-block-end: 20px; inset-inline-end: 20px;
  width: 56px; height: 56px; padding: 0; cursor: pointer; border: 1px solid transparent; border-radius: 50%;
  display: grid; place-items: center; background: var(--accent); color: var(--on-accent);
  box-shadow: 0 6px 20px rgb(0 0 0 / .22);
}
.launcher svg { width: 26px; height: 26px; grid-area: 1 / 1; }
.launcher[aria-expanded=false] svg + svg, .launcher[aria-expanded=true] svg:first-child { display: none; }
.badge {
  position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-width: 22px; height: 22px; padding: 0 6px;
  border: 2px solid var(--surface); border-radius: 11px; background: #b01030; color: #fff; font-size: 12px;
  font-weight: 650; line-height: 18px; text-align: center; font-variant-numeric: tabular-nums;
}

.panel { display: flex; flex-direction: column; background: var(--canvas); overflow: hidden; }
section.panel {
  position: fixed; z-index: 2147483000; inset-block-end: 90px; inset-inline-end: 20px; width: 384px;
  height: min(640px, 100dvh - 110px); border: 1px solid var(--line); border-radius: 16px;
  box-shadow: 0 16px 48px rgb(0 0 0 / .26); animation: appear .14s ease-out;
}
@keyframes appear { from { opacity: 0; transform: translateY(8px); } }
main.panel { max-width: 544px; height: 100%; margin: 0 auto; }
@media (min-width: 545px) { main.panel { border-inline: 1px solid var(--line); } }

header {
  display: flex; align-items: center; gap: 8px; padding: 12px 8px 12px 16px; background: var(--surface);
  border-block-end: 1px solid var(--line);
}
:host(:dir(rtl)) header { padding: 12px 16px 12px 8px; }
.heading { flex: 1; min-width: 0; min-height: 41px; display: flex; flex-direction: column; justify-content: center; }
h1 { font-size: 16px; font-weight: 650; line-height: 1.3; letter-spacing: -.01em; }
.notice { font-size: 13px; color: var(--quiet); }
.notice:empty { display: none; }
.close {
  width: 36px; height: 36px; padding: 0; border: 0; border-radius: 8px; background: none; color: var(--quiet);
  display: grid; place-items: center;
}
.close:hover { background: var(--sunken); color: var(--ink); }

.log-frame { position: relative; flex: 1; min-height: 0; display: flex; }
.log { flex: 1; min-width: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px; outline-offset: -3px; }
.rows { display: flex; flex-direction: column; gap: 4px; }
.hello { margin-block-end: 12px; color: var(--quiet); text-align: center; }
.day { margin-block: 12px 4px; text-align: center; font-size: 12px; color: var(--quiet); }
.speaker {
  display: flex; align-items: center; gap: 6px; max-width: 100%; margin-block: 10px 2px; padding-inline: 2px;
  font-size: 12.5px; color: var(--quiet);
}
.speaker svg { width: 15px; height: 15px; }
.speaker.own { justify-content: flex-end; }
.speaker .name { font-weight: 600; color: var(--ink); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.speaker time { flex: none; font-variant-numeric: tabular-nums; }
.speaker.agent svg, .kind { color: var(--agent); }
.speaker.teammate svg, .speaker.external svg { color: var(--human); }
.kind { flex: none; }
.row { display: flex; flex-direction: column; align-items: flex-start; }
.row.own { align-items: flex-end; }
.row:not(.own) + .row.own { margin-block-start: 8px; }
.bubble {
  max-width: 85%; padding: 8px 13px; border: 1px solid var(--line); border-radius: 16px; background: var(--surface);
  white-space: pre-wrap; overflow-wrap: anywhere;
}
.own .bubble { border-color: transparent; background: var(--accent); color: var(--on-accent); }
.waiting .bubble, .refused .bubble { border: 1px dashed var(--edge); background: var(--sunken); color: var(--ink); }
.state { display: flex; align-items: center; gap: 4px; padding: 2px 2px 4px; font-size: 12.5px; color: var(--quiet); }
.state svg { width: 13px; height: 13px; }
.bad { color: var(--bad); }
.link {
  min-height: 24px; padding: 0 4px; border: 0; background: none; color: inherit; font-weight: 600;
  text-decoration: underline; text-underline-offset: 2px;
}
.to-end {
  position: absolute; inset-block-end: 8px; left: 50%; transform: translateX(-50%); display: flex; align-items: center;
  gap: 4px; padding: 5px 12px; border: 1px solid var(--line); border-radius: 16px; background: var(--surface);
  font-size: 13px; font-weight: 600; box-shadow: 0 2px 10px rgb(0 0 0 / .16);
}
.typing { min-height: 24px; padding: 0 18px 4px; font-size: 13px; color: var(--quiet); overflow-wrap: anywhere; }

.composer, .end { padding: 12px; background: var(--surface); border-block-start: 1px solid var(--line); }
.composer { padding-block-end: max(12px, env(safe-area-inset-bottom)); }
.line { display: flex; align-items: flex-end; gap: 8px; }
input, textarea {
  display: block; width: 100%; padding: 8px 12px; border: 1px solid var(--edge); border-radius: 12px;
  background: var(--surface); font-size: 16px; line-height: 1.4;
}
input { margin-block-end: 8px; }
input:focus-visible, textarea:focus-visible { outline-offset: -1px; }
textarea { min-height: 42px; max-height: 160px; resize: none; field-sizing: content; }
textarea[aria-invalid=true] { border-color: var(--bad); }
::placeholder { color: var(--quiet); opacity: 1; }
.send {
  flex: none; width: 42px; height: 42px; padding: 0; border: 1px solid transparent; border-radius: 12px;
  display: grid; place-items: center; background: var(--accent); color: var(--on-accent);
}
.send:disabled { background: var(--sunken); color: var(--quiet); cursor: default; }
:host(:dir(rtl)) .send svg { transform: scaleX(-1); }
.room { padding: 4px 2px 0; font-size: 12.5px; color: var(--quiet); }
.room:empty { display: none; }
textarea[aria-invalid=true] ~ *, .line:has([aria-invalid=true]) + .room { color: var(--bad); }
.end { text-align: center; }
.plain {
  margin-block-start: 8px; padding: 8px 16px; border: 1px solid var(--edge); border-radius: 10px; font-weight: 600;
  background: var(--surface);
}
.plain:hover, .to-end:hover { background: var(--sunken); }

@media (max-width: 479.98px) {
  .panel, section.panel {
    position: fixed; inset: var(--seen-top, 0) 0 auto; width: auto; height: var(--seen-height, 100dvh); border: 0;
    border-radius: 0;
  }
  .launcher[aria-expanded=true] { display: none; }
}
@media (prefers-reduced-motion: reduce) { section.panel { animation: none; } }
@media (forced-colors: active) { .launcher, .send, .bubble, .own .bubble { border-color: CanvasText; } }
`;

let sheet: CSSStyleSheet | null = null;

/** One sheet for all chats of a page. */
export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
