import type { ConnectionConfig } from '@deepbelief/connections';
import type { FineTuningOptions } from '@deepbelief/dbn';
import { negativePhaseKind, type NegativePhaseOptions, type Schedule } from '@deepbelief/rbm';
import type { ClassifierPlan, LayerPlan } from './job.ts';

/**
 * Puts a schedule into words: `0.02`, `0.5, then 0.9 from epoch 3 on`, `falling from 0.001 to 0
 * over 10 epochs`. Numbers have at most six digits.
 */
export function scheduleInWords(schedule: Schedule): string {
  if (typeof schedule === 'number') return String(Number(schedule.toPrecision(6)));
  if ('from' in schedule) {
    const { from, to, epochs } = schedule;
    return (
      `${to < from ? 'falling' : 'rising'} from ${from} to ${to} over ` + plural(epochs, 'epoch')
    );
  }
  return schedule
    .map(([epoch, value], i) => (i === 0 ? String(value) : `${value} from epoch ${epoch + 1} on`))
    .join(', then ');
}

/** Says how a layer of a stack is made and trained. */
export function layerInWords(plan: LayerPlan): string {
  const { size, hidden, visible, connection, zeroHiddenBias, weightScale, epochs } = plan;
  const {
    name: _,
    seed: __,
    negativePhase,
    optimizer,
    batchSize = 100,
    weightDecay,
    ...others
  } = plan.training;
  return [
    `${size} ${hidden.type} units${zeroHiddenBias ? ' without biases' : ''} on ` +
      `${visible.type} visible units`,
    ...(connection === undefined ? [] : [connectionInWords(connection)]),
    ...(weightScale === undefined ? [] : [`starting weights from N(0, ${weightScale}²)`]),
    `${plural(epochs, 'epoch')} of ${negativePhaseInWords(negativePhase)}`,
    ...(optimizer === undefined ? [] : [optimizerInWords(optimizer)]),
    ...optionsInWords(others),
    ...(weightDecay?.l1 ? [`L1 weight decay ${weightDecay.l1}`] : []),
    ...(weightDecay?.l2 ? [`weight decay ${weightDecay.l2}`] : []),
    `minibatches of ${batchSize}`,
  ].join('; ');
}

/** Says how the layers are joined. */
function connectionInWords({ type, ...options }: ConnectionConfig): string {
  const values = Object.entries(options).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join('×') : String(value)}`,
  );
  return [`${type} connection`, ...values].join(', ');
}

/** Says how a net is fine-tuned. */
export function fineTuningInWords(plan: Pick<ClassifierPlan, 'epochs' | 'fineTuning'>): string {
  const {
    seed: _,
    optimizer,
    batchSize = 100,
    dropout,
    earlyStopping,
    ...others
  } = plan.fineTuning;
  return [
    `${plural(plan.epochs, 'epoch')} with ${optimizerInWords(optimizer)}`,
    ...optionsInWords(others),
    ...(dropout === undefined ? [] : [dropoutInWords(dropout)]),
    ...(earlyStopping === undefined
      ? []
      : [`stops after ${plural(earlyStopping.patience, 'epoch')} without a lower error`]),
    `minibatches of ${batchSize}`,
  ].join('; ');
}

/** Puts a negative phase into words, such as `CD-1` or `PCD-1 with 100 chains`. */
export function negativePhaseInWords(options: NegativePhaseOptions = { type: 'cd' }): string {
  const {
    type,
    steps = 1,
    ...others
  } = options as {
    readonly type: string;
    readonly steps?: Schedule;
    readonly chains?: number;
  };
  const { chains, ...rest } = others;
  const k = typeof steps === 'number' ? String(steps) : 'k';
  const phase = `${negativePhaseKind('in words', { type }).label}-${k}`;
  return [
    chains === undefined ? phase : `${phase} with ${plural(chains, 'chain')}`,
    ...(k === 'k' ? [`k ${scheduleInWords(steps)}`] : []),
    ...optionsInWords(rest),
  ].join(', ');
}

/** Names that are written differently from their types. */
const NAMES: Readonly<Record<string, string>> = { adam: 'Adam', sgd: 'SGD' };

function optimizerInWords(optimizer: FineTuningOptions['optimizer'] = { type: 'adam' }): string {
  return [optimizer]
    .flat()
    .map((link) => {
      const { type, ...others } = link;
      const name = NAMES[type] ?? type.replaceAll('-', ' ');
      return [name, ...optionsInWords(others)].join(', ');
    })
    .join(', then ');
}

function dropoutInWords({
  inputs = 0,
  hidden = 0,
}: NonNullable<FineTuningOptions['dropout']>): string {
  const percent = (share: number): string => `${Number((100 * share).toPrecision(4))}%`;
  return `dropout of ${percent(inputs)} of the inputs and ${percent(hidden)} of the hidden units`;
}

/** Describes options whose names say enough: `learning rate 0.02`, `max norm 4`, `keep zeros`. */
function optionsInWords(options: object): string[] {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => {
      const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      return value === true ? words : `${words} ${valueInWords(value as Value)}`;
    });
}

type Value = string | number | readonly number[] | Schedule | object;

function valueInWords(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || isSchedule(value)) return scheduleInWords(value);
  return Array.isArray(value) ? value.join(', ') : `(${optionsInWords(value).join(', ')})`;
}

function isSchedule(value: Value): value is Schedule {
  if (Array.isArray(value)) return value.every(Array.isArray);
  return typeof value === 'object' && 'from' in value && 'to' in value && 'epochs' in value;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
