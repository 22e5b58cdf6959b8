import { join } from 'node:path';
import { region } from '../aws-service.ts';
import type { Credentials } from '../iam/identities.ts';
import type { FunctionSettings } from '../template/functions.ts';

/**
 * The environment a function runs in: what its template says, what Lambda sets, and what keeps the SDK from
 * looking at this machine. `endpoint` is the address of all services.
 */
export function environmentOf(
  { functionName, memoryMb, environment, codeDirectory }: FunctionSettings,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  endpoint: string,
): Record<string, string> {
  return {
    ...environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: functionName,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: codeDirectory,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(codeDirectory, 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(codeDirectory, 'no-aws-credentials'),
  };
}
