import {
  DEFAULT_LAYER,
  DEFAULT_RUN,
  frozenSchema,
  MOST_FROZEN,
  runSchema,
  type RunSettings,
} from './settings.ts';

type Plain = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, string | number | boolean | object | undefined>>;

/**
 * Writes settings as the parameters of a link, without those equal to `base`. Frozen layers are
 * `1.size`, `2.rate`, …
 */
export function toLink(settings: RunSettings, base: RunSettings = DEFAULT_RUN): URLSearchParams {
  const parameters = new URLSearchParams();
  const write = (prefix: string, values: Values, defaults: Values): void => {
    for (const [name, value] of Object.entries(values)) {
      if (typeof value !== 'object' && value !== defaults[name])
        parameters.set(prefix + name, String(value));
    }
  };
  write('', settings, base);
  settings.frozen.forEach((layer, i) =>
    write(`${i + 1}.`, layer, { ...DEFAULT_LAYER, steps: undefined }),
  );
  write('layer.', settings.layer, base.layer);
  return parameters;
}

/**
 * Reads settings from a link's parameters. Missing or invalid values are taken from `base`. There
 * is a complaint about each invalid value and each unknown parameter of a layer.
 */
export function fromLink(
  parameters: URLSearchParams,
  base: RunSettings = DEFAULT_RUN,
): { readonly settings: RunSettings; readonly complaints: readonly string[] } {
  const complaints: string[] = [];
  const known = new Set<string>();
  const read = (
    prefix: string,
    schema: { readonly shape: Plain },
    defaults: Plain,
  ): Record<string, unknown> => {
    const values: Record<string, unknown> = { ...defaults };
    for (const [name, field] of Object.entries(schema.shape)) {
      known.add(prefix + name);
      const text = parameters.get(prefix + name);
      if (text === null || name === 'frozen' || name === 'layer') continue;
      const { success, data } = (field as FieldSchema).safeParse(plain(text));
      if (success) values[name] = data;
      else
        complaints.push(
          `The link says ${shown(prefix + name, text)}, which is not valid; the ` +
            'default is used instead.',
        );
    }
    return values;
  };
  const { layer } = runSchema.shape;
  const below: unknown[] = [];
  for (let depth = 1; depth <= MOST_FROZEN.made && parameters.has(`${depth}.steps`); depth++) {
    below.push(read(`${depth}.`, frozenSchema, { ...DEFAULT_LAYER, steps: 0 }));
  }
  const settings = {
    ...read('', runSchema, base),
    frozen: below,
    layer: read('layer.', layer, base.layer),
  };
  for (const [name, text] of parameters) {
    // Parameters that other programs add to links are not a layer's.
    if (!/^(layer|\d+)\./.test(name) || known.has(name)) continue;
    complaints.push(`The link says ${shown(name, text)}, which this page does not know.`);
  }
  return { settings: settings as RunSettings, complaints };
}

/** Returns a parameter to show in a sentence, cut if it is long. */
function shown(name: string, text: string): string {
  const whole = `${name}=${text}`;
  return whole.length > 60 ? `${whole.slice(0, 60)}…` : whole;
}

interface FieldSchema {
  safeParse(value: unknown): { readonly success: boolean; readonly data?: unknown };
}

/** Converts text to the number or boolean that it looks like. */
function plain(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
