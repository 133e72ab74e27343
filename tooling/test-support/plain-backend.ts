// Runs before each test file: whatever backend the file before has left, this one begins on cpu.
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';

await setBackend('cpu');
