import { CfnResource } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it, vi } from 'vitest';
import { PipelineFunction } from '../../infra/pipeline-function.ts';
import { createApp } from './synthesized.ts';

// A synthesis or a bundle takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

// The report of a failing synthesis goes to standard error; the tests read it from the error.
vi.spyOn(console, 'error').mockImplementation(() => {});

describe('the synthesis', () => {
  it('stops at a bucket that takes plain HTTP', () => {
    const { app, data } = createApp();
    new Bucket(data, 'Planted');
    expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
  });

  it('stops at a wildcard that has no reason', () => {
    const { app, pipeline } = createApp();
    const ingest = pipeline.node.findChild('Ingest');
    if (!(ingest instanceof PipelineFunction)) throw new Error('Ingest is not a function of the pipeline');
    ingest.policy.addStatements(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }));
    expect(() => app.synth()).toThrow(/AwsSolutions-IAM5\[Action::dynamodb:\*\]/);
  });

  it('stops at a property CloudFormation does not know', () => {
    const { app, pipeline } = createApp();
    const queue = pipeline.node.findChild('IngestStep').node.findChild('Queue').node.defaultChild;
    if (!CfnResource.isCfnResource(queue)) throw new Error('The ingest step has no queue');
    queue.addPropertyOverride('VisibilityTimeOut', 30);
    expect(() => app.synth()).toThrow(/VisibilityTimeOut/);
  });
});
