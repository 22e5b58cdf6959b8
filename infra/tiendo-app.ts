import { App, Validations } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { AwsSolutionsChecks } from 'cdk-nag';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { monthlyPartsSchema } from '../shared/domain/sms-budget.ts';
import { AnalyticsStack } from './analytics-stack.ts';
import { DataStack } from './data-stack.ts';
import type { FunctionName, SmsSettings } from './functions.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { PortalStack } from './portal-stack.ts';

/** What a deployment decides. Each can also be given as context: `cdk deploy -c portalUrl=https://…`. */
export interface Settings {
  /** Where the portal is served; browsers may call the API and upload from this origin only. */
  portalUrl?: string;
  /** ARN of a certificate in us-east-1 for the host of `portalUrl`, which CloudFront then serves it under. */
  portalCertificate?: string;
  /** Prefix of the domain of the sign-in pages, unique in the region; default `tiendo-<account>`. */
  domainPrefix?: string;
  /** An HTTP gateway that sends text messages instead of SNS; its token is the secret `tiendo/sms-gateway`. */
  smsGatewayUrl?: string;
  /** How many SMS parts may be sent in a month; default 5,000. */
  smsMonthlyParts?: string;
  /** The AWS account, 12 digits, whose people may become analysts; default the one deployed to. */
  analystAccount?: string;
}

export interface TiendoAppProps extends Settings {
  codeOf(name: FunctionName): Code;
  /** Folder of the portal's built pages. */
  pages: string;
  /** Folder of the assembly; default as the CDK command says. */
  outdir?: string;
  /** Whether the rules are applied, which takes seconds; default yes. For what is run here and never deployed. */
  isChecked?: boolean;
}

/** The portal of a machine that runs everything itself. */
const localPortalUrl = 'http://127.0.0.1:8790';

/**
 * The app of all stacks, for any account and region. Synthesizing it throws when a rule of cdk-nag's AWS
 * Solutions or of CloudFormation's own validation, warnings included, is broken and not acknowledged.
 */
export function createTiendoApp({ codeOf, pages, outdir, isChecked = true, ...settings }: TiendoAppProps) {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: isChecked,
    ...(outdir && { outdir }),
    // Here and not in cdk.json, so that the templates are the same whoever synthesizes them.
    postCliContext: {
      ...recommendedFeatureFlags,
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
      '@aws-cdk/core:strictCfnValidateErrors': true,
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
    },
  });
  if (isChecked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const portalUrl = settings.portalUrl ?? contextOf(app, 'portalUrl') ?? localPortalUrl;
  const domainPrefix = settings.domainPrefix ?? contextOf(app, 'domainPrefix');
  const catalogue = loadCatalogue();
  const units = catalogue.units.map(({ id }) => id);
  const data = new DataStack(app, 'TiendoData', { portalUrl, units, ...(domainPrefix && { domainPrefix }) });
  const sms = smsSettings(
    settings.smsMonthlyParts ?? contextOf(app, 'smsMonthlyParts'),
    settings.smsGatewayUrl ?? contextOf(app, 'smsGatewayUrl'),
  );
  const analystAccount = accountOf(settings.analystAccount ?? contextOf(app, 'analystAccount'));
  const analytics = new AnalyticsStack(app, 'TiendoAnalytics', {
    kept: data,
    catalogue,
    ...(analystAccount && { analystAccount }),
  });
  const pipeline = new PipelineStack(app, 'TiendoPipeline', {
    kept: data,
    analytics,
    codeOf,
    portalUrl,
    sms,
    units,
  });
  const certificate = certificateOf(settings.portalCertificate ?? contextOf(app, 'portalCertificate'));
  const portal = new PortalStack(app, 'TiendoPortal', {
    kept: data,
    apiUrl: pipeline.apiUrl,
    pages,
    portalUrl,
    ...(certificate && { certificate }),
  });
  return { app, data, pipeline, analytics, portal };
}

function accountOf(account: string | undefined): string | undefined {
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    throw new Error(`analystAccount must be the 12 digits of an AWS account: ${account}`);
  }
  return account;
}

function certificateOf(arn: string | undefined): string | undefined {
  if (arn !== undefined && !/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/.test(arn)) {
    throw new Error(
      `portalCertificate must be the ARN of a certificate in us-east-1, as CloudFront asks: ${arn}`,
    );
  }
  return arn;
}

function smsSettings(monthlyParts: string | undefined, gatewayUrl: string | undefined): SmsSettings {
  if (gatewayUrl !== undefined && !gatewayUrl.startsWith('https://')) {
    throw new Error(
      `smsGatewayUrl must start with https://, which keeps token and numbers secret: ${gatewayUrl}`,
    );
  }
  return {
    monthlyParts: monthlyPartsSchema.parse(monthlyParts),
    ...(gatewayUrl !== undefined && { gatewayUrl }),
  };
}

function contextOf(app: App, key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  // A number can be given as one in cdk.json.
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
