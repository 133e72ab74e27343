import { percent, plural } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { DigitSheet, noPictures } from '../pictures/digit-sheet.tsx';
import { FilterSheet } from '../pictures/filter-sheet.tsx';
import { Histogram } from '../pictures/histogram.tsx';
import { PairSheet } from '../pictures/pair-sheet.tsx';
import type { Run } from '../runs/run.ts';
import { captions } from '../texts/captions.ts';
import { Panel } from './panel.tsx';

/** Draws the filters of the layer in training. */
export function FiltersPanel({
  run,
  columns = 10,
}: {
  readonly run: Run;
  readonly columns?: number;
}): JSX.Element {
  const now = run.snapshot.value;
  const dead = now?.filters.dead.reduce((sum, value) => sum + value, 0) ?? 0;
  return (
    <Panel
      id={`${run.name}-filters`}
      of={sideOf(run)}
      title="Filters"
      aside={now && `${plural(now.filters.count, 'unit')}, ${dead === 0 ? 'none' : dead} dead`}
      caption={now?.filters.projected === true ? captions.projectedFilters : captions.filters}
      {...(now?.filters.projected === true ? { formula: 'pixelsOfUnit' as const } : {})}
    >
      <FilterSheet
        filters={now?.filters}
        name={`layer ${(now?.depth ?? 0) + 1}`}
        columns={columns}
      />
    </Panel>
  );
}

/** Draws test digits and their reconstructions. */
export function PairsPanel({ run }: { readonly run: Run }): JSX.Element {
  const now = run.snapshot.value;
  const none = noPictures(10);
  return (
    <Panel
      id={`${run.name}-pairs`}
      of={sideOf(run)}
      title="Digits and reconstructions"
      caption={now !== undefined && now.depth > 0 ? captions.pairsAbove : captions.pairs}
    >
      <PairSheet data={now?.data ?? none} reconstructions={now?.reconstructions ?? none} />
    </Panel>
  );
}

/** Draws the model's fantasies. */
export function FantasiesPanel({ run }: { readonly run: Run }): JSX.Element {
  const pictures = run.snapshot.value?.fantasies ?? noPictures(20);
  return (
    <Panel
      id={`${run.name}-fantasies`}
      of={sideOf(run)}
      title="Fantasies"
      caption={captions.fantasies}
    >
      <DigitSheet
        pictures={pictures}
        columns={10}
        label={`${plural(pictures.count, 'fantasy', 'fantasies')}, one of each persistent chain.`}
      />
    </Panel>
  );
}

/** Draws how active the hidden units are. */
export function ActivityPanel({ run }: { readonly run: Run }): JSX.Element {
  const activity = run.snapshot.value?.activity;
  return (
    <Panel
      id={`${run.name}-activity`}
      of={sideOf(run)}
      title="Hidden activity"
      aside={
        activity &&
        `${percent(activity.active)} active, ${percent(activity.dead)} of the units dead`
      }
      caption={captions.activity}
    >
      <Histogram
        counts={activity?.shares ?? []}
        from={activity?.from ?? 0}
        width={activity?.width ?? 0}
        label="Histogram of hidden activity"
        axis="activity"
      />
    </Panel>
  );
}

/** Returns which of two machines this is, or undefined if there is only one. */
function sideOf({ name }: Run): string | undefined {
  return name === 'main' ? undefined : name;
}
