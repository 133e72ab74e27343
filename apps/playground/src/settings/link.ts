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
 * Settings as the parameters of a link; what is as in `base` is left out. Frozen layers are
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
 * Settings out of a link's parameters; what it does not name is as in `base`. What it names wrongly
 * is as in `base` too, with a sentence about each, and about what it names of a layer that a layer
 * does not have.
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
          `The link says ${shown(prefix + name, text)}, which cannot be; the usual value is ` +
            'taken instead.',
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
    // Others' parameters, which some programs add to links, are none of a layer.
    if (!/^(layer|\d+)\./.test(name) || known.has(name)) continue;
    complaints.push(`The link says ${shown(name, text)}, which this page does not know.`);
  }
  return { settings: settings as RunSettings, complaints };
}

/** A parameter for a sentence, cut where it is long. */
function shown(name: string, text: string): string {
  const whole = `${name}=${text}`;
  return whole.length > 60 ? `${whole.slice(0, 60)}…` : whole;
}

interface FieldSchema {
  safeParse(value: unknown): { readonly success: boolean; readonly data?: unknown };
}

/** Text as the number or boolean that it looks like. */
function plain(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
