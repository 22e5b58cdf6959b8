import * as z from 'zod';
import { type Areas, type Catalogue, catalogueSchema } from '../domain/catalogue.ts';
import type { AreaEntry } from '../domain/tables/dimension-rows.ts';
import areasJson from './areas.json' with { type: 'json' };
import directiveJson from './directive.json' with { type: 'json' };
import unitsJson from './units.json' with { type: 'json' };

/** A district or commune as lists show it: `{ code: '718', name: 'Thành phố Thủ Dầu Một' }`. */
export interface Area {
  code: string;
  name: string;
}

const areasSchema = z.strictObject({
  validTo: z.iso.date(),
  provinces: z.record(
    z.string().regex(/^\d{2}$/),
    z.record(
      z.string().regex(/^\d{3}$/),
      z.tuple([z.string().min(1), z.record(z.string().regex(/^\d{5}$/), z.string().min(1))]),
    ),
  ),
});

interface AreaIndex {
  /** Every district and commune by code; a district has no `district`. */
  areas: Map<string, { name: string; province: string; district?: string }>;
  /** Districts by province code and communes by district code, sorted by code. */
  children: Map<string, Area[]>;
}

let catalogue: Catalogue | undefined;
let areaIndex: AreaIndex | undefined;

/**
 * The catalogue of the directive: `directive.json` (the directive and its tasks) over `units.json` (the 63
 * provinces in force until 2025-06-30 and the 30 agencies). Parsed once, then the same object. Throws a
 * `ZodError` when the files break the schema: another directive is another `directive.json` and nothing else.
 */
export function loadCatalogue(): Catalogue {
  catalogue ??= catalogueSchema.parse({ ...directiveJson, units: unitsJson });
  return catalogue;
}

/** Lookups over all districts (`'718'`) and communes (`'25741'`) of the 63 provinces. Parsed once. */
export function loadAreas(): Areas {
  const { areas } = loadAreaIndex();
  return {
    nameOf: (code) => areas.get(code)?.name,
    provinceOf: (code) => areas.get(code)?.province,
    districtOf: (code) => areas.get(code)?.district,
  };
}

/** The districts of a province (`'74'`) in the order of their codes; none for an unknown code. */
export function districtsOf(provinceCode: string): readonly Area[] {
  return loadAreaIndex().children.get(provinceCode) ?? [];
}

/**
 * The communes of a district (`'718'`) in the order of their codes; none for an unknown code, nor for the
 * island districts that have no communes.
 */
export function communesOf(districtCode: string): readonly Area[] {
  return loadAreaIndex().children.get(districtCode) ?? [];
}

/** Every district and commune, sorted by code, districts first. */
export function listAreas(): AreaEntry[] {
  const { areas } = loadAreaIndex();
  return [...areas]
    .map(([code, { name, province, district }]) => ({ code, name, district: district ?? code, province }))
    .sort((one, other) => one.code.length - other.code.length || byCode(one, other));
}

function loadAreaIndex(): AreaIndex {
  areaIndex ??= indexAreas(areasSchema.parse(areasJson));
  return areaIndex;
}

function indexAreas({ provinces }: z.infer<typeof areasSchema>): AreaIndex {
  const index: AreaIndex = { areas: new Map(), children: new Map() };
  for (const [province, districts] of Object.entries(provinces)) {
    const districtList: Area[] = [];
    for (const [district, [name, communes]] of Object.entries(districts)) {
      index.areas.set(district, { name, province });
      districtList.push({ code: district, name });
      const communeList = Object.entries(communes).map(([code, communeName]) => ({
        code,
        name: communeName,
      }));
      for (const commune of communeList)
        index.areas.set(commune.code, { name: commune.name, province, district });
      index.children.set(district, communeList.sort(byCode));
    }
    index.children.set(province, districtList.sort(byCode));
  }
  return index;
}

function byCode(one: Area, other: Area): number {
  return one.code < other.code ? -1 : 1;
}
