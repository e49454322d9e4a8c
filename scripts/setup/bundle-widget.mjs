// Runs on Baton's own Node, after installation.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CHAT_WIDGET } from './places.mjs';
import { widgetBundle } from './widget-bundle.mjs';

await mkdir(dirname(CHAT_WIDGET), { recursive: true });
await writeFile(CHAT_WIDGET, await widgetBundle());
