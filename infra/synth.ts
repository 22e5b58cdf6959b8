import { join } from 'node:path';
import type { cx_api } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildPortal } from '../portal/build.ts';
import { type BundleOptions, bundleFunctions, projectRoot } from './bundle.ts';
import { createTiendoApp, type Settings, type TiendoAppProps } from './tiendo-app.ts';

/** How the app is synthesized: for a laptop, or for an account. */
export interface SynthesisOptions
  extends Settings,
    Pick<BundleOptions, 'plugins'>,
    Pick<TiendoAppProps, 'isChecked'> {
  /** Folder of the templates and the functions' code; default as the CDK command says, else `cdk.out`. */
  outdir?: string;
  /** Folder of what is built: the bundles in `functions`, the pages in `portal`; default `dist`. */
  builds?: string;
}

/**
 * Bundles the functions, builds the portal and synthesizes all stacks: `<outdir>/TiendoData.template.json`,
 * `<outdir>/TiendoPipeline.template.json`, `<outdir>/TiendoAnalytics.template.json`, `<outdir>/TiendoPortal.template.json` and one
 * `asset.<hash>/index.mjs` per function. Needs neither account nor network. Throws when a function does not build or a template breaks a rule.
 */
export async function synthesize(options: SynthesisOptions = {}): Promise<cx_api.CloudAssembly> {
  const { plugins, builds = join(projectRoot, 'dist'), ...rest } = options;
  const bundles = join(builds, 'functions');
  const pages = join(builds, 'portal');
  const outdir = options.outdir ?? process.env.CDK_OUTDIR ?? join(projectRoot, 'cdk.out');
  await Promise.all([
    bundleFunctions({ outdir: bundles, ...(plugins && { plugins }) }),
    buildPortal({ outdir: pages }),
  ]);
  const { app } = createTiendoApp({
    ...rest,
    outdir,
    pages,
    // The source maps stay here: nothing reads them in Lambda, and they would be loaded with the code.
    codeOf: (name) => Code.fromAsset(join(bundles, name), { exclude: ['*.map'] }),
  });
  return app.synth();
}
