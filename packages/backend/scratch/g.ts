import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import {wasmSgemm} from '../src/wasm-sgemm.ts';
import {rowMajor} from '../src/sgemm.ts';
import {heapOffset} from '../src/wasm-heap.ts';
await tf.setBackend('wasm'); await tf.ready();
for (const fused of [true,false]) {
const g=wasmSgemm(fused);
const t=(name:string,f:()=>void,flop:number)=>{ f(); const n=60; let best=1e9; for(let r=0;r<5;r++){const s=performance.now(); for(let i=0;i<n/5;i++) f(); best=Math.min(best,(performance.now()-s)/n*5);} console.log(name.padEnd(30), best.toFixed(3),'ms', (flop/best/1e6).toFixed(1),'GF/s'); };
for (const [V,H] of [[784,500],[500,500],[784,1000],[2048,4000]] as const){
const B=100; const v=tf.randomUniform([B,V],-1,1), h=tf.randomUniform([B,H],-1,1), W=tf.randomUniform([V,H],-1,1);
const o1=tf.zeros([B,H]),o2=tf.zeros([B,V]),o3=tf.zeros([V,H]);
const ov=heapOffset(v),oh=heapOffset(h),ow=heapOffset(W);
const fl=2*B*V*H; console.log(V,H,fused);
t('vW',()=>g({rows:B,columns:H,depth:V,alpha:1,a:rowMajor(ov,V),b:rowMajor(ow,H),beta:0,c:heapOffset(o1)}),fl);
t('hWt',()=>g({rows:B,columns:V,depth:H,alpha:1,a:rowMajor(oh,H),b:rowMajor(ow,H,true),beta:0,c:heapOffset(o2)}),fl);
t('vth',()=>g({rows:V,columns:H,depth:B,alpha:1,a:rowMajor(ov,V,true),b:rowMajor(oh,H),beta:0,c:heapOffset(o3)}),fl);
const d=(x:tf.Tensor,y:tf.Tensor)=>tf.max(tf.abs(tf.sub(x,y))).dataSync()[0];
if(V<2000)console.log('err',d(o1,tf.matMul(v as any,W as any)),d(o2,tf.matMul(h as any,W as any,false,true)),d(o3,tf.matMul(v as any,h as any,true,false)));
}}
