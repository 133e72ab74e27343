export { contactSheet, type ContactSheet } from './contact-sheet.ts';
export { createPairRenderer, type PairRenderer } from './pair-renderer.ts';
export type { ToyExample } from './protocol.ts';
export { toyNames, type ToyCategory } from './toys.ts';
