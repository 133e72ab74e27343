import type { PixelSheet } from './pixel-sheet.ts';

/**
 * A report: plain data that `renderReport` writes as one HTML page. All texts are plain text:
 * nothing in them is markup.
 */
export interface Report {
  readonly title: string;
  /** The answer in a sentence or two, above all sections. */
  readonly summary: string;
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | TextBlock
  | TableBlock
  | PicturesBlock
  | ChartBlock
  | SettingsBlock
  | CommandBlock;

/** A paragraph. */
export interface TextBlock {
  readonly kind: 'text';
  readonly text: string;
}

/** A table whose first column names the rows. */
export interface TableBlock {
  readonly kind: 'table';
  readonly caption?: string;
  readonly columns: readonly TableColumn[];
  /** A cell for each column. */
  readonly rows: readonly (readonly TableCell[])[];
}

export interface TableColumn {
  readonly heading: string;
  /** Which number of the column to mark. Default none. */
  readonly best?: 'lowest' | 'highest';
  /** How to write a number. Default String. */
  readonly format?: (value: number) => string;
}

/**
 * A text, a number, a number with its own text (`1.25% ± 0.04%`), or nothing. Numbers are
 * right-aligned.
 */
export type TableCell = string | number | { readonly value: number; readonly text: string } | null;

/** Pictures side by side, as many as fit. */
export interface PicturesBlock {
  readonly kind: 'pictures';
  readonly pictures: readonly Picture[];
}

export interface Picture {
  readonly sheet: PixelSheet;
  readonly caption: string;
  /** What it shows, in words, for screen readers. Default: the caption. */
  readonly alt?: string;
  /** CSS pixels for each pixel of the sheet. Default 1. */
  readonly zoom?: number;
}

/** A chart from `lineChart`, `dotChart` or `histogram`. */
export interface ChartBlock {
  readonly kind: 'chart';
  /** Inserted into the page unchanged, so use only what those functions return. */
  readonly svg: string;
  readonly caption?: string;
}

/** Names with values: hyper-parameters, versions, seeds. */
export interface SettingsBlock {
  readonly kind: 'settings';
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** A command or other code; a click selects all of it. */
export interface CommandBlock {
  readonly kind: 'command';
  readonly command: string;
}
