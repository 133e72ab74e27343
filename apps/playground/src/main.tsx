import { signal } from '@preact/signals';
import { render } from 'preact';
import { startEngine } from './engine/start-engine.ts';
import type { Snapshot } from './engine/protocol.ts';
import { fromLink } from './settings/link.ts';

const snapshot = signal<Snapshot | undefined>(undefined);
const client = startEngine();
client.on('snapshot', (value) => (snapshot.value = value));

function Page() {
  const now = snapshot.value;
  return <p role="status">{now && `step ${now.step}, error ${now.curve.at(-1)?.error.toFixed(4)}`}</p>;
}

render(<Page />, document.querySelector('#page')!);
await client.ask('open', { backend: 'auto', digits: new URL('digits/', document.baseURI).href });
await client.ask('begin', { run: 'main', settings: fromLink(new URLSearchParams(location.search)).settings, playing: true });
