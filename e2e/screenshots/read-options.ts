import { SCHEMES, WIDTHS, type Scheme, type Width } from './take-screenshots.ts';
import { LANGUAGES, type Language } from './texts.ts';

/** The options of the command line. A missing option means everything. */
export interface Options {
  /** Parts of scenes' names. */
  names: readonly string[];
  languages: readonly Language[];
  widths: readonly Width[];
  schemes: readonly Scheme[];
}

const USAGE =
  'npm run screenshots [-- NAME… --lang=en|es --width=1440|1024|390|320 --scheme=light|dark]\nNAME: part of the name of a scene';

/** @throws with the usage */
export function readOptions(args: readonly string[]): Options {
  const only = <T extends string>(option: string, all: readonly T[]): readonly T[] => {
    const wanted = args.find((arg) => arg.startsWith(`--${option}=`))?.split('=')[1];
    const found = all.filter((one) => wanted === undefined || one === wanted);
    if (found.length === 0) throw new Error(USAGE);
    return found;
  };
  const widths = new Map(WIDTHS.map((width) => [String(width), width]));
  return {
    names: args.filter((arg) => !arg.startsWith('--')),
    languages: only('lang', LANGUAGES),
    widths: only('width', [...widths.keys()]).flatMap((width) => widths.get(width) ?? []),
    schemes: only('scheme', SCHEMES),
  };
}
