export type { Units, UnitParameters, UnitsConfig } from './units.ts';
