import { useLocation } from 'preact-iso';

/**
 * A choice on a page that is part of its address, so that a link and the way back keep it: its value, empty where
 * nothing is chosen, and how to choose another.
 */
export function useQueryChoice(name: string): [value: string, choose: (value: string) => void] {
  const { path, query, route } = useLocation();
  return [query[name] ?? '', (value) => route(withQuery(path, { ...query, [name]: value }), true)];
}

/** An address with a query; what is empty is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
