import { fromLink, toLink } from '../settings/link.ts';
import { DEFAULT_RUN, suitedTo, type RunSettings } from '../settings/settings.ts';

/** What the page's address says: the settings of all runs, and the backend. */
export interface Address {
  readonly main: RunSettings;
  readonly left: RunSettings;
  readonly right: RunSettings;
  readonly backend: 'auto' | 'webgpu' | 'wasm';
  /** A sentence about each invalid value. */
  readonly complaints: readonly string[];
}

/** What Compare begins with: rectified linear against binary units. */
export const DEFAULT_COMPARISON: { readonly left: RunSettings; readonly right: RunSettings } = {
  left: DEFAULT_RUN,
  right: { ...DEFAULT_RUN, layer: { ...DEFAULT_RUN.layer, ...suitedTo('binary', 0) } },
};

const sides = ['left', 'right'] as const;

/** Reads the part of an address after `?`. */
export function fromAddress(search: string): Address {
  const parameters = new URLSearchParams(search);
  const main = fromLink(parameters);
  const [left, right] = sides.map((side) => {
    const own = new URLSearchParams();
    for (const [name, value] of parameters)
      if (name.startsWith(`${side}.`)) own.set(name.slice(side.length + 1), value);
    return fromLink(own, DEFAULT_COMPARISON[side]);
  }) as [ReturnType<typeof fromLink>, ReturnType<typeof fromLink>];
  const backend = parameters.get('backend') ?? 'auto';
  const isKnown = backend === 'auto' || backend === 'webgpu' || backend === 'wasm';
  return {
    main: main.settings,
    left: left.settings,
    right: right.settings,
    backend: isKnown ? backend : 'auto',
    complaints: [
      ...main.complaints,
      ...left.complaints,
      ...right.complaints,
      ...(isKnown
        ? []
        : [`The link says backend=${backend}, which is not valid; expected auto, webgpu or wasm.`]),
    ],
  };
}

/** Writes the part of an address from `?` on; empty if everything has its default. */
export function toAddress({ main, left, right, backend }: Omit<Address, 'complaints'>): string {
  const parameters = toLink(main);
  const settings = { left, right };
  for (const side of sides) {
    for (const [name, value] of toLink(settings[side], DEFAULT_COMPARISON[side]))
      parameters.set(`${side}.${name}`, value);
  }
  if (backend !== 'auto') parameters.set('backend', backend);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
