import type { UnitType } from './unit-type.ts';
import * as types from './unit-types.ts';

/** The descriptions of all unit types, by the names of the types. */
export const unitTypes: readonly UnitType[] = /* @__PURE__ */ Object.values(types);
