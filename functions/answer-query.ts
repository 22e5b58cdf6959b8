import { ownClients } from '../shared/aws/clients.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { offerAnswer, readAnswer } from '../shared/aws/query-answers.ts';
import { loadExecution, startExecution } from '../shared/aws/query-executions.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { dayOf } from '../shared/domain/calendar.ts';
import { namedQueries } from '../shared/domain/named-queries.ts';
import { queryOfStatement } from '../shared/domain/named-query.ts';
import { executionUnknown } from '../shared/domain/problem.ts';
import { maxRowsAnswered } from '../shared/domain/query-answers.ts';
import { describeColumns, requireStatement } from '../shared/domain/query-request.ts';
import { downloadExpiry } from '../shared/domain/submission.ts';

const queries = namedQueries(loadCatalogue().directive);
const clients = ownClients();

/**
 * Runs the named queries by Athena and answers their rows; no other statement is run, and none told of. The same
 * request within a minute, or with the same `requestToken`, is run once.
 */
export const handler = httpHandler<'answer-query'>({
  'GET /queries': async () => ({ status: 200, body: { queries } }),

  'POST /queries/{name}': async ({ viewer, params, body, now }) => {
    const { query, statement } = requireStatement(queries, params.name ?? '', body.parameters);
    const token = body.requestToken ?? now.slice(0, 'YYYY-MM-DDTHH:MM'.length);
    const id = await startExecution(statement, [viewer.subject, token]);
    logger.info('Query:Started', { query: query.name, executionId: id });
    return { status: 202, body: { id, query: query.name, statement } };
  },

  'GET /queries/executions/{id}': async ({ params: { id = '' }, now }) => {
    const { statement, submittedAt, outcome } = await loadExecution(id);
    const query = queryOfStatement(queries, statement);
    if (!query) throw executionUnknown(id);
    const said = { id, query: query.name, statement, submittedAt };
    switch (outcome.state) {
      case 'queued':
      case 'running':
        return { status: 200, body: { ...said, state: outcome.state } };
      case 'failed': {
        const { state, reason, isOurFault } = outcome;
        countEnd(isOurFault);
        if (isOurFault)
          logger.error('Query:Failed', { query: query.name, executionId: id, reason: reason.en });
        return { status: 200, body: { ...said, state, reason } };
      }
      case 'succeeded': {
        const { state, completedAt, bytesScanned, location } = outcome;
        countEnd(false);
        const answer = await readAnswer(clients, id, location);
        const fileName = `${query.name}-${dayOf(submittedAt)}.csv`;
        const offered = await offerAnswer(clients, answer, location, fileName);
        const body = {
          ...said,
          state,
          completedAt,
          bytesScanned,
          columns: describeColumns(query, answer.columns),
          rows: answer.rows.slice(0, maxRowsAnswered),
          ...(answer.isWhole && { rowCount: answer.rows.length }),
          download: { ...offered, expiresAt: downloadExpiry(now) },
        };
        return { status: 200, body };
      }
    }
  },
});

/** A failed named query is answered like any other; this is what rings. Looked at again, it counts again. */
function countEnd(isOurFault: boolean): void {
  metrics.addMetric('QueriesFailed', 'Count', isOurFault ? 1 : 0);
  metrics.publishStoredMetrics();
}
