import { synthesize } from './synth.ts';

// What `cdk synth` and `cdk deploy` run.
await synthesize();
