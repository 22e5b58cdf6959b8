/** How a text becomes bytes. A further encoding is a further entry of `encoders`. */
export type Encoding = 'utf-8' | 'utf-8-bom';

/** How an office's CSV files look. */
export interface CsvHabit {
  format: 'csv';
  encoding: Encoding;
  delimiter: ',' | ';' | '\t';
  decimal: ',' | '.';
  lineEnd: '\n' | '\r\n';
  header: 'vi' | 'VI' | 'en';
  /** `2022-06-15` and `2022-06`, or `15/06/2022` and `06/2022`, or `15/06/2022` and `Tháng 6/2022`. */
  dates: 'iso' | 'slashed' | 'worded';
  /** All columns of the form, or only those with something in them. */
  columns: 'all' | 'used';
  /** What the column `đơn vị` says; `none` is no such column. */
  unit: 'none' | 'id' | 'name' | 'alias';
  percentSign: boolean;
  quotesAll: boolean;
  /** A leading column `STT` with the row's number, which means nothing to us. */
  hasCounter: boolean;
  /** Blank cells after each row, and blank lines after the last one, as a used range leaves them. */
  blankCells: number;
  blankLines: number;
}

/** How an office's JSON files look: an array, `{"observations": […]}`, or one object per line. */
export interface JsonHabit {
  format: 'json';
  encoding: Encoding;
  shape: 'array' | 'observations' | 'lines';
}

/** How an office writes its files. */
export type Habit = CsvHabit | JsonHabit;

/** Excel with Vietnamese regional settings, saved as “CSV UTF-8”. */
const excel: CsvHabit = {
  format: 'csv',
  encoding: 'utf-8-bom',
  delimiter: ';',
  decimal: ',',
  lineEnd: '\r\n',
  header: 'vi',
  dates: 'slashed',
  columns: 'all',
  unit: 'none',
  percentSign: false,
  quotesAll: false,
  hasCounter: false,
  blankCells: 0,
  blankLines: 0,
};

/** A file written by a program, in English throughout. */
const program: CsvHabit = {
  ...excel,
  encoding: 'utf-8',
  delimiter: ',',
  decimal: '.',
  lineEnd: '\n',
  header: 'en',
  dates: 'iso',
  columns: 'used',
};

/** Every way of writing a file that the samples show. A further habit is a further line. */
export const habits = {
  excel,
  excelUsedRange: { ...excel, blankCells: 3, blankLines: 2 },
  excelWithUnit: { ...excel, unit: 'name', columns: 'used' },
  excelWithAlias: { ...excel, unit: 'alias', columns: 'used' },
  excelWithCounter: { ...excel, hasCounter: true, header: 'VI', dates: 'worded' },
  excelPercentSign: { ...excel, percentSign: true, columns: 'used', blankLines: 1 },
  excelEnglish: { ...excel, delimiter: ',', decimal: '.', dates: 'iso', columns: 'used' },
  excelTab: { ...excel, encoding: 'utf-8', delimiter: '\t', dates: 'worded' },
  commaInComma: { ...excel, encoding: 'utf-8', delimiter: ',', lineEnd: '\n', columns: 'used' },
  program,
  programQuoted: { ...program, quotesAll: true, unit: 'id' },
  jsonArray: { format: 'json', encoding: 'utf-8', shape: 'array' },
  jsonObservations: { format: 'json', encoding: 'utf-8', shape: 'observations' },
  jsonLines: { format: 'json', encoding: 'utf-8', shape: 'lines' },
} as const satisfies Record<string, Habit>;
/** The name of a habit, as the stories give it. */
export type HabitName = keyof typeof habits;

/** Turns a file's text into its bytes. */
export const encoders: Record<Encoding, (text: string) => Uint8Array> = {
  'utf-8': (text) => new TextEncoder().encode(text),
  'utf-8-bom': (text) => new TextEncoder().encode(`\u{FEFF}${text}`),
};
