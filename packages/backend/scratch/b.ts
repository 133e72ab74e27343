import * as tf from '@tensorflow/tfjs-core';
import {useBackend} from '../src/index.ts';
for (const backend of ['wasm','wasm+blas'] as const){
console.log(await useBackend({backend}));
const t=(name:string,f:()=>tf.Tensor,flop:number)=>{ f().dispose(); let best=1e9; for(let r=0;r<5;r++){const n=12; const s=performance.now(); for(let i=0;i<n;i++) f().dispose(); best=Math.min(best,(performance.now()-s)/n);} console.log(name.padEnd(30), best.toFixed(3),'ms', (flop/best/1e6).toFixed(1),'GF/s'); };
for (const [V,H] of [[784,500],[784,1000]] as const){
const B=100; const v=tf.randomUniform([B,V]), h=tf.randomUniform([B,H]), W=tf.randomUniform([V,H]);
const fl=2*B*V*H; console.log(V,H);
t('v.W',()=>tf.matMul(v as any,W as any),fl);
t('hWt naive',()=>tf.matMul(h as any,W as any,false,true),fl);
t('vt h naive',()=>tf.matMul(v as any,h as any,true,false),fl);
}}
