import * as z from 'zod';

/** Of what is one unit's. */
export const unitQuery = z.strictObject({
  unit: z
    .string()
    .optional()
    .describe(
      'Đơn vị, ví dụ 74; tài khoản province để trống · the unit; a province account may leave it out',
    ),
});

/** Of what can be asked for a past day. */
export const asOfQuery = z.strictObject({
  asOf: z
    .string()
    .optional()
    .describe(
      'Ngày (hết ngày, giờ Việt Nam) hoặc thời điểm có múi giờ; mặc định bây giờ · ' +
        'a date (its end in Vietnam) or an instant with offset; default now',
    ),
});

/** Of what is asked without more. */
export const noQuery = z.strictObject({});
