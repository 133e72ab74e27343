// Writes one file again and again, each time filled with another byte: node write-child.ts FILE
import { writeFileWhole } from '@deepbelief/safetensors/node';

const [file = ''] = process.argv.slice(2);
const bytes = new Uint8Array(2 ** 21);
for (let value = 0; value <= 40; value++) await writeFileWhole(file, bytes.fill(value));
