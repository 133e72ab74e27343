export { encodeOnnx, type OnnxModel, type OnnxOptions } from './encode-onnx.ts';
