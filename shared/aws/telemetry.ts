import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** Logs are an event name and fields: `logger.info('Ingest:Rejected', { submissionId })`; never cell contents or contact details. */
export const logger = new Logger();

/** Counters under the namespace `tiendo`, by the embedded metric format. Zeros are emitted as well as ones. */
export const metrics = new Metrics({ namespace: 'tiendo', logger });
