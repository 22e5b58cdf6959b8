import { useLocation } from 'preact-iso';
import type { Day } from '../shared/domain/calendar.ts';
import { isDay } from '../shared/domain/calendar.ts';

/** The day whose end a page speaks of; `undefined` is now. It is part of the address, so that a link keeps it. */
export interface AsOf {
  asOf: Day | undefined;
  choose(day: Day | undefined): void;
}

/** The day chosen on this page. */
export function useAsOf(): AsOf {
  const { path, query, route } = useLocation();
  const asOf = query.asOf !== undefined && isDay(query.asOf) ? query.asOf : undefined;
  return {
    asOf,
    choose(day) {
      const { asOf: _, ...others } = query;
      const search = new URLSearchParams(day === undefined ? others : { ...others, asOf: day }).toString();
      route(search === '' ? path : `${path}?${search}`);
    },
  };
}

/** An address with the day it is to speak of. */
export function withAsOf(href: string, asOf: Day | undefined): string {
  if (asOf === undefined) return href;
  return `${href}${href.includes('?') ? '&' : '?'}asOf=${asOf}`;
}
