import { type Catalogue, findUnit } from '../shared/domain/catalogue.ts';
import { floorTo, rational } from '../shared/domain/rational.ts';
import type { Reporting, ReportingBoard, UnitReporting } from '../shared/domain/reporting.ts';
import { tableLines } from './text-table.ts';

/** How reports came, for people: the nation, the bodies over the units that owe their tasks, each unit. */
export function reportingText(catalogue: Catalogue, { nation, bodies, units }: ReportingBoard): string {
  const rowOf = ({ unit, ...row }: UnitReporting) => [
    unit,
    findUnit(catalogue, unit)?.name ?? '',
    ...reportingCells(row),
  ];
  const heading = ['Mã', 'Đơn vị', 'cần nộp', 'đã nhận', 'đúng hạn', 'đầy đủ'];
  const rows = [
    ['', 'Cả nước', ...reportingCells(nation)],
    ['', 'Theo cơ quan phối hợp'],
    ...bodies.map(rowOf),
    ['', 'Theo đơn vị'],
    ...units.map(rowOf),
  ];
  return [
    'Báo cáo hằng tháng và chỉ tiêu đã có số liệu · monthly reports, and indicators with a figure',
    'cần nộp = expected, đã nhận = received, đúng hạn = on time, đầy đủ = complete',
    'Theo cơ quan phối hợp = by coordinating body, over the units that owe its tasks',
    '',
    ...tableLines([heading, ...rows], { right: [2, 3, 4, 5] }),
  ].join('\n');
}

function reportingCells({ expected, received, onTime, assigned, reported }: Reporting): string[] {
  return [String(expected), String(received), String(onTime), shareText(reported, assigned)];
}

/** A share in percent, two decimals rounded down, so that only all is `100,00 %`. */
function shareText(part: number, whole: number): string {
  if (whole === 0) return '–';
  return `${floorTo(rational(BigInt(part) * 100n, BigInt(whole)), 2).replace('.', ',')} %`;
}
