/**
 * The portal's addresses, written here alone: messages, answers and the portal itself take them from here. Each
 * begins with `portalUrl`, with or without a path or a slash at its end.
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

function link(portalUrl: string, path: readonly string[]): string {
  return [portalUrl.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/');
}
