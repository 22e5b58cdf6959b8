import { findAlert, listUnitAlerts, pageOfAlerts } from '../shared/aws/alert-views.ts';
import { type Clients, ownClients, unitClients } from '../shared/aws/clients.ts';
import { loadDueDateLog } from '../shared/aws/due-dates.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { listRowsOfPoint, loadHeadAt } from '../shared/aws/figures.ts';
import { loadHead, loadHeads } from '../shared/aws/heads.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { loadRegistries, loadRegistry } from '../shared/aws/registries.ts';
import { presignReportFile, type ReportFileKind } from '../shared/aws/report-files.ts';
import { loadReport } from '../shared/aws/reports.ts';
import { loadSilences } from '../shared/aws/silences.ts';
import { listSubmissions, requireSubmission } from '../shared/aws/submissions.ts';
import { assessUnits } from '../shared/aws/unit-assessments.ts';
import { presignSentFile } from '../shared/aws/uploads.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { dueHistory, requirePlanned, unitOfAlert } from '../shared/domain/acts.ts';
import { readAsOf, readKnownAsOf } from '../shared/domain/as-of.ts';
import { type Instant, yearOf } from '../shared/domain/calendar.ts';
import { joinPublished } from '../shared/domain/check-upload.ts';
import { latestPoint } from '../shared/domain/head.ts';
import {
  alertUnknown,
  pointUnknown,
  reportFileMissing,
  unitForbidden,
  uploadMissing,
} from '../shared/domain/problem.ts';
import { viewCoordinators } from '../shared/domain/registry.ts';
import { buildReporting } from '../shared/domain/reporting.ts';
import { buildScoreboard } from '../shared/domain/scoreboard.ts';
import { listSilences } from '../shared/domain/silencing.ts';
import { downloadExpiry, isSettled } from '../shared/domain/submission.ts';
import { buildTemplate } from '../shared/domain/template.ts';
import { canSeeUnit, chooseUnit, type Viewer } from '../shared/domain/viewer.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
const unitIds = catalogue.units.map(({ id }) => id);
const everyUnit = ownClients();
/** Submissions listed in one answer. */
const submissionsPerPage = 100;

/** Everything that can be read. A province reads with the credentials of its own unit, and nothing else. */
export const handler = httpHandler<'api'>({
  'GET /catalogue': async () => ({ status: 200, body: catalogue }),

  'GET /submissions': async ({ viewer, query, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    return {
      status: 200,
      body: { unit, submissions: await listSubmissions(clients, unit, submissionsPerPage) },
    };
  },

  'GET /submissions/{id}': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    return {
      status: 200,
      body: await requireSubmission(await clientsFor(viewer, now), unit, params.id ?? ''),
    };
  },

  'GET /submissions/{id}/issues': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    const { id, state } = await requireSubmission(clients, unit, params.id ?? '');
    const report = isSettled(state) ? await loadReport(clients, unit, id) : undefined;
    return {
      status: 200,
      body: {
        id,
        state,
        ...(report && { file: report.file }),
        issues: report?.issues ?? [],
        issueCounts: report?.issueCounts ?? {},
      },
    };
  },

  'GET /submissions/{id}/issues.csv': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    return { status: 200, body: await offerDownload(clients, unit, params.id ?? '', 'issues', now) };
  },

  'GET /submissions/{id}/annotated': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    return { status: 200, body: await offerDownload(clients, unit, params.id ?? '', 'annotated', now) };
  },

  'GET /submissions/{id}/file': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const clients = await clientsFor(viewer, now);
    const submission = await requireSubmission(clients, unit, params.id ?? '');
    if (submission.receivedAt === undefined) throw uploadMissing(submission.id);
    const download = await presignSentFile(clients, submission);
    return { status: 200, body: { ...download, expiresAt: downloadExpiry(now) } };
  },

  'GET /units/{unit}': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const asOf = readAsOf(query.asOf, now);
    const { assessments } = await assessUnits(await clientsFor(viewer, now), catalogue, [unit], asOf);
    return { status: 200, body: { unit, asOf, assessments } };
  },

  'GET /units/{unit}/template.csv': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const separator = query.separator === 'tab' ? '\t' : (query.separator ?? ';');
    return { status: 200, body: buildTemplate(catalogue, unit, now, { separator }) };
  },

  'GET /units/{unit}/points/{indicator}/{period}/rows': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const { indicator = '', period = '' } = params;
    const clients = await clientsFor(viewer, now);
    const current = await loadHead(clients, unit, yearOf(period));
    const asOf = query.asOf === undefined ? undefined : readAsOf(query.asOf, now);
    const head = asOf === undefined ? current : await loadHeadAt(clients, current, asOf);
    const point = latestPoint(head, indicator, period, query.asAt);
    if (!point) throw pointUnknown(indicator, period);
    const rows = await listRowsOfPoint(clients, unit, point, query.area);
    const { asAt, submissionId: submission } = point;
    return { status: 200, body: { unit, indicator, period, asAt, submission, rows } };
  },

  'GET /scoreboard': async ({ viewer, query, now }) => {
    const asOf = readAsOf(query.asOf, now);
    const clients = await clientsFor(viewer, now);
    const { assessments, publications } = await assessUnits(clients, catalogue, unitIds, asOf);
    const reporting = buildReporting(catalogue, publications, asOf);
    const obligations = assessments.map(({ unit, indicator, obligation, due, state, value }) => ({
      unit,
      indicator,
      obligation,
      due,
      state,
      value,
    }));
    return { status: 200, body: { asOf, ...buildScoreboard(assessments), reporting, obligations } };
  },

  'GET /units/{unit}/published': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const clients = await clientsFor(viewer, now);
    const asOf = readAsOf(query.asOf, now);
    const heads = await loadHeads(clients, [unit], catalogue.directive.firstYear, asOf);
    const asked = heads.filter(({ year }) => query.year === undefined || String(year) === query.year);
    // Without a past instant to go back to, what the heads hold is enough.
    const known =
      query.asOf === undefined
        ? asked
        : await Promise.all(asked.map((head) => loadHeadAt(clients, head, asOf)));
    const { submissions, points } = joinPublished(known);
    return {
      status: 200,
      body: {
        unit,
        asOf,
        submissions: submissions.map(({ id, sha256 }) => ({ id, sha256 })),
        points: [...points],
      },
    };
  },

  'GET /alerts': async ({ viewer, query, now }) => {
    const asOf = readKnownAsOf(query.asOf, now);
    if (query.after !== undefined) chooseUnit(catalogue, viewer, query.after);
    if (query.unit === undefined && viewer.role !== 'province')
      return { status: 200, body: { asOf, ...(await pageOfAlerts(everyUnit, unitIds, query, asOf)) } };
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const alerts = await listUnitAlerts(await clientsFor(viewer, now), unit, query.state, asOf);
    return { status: 200, body: { asOf, unit, alerts } };
  },

  'GET /alerts/{id}': async ({ viewer, query, params, now }) => {
    const asOf = readKnownAsOf(query.asOf, now);
    const { id = '' } = params;
    const unit = unitOfAlert(id);
    if (unit === undefined) throw alertUnknown(id);
    if (!canSeeUnit(viewer, unit)) throw unitForbidden(unit);
    const alert = await findAlert(await clientsFor(viewer, now), unit, id, asOf);
    if (!alert) throw alertUnknown(id);
    return { status: 200, body: alert };
  },

  'GET /silences': async ({ now }) => ({
    status: 200,
    body: { asOf: now, silences: listSilences(await loadSilences(everyUnit), now) },
  }),

  'GET /obligations/{id}/due': async ({ viewer, params, now }) => {
    const { id, unit } = requirePlanned(catalogue, params.id ?? '');
    if (!canSeeUnit(viewer, unit)) throw unitForbidden(unit);
    const log = await loadDueDateLog(await clientsFor(viewer, now), unit);
    return { status: 200, body: dueHistory(log, id, now) };
  },

  'GET /units/{unit}/coordinators': async ({ viewer, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const registry = await loadRegistry(await clientsFor(viewer, now), unit);
    return { status: 200, body: { unit, coordinators: viewCoordinators(registry) } };
  },

  'GET /coordinators': async () => {
    const registries = await loadRegistries(everyUnit, unitIds);
    const inOrder = registries.toSorted((a, b) => unitIds.indexOf(a.unit) - unitIds.indexOf(b.unit));
    return { status: 200, body: { coordinators: inOrder.flatMap(viewCoordinators) } };
  },
});

async function clientsFor(viewer: Viewer, now: Instant): Promise<Clients> {
  return viewer.role === 'province'
    ? await unitClients(unitRoleArn, viewer.unit, Date.parse(now))
    : everyUnit;
}

/** A URL for a file of a submission's report. Throws the problem `report-file-missing` when it has none. */
async function offerDownload(
  clients: Clients,
  unit: string,
  id: string,
  kind: ReportFileKind,
  now: Instant,
): Promise<{ url: string; fileName: string; expiresAt: Instant }> {
  const submission = await requireSubmission(clients, unit, id);
  if (!isSettled(submission.state)) throw reportFileMissing(id);
  const report = await loadReport(clients, unit, id);
  const download = await presignReportFile(clients, submission, report, kind);
  if (!download) throw reportFileMissing(id);
  return { ...download, expiresAt: downloadExpiry(now) };
}
