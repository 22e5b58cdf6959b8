import { loadLedger } from '../shared/aws/alert-ledgers.ts';
import { type Clients, ownClients, unitClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { loadPublications, loadRows } from '../shared/aws/figures.ts';
import { loadHead, loadHeads } from '../shared/aws/heads.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { loadRegistry } from '../shared/aws/registries.ts';
import { presignReportFile, type ReportFileKind } from '../shared/aws/report-files.ts';
import { loadReport } from '../shared/aws/reports.ts';
import { listSubmissions, loadSubmission } from '../shared/aws/submissions.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { type Assessment, assessUnit } from '../shared/domain/assessment.ts';
import { type Instant, parseAsOf, yearOf } from '../shared/domain/calendar.ts';
import { joinPublished } from '../shared/domain/check-upload.ts';
import { latestPoint } from '../shared/domain/head.ts';
import type { Observation } from '../shared/domain/observation.ts';
import { asOfInvalid, pointUnknown, reportFileMissing, submissionUnknown } from '../shared/domain/problem.ts';
import { buildScoreboard } from '../shared/domain/scoreboard.ts';
import { downloadUrlSeconds, isSettled, type Submission } from '../shared/domain/submission.ts';
import { buildTemplate } from '../shared/domain/template.ts';
import { chooseUnit, type Viewer } from '../shared/domain/viewer.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
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

  'GET /units/{unit}': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const asOf = readAsOf(query.asOf, now);
    const assessments = await assessUnits(await clientsFor(viewer, now), [unit], asOf);
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
    const head = await loadHead(clients, unit, yearOf(period));
    const point = latestPoint(head, indicator, period);
    if (!point) throw pointUnknown(indicator, period);
    const rows: Observation[] = [];
    for await (const row of loadRows(clients, unit, point.submissionId)) {
      const isOfPoint = row.indicator === indicator && row.period === period;
      if (isOfPoint && (query.area === undefined || row.area === query.area)) rows.push(row);
    }
    const { asAt, submissionId: submission } = point;
    return { status: 200, body: { unit, indicator, period, asAt, submission, rows } };
  },

  'GET /scoreboard': async ({ viewer, query, now }) => {
    const asOf = readAsOf(query.asOf, now);
    const units = catalogue.units.map(({ id }) => id);
    const assessments = await assessUnits(await clientsFor(viewer, now), units, asOf);
    const obligations = assessments.map(({ unit, indicator, obligation, due, state, value }) => ({
      unit,
      indicator,
      obligation,
      due,
      state,
      value,
    }));
    return { status: 200, body: { asOf, ...buildScoreboard(assessments), obligations } };
  },

  'GET /units/{unit}/published': async ({ viewer, query, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const clients = await clientsFor(viewer, now);
    const heads = await loadHeads(clients, [unit], catalogue.directive.firstYear, now);
    const asked = heads.filter(({ year }) => query.year === undefined || String(year) === query.year);
    const { submissions, points } = joinPublished(asked);
    return {
      status: 200,
      body: {
        unit,
        asOf: now,
        submissions: submissions.map(({ id, sha256 }) => ({ id, sha256 })),
        points: [...points],
      },
    };
  },

  'GET /alerts': async ({ viewer, query, now }) => {
    const unit = chooseUnit(catalogue, viewer, query.unit);
    const { alerts } = await loadLedger(await clientsFor(viewer, now), unit);
    return { status: 200, body: { unit, alerts } };
  },

  'GET /units/{unit}/coordinators': async ({ viewer, params, now }) => {
    const unit = chooseUnit(catalogue, viewer, params.unit);
    const { coordinators } = await loadRegistry(await clientsFor(viewer, now), unit);
    return { status: 200, body: { unit, coordinators } };
  },
});

async function clientsFor(viewer: Viewer, now: Instant): Promise<Clients> {
  return viewer.role === 'province'
    ? await unitClients(unitRoleArn, viewer.unit, Date.parse(now))
    : everyUnit;
}

function readAsOf(asked: string | undefined, now: Instant): Instant {
  if (asked === undefined) return now;
  const asOf = parseAsOf(asked);
  if (asOf === undefined) throw asOfInvalid(asked);
  return asOf;
}

async function requireSubmission(clients: Clients, unit: string, id: string): Promise<Submission> {
  const submission = await loadSubmission(clients, unit, id);
  if (!submission) throw submissionUnknown(id);
  return submission;
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
  return { ...download, expiresAt: new Date(Date.parse(now) + downloadUrlSeconds * 1000).toISOString() };
}

async function assessUnits(clients: Clients, units: readonly string[], asOf: Instant): Promise<Assessment[]> {
  const heads = await loadHeads(clients, units, catalogue.directive.firstYear, asOf);
  const publications = await loadPublications(clients, heads);
  return units.flatMap((unit) => assessUnit(catalogue, unit, publications.get(unit) ?? [], asOf));
}
