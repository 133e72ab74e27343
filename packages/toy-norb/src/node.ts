export { writeToyNorb, type ToyNorbOptions } from './write-toy-norb.ts';
