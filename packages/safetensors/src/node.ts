export { readSafetensors } from './read-safetensors.ts';
export { writeFileWhole } from './write-file-whole.ts';
export { writeSafetensors } from './write-safetensors.ts';
