/**
 * The portal's addresses, written here alone: messages, answers and the portal itself take them from here. Each
 * begins with `portalUrl`, with or without a path or a slash at its end; an empty one gives paths, for links within.
 */

/** The page of one unit: `https://tiendo.example.vn/units/74`. */
export function unitLink(portalUrl: string, unit: string): string {
  return link(portalUrl, ['units', unit]);
}

/** The page of one indicator of a unit: `https://tiendo.example.vn/units/74/II.9.1`. */
export function indicatorLink(portalUrl: string, unit: string, indicator: string): string {
  return link(portalUrl, ['units', unit, indicator]);
}

/** The page of all alerts the reader may see: `https://tiendo.example.vn/alerts`. */
export function alertsLink(portalUrl: string): string {
  return link(portalUrl, ['alerts']);
}

/** The page an office sends its files on: `https://tiendo.example.vn/send`. */
export function sendLink(portalUrl: string): string {
  return link(portalUrl, ['send']);
}

/** The page of what a unit has sent: `https://tiendo.example.vn/units/74/submissions`. */
export function submissionsLink(portalUrl: string, unit: string): string {
  return link(portalUrl, ['units', unit, 'submissions']);
}

/** The receipt of one submission: `https://tiendo.example.vn/units/74/submissions/01G…`. */
export function submissionLink(portalUrl: string, unit: string, submission: string): string {
  return link(portalUrl, ['units', unit, 'submissions', submission]);
}

/** The states of all units: `https://tiendo.example.vn/scoreboard`. */
export function scoreboardLink(portalUrl: string): string {
  return link(portalUrl, ['scoreboard']);
}

/** The deadlines of all units in time: `https://tiendo.example.vn/deadlines`. */
export function deadlinesLink(portalUrl: string): string {
  return link(portalUrl, ['deadlines']);
}

/** One alert: `https://tiendo.example.vn/alerts/…`. */
export function alertLink(portalUrl: string, alert: string): string {
  return link(portalUrl, ['alerts', alert]);
}

/** The tables and saved queries: `https://tiendo.example.vn/data`. */
export function dataLink(portalUrl: string): string {
  return link(portalUrl, ['data']);
}

/** One table with its dictionary: `https://tiendo.example.vn/data?table=points`. */
export function tableLink(portalUrl: string, table: string): string {
  return `${dataLink(portalUrl)}?${new URLSearchParams({ table })}`;
}

/**
 * One named query with its parameters and, where it was run, what it answered:
 * `https://tiendo.example.vn/data?query=known-on&unit=74&execution=…`.
 */
export function queryLink(
  portalUrl: string,
  query: string,
  parameters: Readonly<Record<string, string>> = {},
  execution?: string,
): string {
  const search = new URLSearchParams({ query, ...parameters, ...(execution && { execution }) });
  return `${dataLink(portalUrl)}?${search}`;
}

function link(portalUrl: string, path: readonly string[]): string {
  return [portalUrl.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/');
}
