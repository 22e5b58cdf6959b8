import type { AwsCall, AwsService } from '../aws-service.ts';

/**
 * What a call is called: `PutItem`, `Publish`, `PutObject`. For S3, whose protocol names no action, it is made of
 * the method and the path. `body` is what a query protocol has its action in.
 */
export function actionName(
  service: Pick<AwsService, 'protocol'>,
  call: AwsCall,
  body: Buffer | undefined,
): string {
  if (service.protocol === 'json') return String(call.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  if (service.protocol === 'query') {
    return new URLSearchParams(body?.toString('utf8') ?? '').get('Action') ?? call.query.get('Action') ?? '';
  }
  const hasKey = /^\/[^/]+\/./.test(call.path);
  const verb =
    { GET: 'Get', PUT: 'Put', HEAD: 'Head', DELETE: 'Delete', POST: 'Post' }[call.method] ?? call.method;
  if (call.method === 'GET' && !hasKey) return 'ListObjectsV2';
  return `${verb}${hasKey ? 'Object' : 'Bucket'}`;
}
