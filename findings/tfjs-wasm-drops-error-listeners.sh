#!/usr/bin/env bash
# TensorFlow.js: removing its wasm backend in Node also removes the application's own listeners for
# uncaught errors and unhandled rejections, not only the two that the backend added.
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

const EVENTS = ['uncaughtException', 'unhandledRejection'];
const report = () => {};
for (const event of EVENTS) process.on(event, report);

const state = () =>
  EVENTS.map((event) => {
    const listeners = process.listeners(event);
    return `${event}: ${listeners.length}${listeners.includes(report) ? ', ours among them' : ''}`;
  }).join('; ');

(async () => {
  const before = state();
  await tf.setBackend('wasm');
  await tf.ready();
  const during = state();
  tf.removeBackend('wasm');
  const after = state();
  console.log(`TensorFlow.js ${tf.version_core}, Node ${process.versions.node}`);
  console.log("Removing the wasm backend removes the application's own listeners for errors.");
  console.log(`before: ${before}`);
  console.log(`with the wasm backend: ${during}`);
  console.log(`after it is removed: ${after}`);
  const same = !before.includes(' 0') && !during.includes(' 0') && after.split(' 0').length === 3;
  process.exit(same ? 0 : 1);
})();
JAVASCRIPT
node try.cjs 2> /dev/null || { echo 'this has changed'; exit 1; }
