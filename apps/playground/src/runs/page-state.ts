import { signal, type Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { EngineClient } from '../engine/client.ts';
import type { BackendInfo, ClassificationReport, DataInfo } from '../engine/protocol.ts';
import { announce } from '../shell/announce.tsx';
import { Asking, type RunProblem } from './asking.ts';
import type { Address } from './address.ts';
import { Run } from './run.ts';

/** Everything that the page shows, and what it can ask the engine. */
export class PageState {
  readonly engine: Asking;
  readonly backend: Signal<BackendInfo | undefined> = signal(undefined);
  readonly data: Signal<DataInfo | undefined> = signal(undefined);
  readonly problem: Signal<RunProblem | undefined> = signal(undefined);
  /** What just happened, to be shown once. */
  readonly message: Signal<string | undefined> = signal(undefined);
  readonly classification: Signal<ClassificationReport | undefined> = signal(undefined);
  /** Updates per second; 0 for no limit. */
  readonly speed: Signal<number> = signal(0);
  /** The run that Learn, Stack and Draw show. */
  readonly main: Run;
  /** The runs that Compare shows. */
  readonly left: Run;
  readonly right: Run;
  readonly address: Address;

  constructor(client: EngineClient, address: Address) {
    this.address = address;
    this.engine = new Asking(client, (problem) => this.fail(problem));
    this.main = new Run(this.engine, 'main', address.main);
    this.left = new Run(this.engine, 'left', address.left);
    this.right = new Run(this.engine, 'right', address.right);
    client.on('data', (data) => {
      this.data.value = data;
    });
    client.on('problem', (problem) => this.fail(problem));
    client.on('classification', (report) => {
      if (report.run === 'main') this.classification.value = report;
    });
  }

  get runs(): readonly Run[] {
    return [this.main, this.left, this.right];
  }

  /** Shows a problem until it is solved or dismissed. */
  fail(problem: RunProblem): void {
    this.problem.value = problem;
  }

  /** Reports something that went well. */
  say(sentence: string): void {
    this.message.value = sentence;
    announce(sentence);
  }

  async setSpeed(stepsPerSecond: number): Promise<void> {
    this.speed.value = stepsPerSecond;
    await this.engine.ask('speed', { stepsPerSecond });
  }

  /** Restarts all runs that have begun, such as after a change of data. */
  async beginAgain(): Promise<void> {
    this.problem.value = undefined;
    for (const run of this.runs) {
      if (run.hasBegun.value)
        await run.begin({ ...run.settings.value, frozen: [] }, run.playing.value);
    }
  }
}

/** The page's state, for all components. */
export const PageContext = createContext<PageState>(undefined as never);

export function usePage(): PageState {
  return useContext(PageContext);
}
