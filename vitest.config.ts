import { defineConfig } from 'vitest/config';

/** What the stacks give functions, for tests that import modules of `shared/aws` and `functions`. */
const environment = {
  ATHENA_DATABASE: 'tiendo',
  ATHENA_WORKGROUP: 'tiendo',
  AWS_REGION: 'ap-southeast-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  EXPORT_BUCKET: 'exports',
  INGEST_QUEUE_URL: 'https://queues.example/ingest',
  NOTIFY_QUEUE_URL: 'https://queues.example/notify',
  PARKED_QUEUE_URL: 'https://queues.example/parked',
  PORTAL_URL: 'https://tiendo.example',
  POWERTOOLS_DEV: 'false',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  REPORTS_BUCKET: 'reports',
  TABLE_NAME: 'tiendo',
  TOPIC_ARNS:
    'arn:aws:sns:ap-southeast-1:000000000000:messages1,arn:aws:sns:ap-southeast-1:000000000000:messages2',
  UNIT_ROLE_ARN: 'arn:aws:iam::000000000000:role/unit',
  UPLOADS_BUCKET: 'uploads',
  USER_POOL_ID: 'ap-southeast-1_test',
};

export default defineConfig({
  test: {
    // As many as a machine of CI has cores; left out, Vitest leaves one of them idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          // A thread for each file starts sooner than a process, and is as much alone.
          pool: 'threads',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/journey/**', 'tests/contract/**', 'tests/browser/**', 'tests/deep/**'],
          env: environment,
          setupFiles: 'tests/harness/fixed-seed.ts',
          // A loaded machine is slow, not wrong.
          testTimeout: 60_000,
          // It is written for bundlers: its modules name each other without extensions.
          server: { deps: { inline: ['dt-sql-parser'] } },
        },
      },
      {
        test: {
          name: 'journey',
          include: ['tests/journey/**/*.test.ts', 'tests/contract/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: 'tests/harness/log-check.ts',
          setupFiles: 'tests/harness/fixed-seed.ts',
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: 'tests/browser/setup.ts',
        },
      },
      {
        test: {
          name: 'deep',
          include: ['tests/deep/**/*.test.ts'],
          testTimeout: 3_600_000,
          globalSetup: 'tests/harness/log-check.ts',
        },
      },
    ],
  },
});
