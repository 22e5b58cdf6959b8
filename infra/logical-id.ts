import { CfnElement } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Gives the resource or output behind a construct a fixed name in the template: `IngestQueue`. What must survive stays
 * the same resource when the constructs around it are rearranged, and a template reads like the design.
 * Returns the construct. Throws when the construct has no resource of its own.
 */
export function named<T extends IConstruct>(construct: T, logicalId: string): T {
  const element = CfnElement.isCfnElement(construct) ? construct : construct.node.defaultChild;
  if (!element || !CfnElement.isCfnElement(element)) {
    throw new Error(`${construct.node.path} has no resource that could be named ${logicalId}`);
  }
  element.overrideLogicalId(logicalId);
  return construct;
}

/** `register-coordinators` → `RegisterCoordinators`. */
export function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
