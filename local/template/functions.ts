import * as z from 'zod';
import { parseProperties } from './properties.ts';
import type { Template } from './template.ts';

export interface FunctionSettings {
  /** Its name among people: `ingest`. */
  name: string;
  logicalId: string;
  /** Its name and ARN in Lambda. */
  functionName: string;
  arn: string;
  roleArn: string;
  /** Where its bundle lies, and the handler in it: `index.handler`. */
  codeDirectory: string;
  handler: string;
  timeoutSeconds: number;
  memoryMb: number;
  environment: Readonly<Record<string, string>>;
}

const functionSchema = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string().startsWith('nodejs'),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z
    .object({ Variables: z.record(z.string(), z.string()).default({}) })
    .default({ Variables: {} }),
  Layers: z.never().optional(),
});

/** The functions, each with the directory of its own bundle. */
export function readFunctions(template: Template): FunctionSettings[] {
  return template.of('AWS::Lambda::Function').map((resource) => {
    const { Code, Handler, Role, Timeout, MemorySize, Environment } = parseProperties(
      functionSchema,
      resource,
    );
    return {
      name: Environment.Variables.POWERTOOLS_SERVICE_NAME ?? resource.logicalId,
      logicalId: resource.logicalId,
      functionName: resource.ref,
      arn: resource.arn ?? '',
      roleArn: Role,
      codeDirectory: template.assetDirectory(Code.S3Key),
      handler: Handler,
      timeoutSeconds: Timeout,
      memoryMb: MemorySize,
      environment: Environment.Variables,
    };
  });
}

export interface MappingSettings {
  queueArn: string;
  /** The function's name in Lambda. */
  functionName: string;
  batchSize: number;
  reportsBatchItemFailures: boolean;
  maximumConcurrency: number;
}

const mappingSchema = z.strictObject({
  EventSourceArn: z.string().startsWith('arn:aws:sqs:'),
  FunctionName: z.string(),
  BatchSize: z.number().default(10),
  Enabled: z.literal(true).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: z.literal(0).optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.number() }).optional(),
  Tags: z.unknown().optional(),
});

/** Which function takes the messages of which queue. Without a scaling configuration one at a time. */
export function readMappings(template: Template): MappingSettings[] {
  return template.of('AWS::Lambda::EventSourceMapping').map((resource) => {
    const mapping = parseProperties(mappingSchema, resource);
    return {
      queueArn: mapping.EventSourceArn,
      functionName: mapping.FunctionName.slice(mapping.FunctionName.lastIndexOf(':') + 1),
      batchSize: mapping.BatchSize,
      reportsBatchItemFailures: mapping.FunctionResponseTypes.length > 0,
      maximumConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? 1,
    };
  });
}
