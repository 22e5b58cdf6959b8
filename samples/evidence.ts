import type { Unit } from '../shared/domain/catalogue.ts';
import type { Random } from './random.ts';

const notes = [
  'Đã rà soát xong tại các sở, ngành.',
  'Đang chờ ý kiến thẩm định, dự kiến xong trước ngày 25.',
  'Sở Thông tin và Truyền thông chủ trì; các huyện, thị xã, thành phố phối hợp.',
  'Còn 3 đơn vị chưa gửi báo cáo,\nsẽ bổ sung trong kỳ sau.',
  'Thực hiện theo mô hình "4 lớp" bảo vệ an toàn thông tin.',
  'Số liệu tổng hợp từ báo cáo của các đơn vị; phần còn lại đang đối soát',
];

/** A note as offices write it, with the commas, quotes and line breaks that they bring; often none. */
export function maybeNote(random: Random): { note?: string } {
  return random.chance(0.15) ? { note: random.pick(notes) } : {};
}

/** The number of an invented document, `123/QĐ-UBND` or `45/QĐ-BTTTT`, or now and then its address. */
export function documentOf(random: Random, unit: Unit): string {
  const number = random.between(100, 2400);
  if (random.chance(0.08)) return `https://${siteOf(unit)}/van-ban/${number}`;
  const issuer = unit.kind === 'province' ? 'UBND' : unit.id;
  return `${number}/${random.pick(['QĐ', 'QĐ', 'KH', 'BC', 'CV'])}-${issuer}`;
}

/** The invented site of a unit, under a top-level domain that is reserved for examples. */
export function siteOf(unit: Unit): string {
  return unit.kind === 'province' ? `tinh${unit.id}.example` : `${unit.id.toLowerCase()}.example`;
}
