#!/usr/bin/env bash
# TensorFlow.js: its wasm backend computes conv2d, but has no kernel for the gradient of the filter.
# Installs the packages into a temporary folder. Fails if this is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --legacy-peer-deps \
  @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 \
  @tensorflow/tfjs-backend-wasm@4.22.0 > /dev/null
cat > try.cjs << 'JAVASCRIPT'
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
require('@tensorflow/tfjs-backend-wasm');

const quiet = console.warn;
console.warn = () => {};

async function gradientOn(backend) {
  await tf.setBackend(backend);
  await tf.ready();
  const pictures = tf.ones([1, 4, 4, 1]);
  const filters = tf.ones([2, 2, 1, 1]);
  const forward = tf.conv2d(pictures, filters, 1, 'valid');
  const text = `conv2d gives ${[...forward.dataSync()].slice(0, 3)}…`;
  try {
    // What tf.grad runs for the filter of a convolution.
    const settings = { strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape: filters.shape };
    const inputs = { x: pictures, dy: tf.onesLike(forward) };
    const slope = tf.engine().runKernel('Conv2DBackpropFilter', inputs, settings);
    return `${text}; its filter's gradient is ${[...slope.dataSync()]}`;
  } catch (error) {
    return `${text}; its filter's gradient: ${error.message.split('\n')[0]}`;
  }
}

(async () => {
  const cpu = await gradientOn('cpu');
  const wasm = await gradientOn('wasm');
  console.warn = quiet;
  console.log(`TensorFlow.js ${tf.version_core}, Node ${process.versions.node}`);
  console.log('A convolution runs on wasm, but cannot be trained there.');
  console.log(`cpu: ${cpu}`);
  console.log(`wasm: ${wasm}`);
  const same = cpu.includes('9,9,9,9') && /Conv2DBackpropFilter.*wasm/.test(wasm);
  process.exit(same ? 0 : 1);
})();
JAVASCRIPT
node try.cjs 2> /dev/null || { echo 'this has changed'; exit 1; }
