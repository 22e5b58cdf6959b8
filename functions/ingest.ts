import { progressNotes } from '../shared/aws/check-progress.ts';
import { type Clients, unitClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { objectCreatedSchema, reportPublished, reportUnitChanged } from '../shared/aws/events.ts';
import { saveFigures } from '../shared/aws/figures.ts';
import { loadHead, loadHeads, saveHead } from '../shared/aws/heads.ts';
import { ConcurrentWriteError } from '../shared/aws/packed-items.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { ReportFiles } from '../shared/aws/report-files.ts';
import { loadReport, type Report, saveReport } from '../shared/aws/reports.ts';
import { loadSubmission, moveSubmission } from '../shared/aws/submissions.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { type FetchedUpload, fetchUpload, parseUploadKey } from '../shared/aws/uploads.ts';
import { loadAreas, loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { joinPublished, warnOfIdentical } from '../shared/domain/check-upload.ts';
import { type Candidate, findPublished, type Head, publish } from '../shared/domain/head.ts';
import { type Check, checkFile, readObservations } from '../shared/domain/intake/check-file.ts';
import { isSettled, type Submission } from '../shared/domain/submission.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
const areas = loadAreas();

/**
 * Takes an uploaded file to its outcome. Every step may be repeated: a submission that has its outcome is
 * left alone; report, its files, rows and figures are written under the submission's own keys before the one
 * conditional write that publishes them; only then is the submission marked accepted.
 */
export const handler = queueHandler(async ({ body, now }) => {
  const { detail } = objectCreatedSchema.parse(JSON.parse(body));
  const { unit, submissionId } = parseUploadKey(detail.object.key);
  const clients = await unitClients(unitRoleArn, unit, Date.parse(now()));
  const submission = await loadSubmission(clients, unit, submissionId);
  if (!submission) throw new Error(`There is no submission for the upload ${detail.object.key}`);
  if (isSettled(submission.state)) {
    // The run that rejected it may have been cut off before it said so.
    if (submission.state === 'rejected') await reportUnitChanged(unit);
    return;
  }

  const upload = await fetchUpload(clients, detail.object.key);
  try {
    if (upload.sha256 !== submission.sha256)
      throw new Error(`The bytes of ${submissionId} are not as announced`);
    const { receivedAt } = upload;
    if (!(await moveSubmission(clients, submission, 'checking', { receivedAt, handledAt: now() }))) return;
    const heads = await loadHeads(clients, [unit], catalogue.directive.firstYear, now());
    const outcome =
      (await findPublishedReport(clients, submission, heads)) ??
      (await takeIn({ clients, submission, upload, now }, heads));
    await finish(clients, submission, outcome, now());
  } finally {
    await upload.dispose();
  }
});

/** A file that is being settled, and what that is done with. */
interface Intake {
  clients: Clients;
  submission: Submission;
  upload: FetchedUpload;
  /** Takes every issue that is found. */
  files: ReportFiles;
  now: () => Instant;
}

/**
 * The outcome of a submission whose report is written: a head names it from `acceptedAt` on (`published`); it is
 * accepted and says nothing new (`identical`); or it is rejected, and its year is the one that could be read.
 */
type Outcome =
  | { kind: 'published' | 'identical'; report: Report; year: number; acceptedAt: Instant }
  | { kind: 'rejected'; report: Report; year: number | undefined };

/** The outcome of a submission that a head names already, when its marking was cut off after publication. */
async function findPublishedReport(
  clients: Clients,
  { unit, id }: Submission,
  heads: readonly Head[],
): Promise<Outcome | undefined> {
  for (const head of heads) {
    const acceptedAt = findPublished(head, id)?.acceptedAt;
    if (acceptedAt === undefined) continue;
    const report = await loadReport(clients, unit, id);
    return { kind: 'published', report, year: head.year, acceptedAt };
  }
  return undefined;
}

/** Settles the file; what its issues take of the local disk on the way is freed. */
async function takeIn(intake: Omit<Intake, 'files'>, heads: readonly Head[]): Promise<Outcome> {
  const files = new ReportFiles();
  try {
    return await settle({ ...intake, files }, heads);
  } finally {
    await files.dispose();
  }
}

/** Checks the file, writes its report and, unless it is rejected, publishes its figures. */
async function settle(intake: Intake, heads: readonly Head[]): Promise<Outcome> {
  const { clients, submission, upload, files, now } = intake;
  const { id, unit } = submission;
  const published = joinPublished(heads).points;
  const context = { catalogue, areas, unitId: unit, receivedAt: upload.receivedAt, published };
  const check = await checkFile(upload, context, files.add, progressNotes(clients, submission, now));
  if (check.verdict === 'rejected') {
    const report = await saveFindings(intake, check);
    return { kind: 'rejected', report, year: check.year };
  }
  if (check.year === undefined) throw new Error(`${id} is accepted without a figure`);
  await saveFigures(clients, unit, id, check.figures, readObservations(upload, check, context));
  return await publishFigures(intake, { ...check, year: check.year });
}

/**
 * Names the submission in the head; again from the start when another submission came between. Where it was
 * delivered twice and the other run was faster, the head names it already, and its report stands.
 */
async function publishFigures(intake: Intake, check: Check & { year: number }): Promise<Outcome> {
  const { clients, submission, files, now } = intake;
  const { id, unit, sha256 } = submission;
  const { receivedAt } = intake.upload;
  const { year, figures } = check;
  const candidate: Candidate = { id, sha256, receivedAt, figures };
  for (;;) {
    const head = await loadHead(clients, unit, year);
    const published = await findPublishedReport(clients, submission, [head]);
    if (published) return published;
    const { check: warned, identical } = warnOfIdentical(check, head, candidate, files.add);
    const report = await saveFindings(intake, warned);
    if (identical) return { kind: 'identical', report, year, acceptedAt: now() };
    try {
      const next = publish(head, candidate, now());
      await saveHead(clients, next);
      return { kind: 'published', report, year, acceptedAt: acceptanceIn(next, id) };
    } catch (error) {
      if (!(error instanceof ConcurrentWriteError)) throw error;
    }
  }
}

/** Tells those who wait for published points, then marks the submission with its outcome. */
async function finish(
  clients: Clients,
  submission: Submission,
  outcome: Outcome,
  now: Instant,
): Promise<void> {
  const { unit, id } = submission;
  const { rows, observations, issueCounts } = outcome.report;
  const facts = { rows, observations, issueCounts };
  if (outcome.kind === 'rejected') {
    const year = outcome.year !== undefined && { year: outcome.year };
    await moveSubmission(clients, submission, 'rejected', { ...facts, ...year, rejectedAt: now });
    await reportUnitChanged(unit);
  } else {
    const { year, acceptedAt } = outcome;
    if (outcome.kind === 'published') await reportPublished({ unit, year });
    await moveSubmission(clients, submission, 'accepted', { ...facts, year, acceptedAt });
  }
  const isRejected = outcome.kind === 'rejected';
  logger.info(isRejected ? 'Ingest:Rejected' : 'Ingest:Accepted', {
    unit,
    submissionId: id,
    rows,
    issueCounts,
  });
  metrics.addMetric('Accepted', 'Count', isRejected ? 0 : 1);
  metrics.addMetric('Rejected', 'Count', isRejected ? 1 : 0);
}

function acceptanceIn(head: Head, submissionId: string): Instant {
  const published = findPublished(head, submissionId);
  if (!published) throw new Error(`The head of ${head.unit} ${head.year} does not name ${submissionId}`);
  return published.acceptedAt;
}

/** Writes the report, which says what files are beside it, after those. */
async function saveFindings(
  { clients, submission, upload, files }: Intake,
  { verdict, file, rows, observations, issues, issueCounts }: Check,
): Promise<Report> {
  const report = { submission: submission.id, verdict, file, rows, observations, issues, issueCounts };
  await files.save(clients, submission, upload, file);
  await saveReport(clients, submission.unit, report);
  return report;
}
