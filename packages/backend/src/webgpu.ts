export { webgpuCandidate as webgpu } from './start-webgpu.ts';
