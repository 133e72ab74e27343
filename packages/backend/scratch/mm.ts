import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
await tf.setBackend('wasm'); await tf.ready();
const t=(name:string,f:()=>tf.Tensor,flop:number)=>{ f().dispose(); const n=60; const s=performance.now(); for(let i=0;i<n;i++) f().dispose(); const ms=(performance.now()-s)/n; console.log(name.padEnd(30), ms.toFixed(3),'ms', (flop/ms/1e6).toFixed(1),'GF/s'); };
for (const [V,H] of [[784,500],[500,500],[784,1000]] as const){
const B=100; const v=tf.randomUniform([B,V]), h=tf.randomUniform([B,H]), W=tf.randomUniform([V,H]);
const fl=2*B*V*H; console.log(V,H);
t('v.W cached',()=>tf.matMul(v as any,W as any),fl);
t('v.W repack',()=>{const w2=tf.add(W,0); const r=tf.matMul(v as any,w2 as any); w2.dispose(); return r;},fl);
t('add',()=>tf.add(W,0),fl);
t('hWt naive',()=>tf.matMul(h as any,W as any,false,true),fl);
t('(W ht)t',()=>tf.tidy(()=>tf.transpose(tf.matMul(W as any,tf.transpose(h as any)))),fl);
t('vt h naive',()=>tf.matMul(v as any,h as any,true,false),fl);
t('vt . h',()=>tf.tidy(()=>tf.matMul(tf.transpose(v as any),h as any)),fl);
t('sigmoid h',()=>tf.sigmoid(h),fl);
t('transpose W',()=>tf.transpose(W as any),fl);
}
