// The source of /widget.js.
import { defineBatonChat } from './index.ts';

const script = document.currentScript;
defineBatonChat(script instanceof HTMLScriptElement && script.src !== '' ? new URL(script.src).origin : undefined);
