import * as tf from '@tensorflow/tfjs-core';
import {useBackend} from '../../backend/src/index.ts';
import {loadMnist} from '../../mnist/src/index.ts';
import {binary,nrelu,gaussian} from '@deepbelief/units';
import {createRbm,RbmTrainer,reconstructionError,hiddenActivity} from '@deepbelief/rbm';
import {dataMean,take,materialise} from '@deepbelief/data';
import {Dbn,featureDataset,classifierFromDbn,randomClassifier,ClassifierTrainer,classificationError} from '../src/index.ts';
console.log((await useBackend({backend:(process.argv[2] as any)??'wasm'})).arithmetic);
const {train,test}=await loadMnist();
const mean=await dataMean(train);
for (const hid of [nrelu(),binary()]){
  const lr=Number(process.argv[3]??(hid.type==='nrelu'?0.02:0.1));
  const rbm=createRbm({visible:{units:binary(),size:784},hidden:{units:hid,size:500},seed:1,visibleMean:mean});
  const tr=new RbmTrainer(rbm,{learningRate:lr,seed:1,momentum:[[0,0.5],[2,0.9]],weightDecay:{l2:2e-4},name:'layer 1'});
  let t=performance.now(); const n0=tf.memory().numTensors;
  for await (const r of tr.epochs(train,1)){ console.log(hid.type,r.epoch,r.reconstructionError?.toFixed(5),((performance.now()-t)/1000).toFixed(2)+'s',tf.memory().numTensors-n0); t=performance.now(); }
  const b:any=(await train.batches({size:1000})[Symbol.asyncIterator]().next()).value;
  const a=await hiddenActivity(rbm,b.inputs); console.log('activity',a.mean,a.dead,a.active);
  const dbn=new Dbn(); dbn.push(rbm);
  for (const c of [classifierFromDbn(dbn,10),randomClassifier({inputs:784,layers:[{units:hid,size:500}],classes:10})]){
    const ft=new ClassifierTrainer(c,{});
    for await (const r of ft.epochs(train,2,test)){ console.log(r.epoch,r.loss.toFixed(4),r.validationError,((performance.now()-t)/1000).toFixed(2)+'s'); t=performance.now(); }
  }
}
