import { analyticsName } from '../shared/domain/analytics-name.ts';
import { acknowledge } from './acknowledge.ts';
import { answersPrefix } from './athena-access.ts';
import { type FunctionName, ownFolders } from './functions.ts';
import type { PipelineFunction } from './pipeline-function.ts';

const uploads = 'TiendoData:ExportsOutputFnGetAttUploadsBucketArnAB1FB954';
const reports = 'TiendoData:ExportsOutputFnGetAttReportsBucketArn5273BD29';
const exports = 'TiendoData:ExportsOutputFnGetAttExportBucketArn4DFA2B59';
const answers = 'TiendoAnalytics:ExportsOutputFnGetAttAthenaResultsBucketArnA51EE160';

const ownPrefix = 'The prefix is the unit the session is tagged with: the wildcard ends inside one unit.';

/**
 * Why a permission may hold a wildcard, by the function and the resource as cdk-nag writes it. Everything
 * else with a wildcard stops the synthesis.
 */
const accepted: Readonly<Partial<Record<FunctionName, Readonly<Record<string, string>>>>> = {
  'request-upload': { [`${uploads}/<aws:PrincipalTag/unit>/*`]: ownPrefix },
  ingest: {
    [`${uploads}/<aws:PrincipalTag/unit>/*`]: ownPrefix,
    [`${reports}/<aws:PrincipalTag/unit>/*`]: ownPrefix,
  },
  sweep: {
    [`${uploads}/*`]: 'It looks for the upload of any unit; it reads no content and writes no object.',
  },
  notify: { '*': 'A phone number has no ARN, so SNS asks for `*` to send an SMS. It can only publish.' },
  reconcile: {
    '*': 'SNS knows no ARN for ending a subscription, nor for the list of numbers that have opted out.',
  },
  export: { [`${exports}/*`]: 'It writes the tables of every unit; the bucket holds nothing else.' },
  'offer-export': {
    [`${exports}/*`]:
      'Coordinators, analysts and admins get the tables of every unit; provinces by the unit role.',
    [`${exports}/downloads/*`]: 'It writes what it was asked for, and nothing beside it.',
    ...Object.fromEntries(
      ownFolders.map((folder) => [`${exports}/${folder.replace(/\$\{(.*?)\}/, '<$1>')}*`, ownPrefix]),
    ),
  },
  'answer-query': {
    [`${exports}/*`]: 'Coordinators, analysts and admins ask the tables of every unit; provinces cannot.',
    [`${answers}/${answersPrefix}/*`]: 'Athena names each answer after its query.',
    [`arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:table/${analyticsName}/*`]:
      'The tables of the one database, which holds nothing but the export.',
  },
  api: {
    [`${uploads}/*`]:
      'Coordinators, analysts and admins download the files of every unit; provinces by the unit role.',
    [`${uploads}/<aws:PrincipalTag/unit>/*`]: ownPrefix,
    [`${reports}/*`]:
      'Coordinators, analysts and admins read the reports of every unit; provinces by the unit role.',
    [`${reports}/<aws:PrincipalTag/unit>/*`]: ownPrefix,
  },
};

/** Accepts the wildcards a function needs, each with its reason. */
export function acknowledgeWildcards(created: PipelineFunction): void {
  const reasons = Object.entries(accepted[created.name] ?? {});
  if (reasons.length === 0) return;
  acknowledge(
    created,
    Object.fromEntries(
      reasons.map(([resource, reason]) => [`AwsSolutions-IAM5[Resource::${resource}]`, reason]),
    ),
  );
}
